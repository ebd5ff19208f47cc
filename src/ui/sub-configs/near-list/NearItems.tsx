import { useState, type LiHTMLAttributes, type ReactNode } from 'react';
import type { ViewState } from '../../../store/view-store.ts';
import { useView } from '../../shared/use-app.ts';
import { useListPlaces } from './use-list-places.ts';

const selectRevealed = ({ reveal }: ViewState) => (reveal?.place.type === 'sub-config' ? reveal.place.subConfigId : null);

export interface NearItemsProps {
  /** One key for each item, in order: the ids of the sub-configs that it shows, joined or alone. */
  readonly ids: readonly string[];
  /** Pixels of an item until it was drawn. */
  readonly usualHeight: number;
  /** The item that shows a sub-config; `null` for none. */
  readonly idOf: (subConfigId: string) => string | null;
  /** Name of an item that is not drawn. */
  readonly nameOf: (at: number) => string;
  readonly itemProps?: (at: number) => LiHTMLAttributes<HTMLLIElement>;
  /** Drawn in an item, whether its card is drawn or not. */
  readonly around?: (at: number) => ReactNode;
  readonly children: (id: string, at: number) => ReactNode;
}

/**
 * The items of a list of cards. In a long list only cards near the view are drawn, the one that has the focus, and one that is
 * gone to; the rest is room of the same height.
 */
export function NearItems({ ids, usualHeight, idOf, nameOf, itemProps, around, children }: NearItemsProps) {
  const [focused, setFocused] = useState<string | null>(null);
  const revealed = useView(selectRevealed);
  const { places, watch } = useListPlaces(ids, [focused, revealed === null ? null : idOf(revealed)], usualHeight);
  return places.map((place) => {
    const { block, at } = place;
    if (place.type === 'block') {
      return (
        <li key={block} ref={watch} data-place={block} data-block={block} style={{ height: place.height }} className="shrink-0">
          <span className="sr-only">
            {nameOf(at)} to {nameOf(at + place.count - 1)}
          </span>
        </li>
      );
    }
    const { id } = place;
    return (
      <li key={id} ref={watch} data-place={id} data-block={block} onFocusCapture={() => setFocused(id)} {...itemProps?.(at)}>
        {around?.(at)}
        {place.type === 'card' ? (
          children(id, at)
        ) : (
          <div className="rounded-md border border-line" style={{ height: place.height }}>
            <span className="sr-only">{nameOf(at)}</span>
          </div>
        )}
      </li>
    );
  });
}
