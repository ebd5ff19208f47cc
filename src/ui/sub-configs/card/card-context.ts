import { createContext, useContext } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { ConfigObject, ConfigValue, KeyPath } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import type { SubConfigView } from '../../../worker/list-protocol.ts';
import { useActions } from '../../shared/use-app.ts';
import { fieldId, type PlacedFindings } from './finding-places.ts';

/** The data that the parts of a card share: the sub-config, and the engine's view of it. */
export interface Card {
  readonly id: string;
  readonly mode: Mode;
  /** Position among all sub-configs of the mode, from 1. */
  readonly number: number;
  /** `sub-config 2`, or `sub-configs 2 to 21` where several are edited as one. */
  readonly cardName: string;
  /** Ids of all that an edit changes. */
  readonly ids: readonly string[];
  readonly config: ConfigObject;
  /** `null` while it is off or not resolved yet. */
  readonly view: SubConfigView | null;
  readonly findings: PlacedFindings;
}

export const CardContext = createContext<Card | null>(null);

export function useCard(): Card {
  const card = useContext(CardContext);
  if (!card) throw new Error('The component stands outside of a card.');
  return card;
}

export interface ValueEditor {
  readonly set: (path: KeyPath, value: ConfigValue) => void;
  readonly remove: (path: KeyPath) => void;
}

/** Edits values of the card's sub-config; changes of one place in quick succession are one undo step. */
export function useValueEditor(): ValueEditor {
  const { edit } = useActions();
  const { ids, mode } = useCard();
  return {
    set: (path, value) =>
      edit(
        ids.map((id) => ({ type: 'set-value', mode, id, path, value })),
        `${mode} ${ids.join(' ')} ${fieldId(path)}`,
      ),
    remove: (path) => edit(ids.map((id) => ({ type: 'remove-value', mode, id, path }))),
  };
}

const none: readonly Finding[] = [];

/** The findings and remarks of one field. */
export function useFieldFindings(path: KeyPath): readonly Finding[] {
  return useCard().findings.atFields.get(fieldId(path)) ?? none;
}
