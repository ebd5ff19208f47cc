import { useMemo } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { useDerived } from '../../shared/use-app.ts';
import { useListItems, type CardItem } from '../pane/use-list-items.ts';

/** A card of the list: its sub-configs that are resolved, and their places among all that are. */
export interface ResolvedItem extends Pick<CardItem, 'ids'> {
  readonly places: readonly number[];
}

const selectListIds = (state: DerivedState) => state.listIds;

/** The cards of a mode that take part in the list that is resolved, in its order. */
export function useResolvedItems(mode: Mode): readonly ResolvedItem[] {
  const items = useListItems(mode);
  const ids = useDerived(selectListIds)[mode];
  return useMemo(() => {
    const placeOf = new Map(ids.map((id, place) => [id, place]));
    return items
      .map((item) => item.ids.filter((id) => placeOf.has(id)))
      .filter((own) => own.length > 0)
      .map((own) => ({ ids: own, places: own.map((id) => placeOf.get(id)!) }));
  }, [items, ids]);
}
