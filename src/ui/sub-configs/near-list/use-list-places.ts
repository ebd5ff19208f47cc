import { useCallback, useEffect, useRef, useState, type RefCallback } from 'react';
import { placesOf, type ListPlace } from './list-places.ts';

/** Lists of up to this many cards are drawn whole: everything on them can be found with the browser's own search. */
const drawnWhole = 30;
/** Cards that are drawn before the browser has said which are near. */
const drawnFirst = 8;
/** Pixels above and below the box that scrolls within which cards are drawn. */
const margin = 1200;

export interface ListPlaces {
  readonly places: readonly ListPlace[];
  /** Ref of each item. The key of the item's place is in `data-place`, and the key of its block in `data-block`. */
  readonly watch: RefCallback<HTMLLIElement>;
}

/** The drawn cards of a long list: cards near the view, and cards in `kept`. `usualHeight`: pixels of a card that was never drawn. */
export function useListPlaces(ids: readonly string[], kept: readonly (string | null)[], usualHeight: number): ListPlaces {
  const [near, setNear] = useState<ReadonlySet<string>>(() => new Set(ids.slice(0, drawnFirst)));
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const observer = useRef<IntersectionObserver | null>(null);
  useEffect(() => () => observer.current?.disconnect(), []);

  const watch = useCallback((item: HTMLLIElement | null) => {
    if (!item) return undefined;
    const note = (entries: readonly IntersectionObserverEntry[]) => {
      setNear((before) => withReports(before, entries));
      const left = entries.filter(({ isIntersecting, boundingClientRect: { height } }) => !isIntersecting && height > 0);
      if (left.length > 0) setHeights((before) => withHeights(before, left));
    };
    const root = item.closest('[role=region]');
    const watching = (observer.current ??= new IntersectionObserver(note, { root, rootMargin: `${margin}px 0px` }));
    watching.observe(item);
    return () => watching.unobserve(item);
  }, []);

  const isDrawn = ids.length <= drawnWhole ? () => true : (id: string) => near.has(id) || kept.includes(id);
  return { places: placesOf(ids, isDrawn, (block) => near.has(block), (id) => heights.get(id) ?? usualHeight), watch };
}

/** A block that came near is divided; from then on it stays so while one of its cards is near. */
function withReports(before: ReadonlySet<string>, entries: readonly IntersectionObserverEntry[]): ReadonlySet<string> {
  const after = new Set(before);
  for (const { target, isIntersecting } of entries) {
    const { place = '', block = '' } = target instanceof HTMLElement ? target.dataset : {};
    if (isIntersecting) after.add(place);
    else after.delete(place);
    if (place !== block) after.delete(block);
  }
  return after.size === before.size && [...after].every((key) => before.has(key)) ? before : after;
}

/** Remembers how high cards were that are far away now. */
function withHeights(before: ReadonlyMap<string, number>, left: readonly IntersectionObserverEntry[]): ReadonlyMap<string, number> {
  const changed = left.flatMap(({ target, boundingClientRect: { height } }) => {
    const { place = '', block } = target instanceof HTMLElement ? target.dataset : {};
    return place === block || before.get(place) === height ? [] : [[place, height] as const];
  });
  return changed.length === 0 ? before : new Map([...before, ...changed]);
}
