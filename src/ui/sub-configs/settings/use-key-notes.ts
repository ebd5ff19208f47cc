import { keyNotes, usefulRange, valueNote, type UsefulRange } from '../../../core/algorithms/key-notes.ts';
import type { Algorithm } from '../../../core/algorithms/algorithm.ts';
import { getAt } from '../../../core/config/list-edits.ts';
import type { KeyPath } from '../../../core/config/value.ts';
import { kindOfTarget } from '../../../core/resolve/settings.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { useDocument } from '../../shared/use-app.ts';
import { useCard } from '../card/card-context.ts';

const selectAlgorithms = (state: DocumentState) => state.history.present.algorithms;

/** The class that runs the list of the card's mode. */
export function useCardAlgorithm(): Algorithm {
  const { mode } = useCard();
  return useDocument(selectAlgorithms)[mode].algorithm;
}

/** The notes of the class that runs the list about the key at a path and its value. */
export function useKeyNotes(path: KeyPath): { readonly notes: readonly string[]; readonly remark: string | null; readonly range: UsefulRange | null } {
  const algorithm = useCardAlgorithm();
  const { config } = useCard();
  const key = String(path.at(-1));
  const value = getAt(config, path);
  const target = path.length > 1 ? String(path[1]) : null;
  const notes = keyNotes(algorithm, key);
  const ignored = value === undefined ? null : valueNote(algorithm, key, value, target === null ? null : kindOfTarget(target));
  return { notes, remark: ignored ?? (key === 'sparse_threshold' ? (notes[0] ?? null) : null), range: usefulRange(algorithm, key) };
}
