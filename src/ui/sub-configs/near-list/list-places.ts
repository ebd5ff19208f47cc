/** Pixels between two items of a list of cards. */
const between = 8;
/** Cards of a block. A block that is far away is one item of the page, however many cards it has. */
const blockSize = 40;

/** An item of a long list. `at` is the index of its card, or of its first one. */
export type ListPlace =
  | { readonly type: 'card'; readonly id: string; readonly block: string; readonly at: number }
  /** The room of a card that is not drawn; `height` in pixels. */
  | { readonly type: 'space'; readonly id: string; readonly block: string; readonly at: number; readonly height: number }
  /** The height of a block in which no card is drawn. */
  | { readonly type: 'block'; readonly block: string; readonly at: number; readonly count: number; readonly height: number };

/** The items that show a list of cards, in order: a card, room for a card, or room for a block of cards. */
export function placesOf(
  ids: readonly string[],
  isDrawn: (id: string) => boolean,
  isDivided: (block: string) => boolean,
  heightOf: (id: string) => number,
): readonly ListPlace[] {
  const places: ListPlace[] = [];
  for (let first = 0; first < ids.length; first += blockSize) {
    const block = `block ${first}`;
    const within = ids.slice(first, first + blockSize);
    if (!isDivided(block) && !within.some(isDrawn)) {
      const height = within.reduce((sum, id) => sum + heightOf(id), (within.length - 1) * between);
      places.push({ type: 'block', block, at: first, count: within.length, height });
      continue;
    }
    within.forEach((id, index) => {
      const place = { id, block, at: first + index };
      places.push(isDrawn(id) ? { type: 'card', ...place } : { type: 'space', ...place, height: heightOf(id) });
    });
  }
  return places;
}
