import type { Mode } from '../../../core/config/mode.ts';
import { listItems } from '../../../core/plan/families.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { useDocument } from '../../shared/use-app.ts';
import { sameItems, useKept } from '../../shared/use-kept.ts';

/** One card of the list: of a sub-config, or of a family of neighbours. */
export interface CardItem {
  readonly family: string | null;
  readonly ids: readonly string[];
  /** Place of the first in the list, from 0. */
  readonly start: number;
}

/** The cards of a mode in order, kept while ids and families are the same. */
export function useListItems(mode: Mode): readonly CardItem[] {
  const select = (state: DocumentState) =>
    listItems(state.history.present.lists[mode]).map(({ family, members, start }): CardItem => {
      return { family, start, ids: members.map(({ id }) => id) };
    });
  return useDocument(useKept(select, (a, b) => sameItems(a, b, sameItem)));
}

function sameItem(a: CardItem, b: CardItem): boolean {
  return a.family === b.family && a.start === b.start && sameItems(a.ids, b.ids);
}
