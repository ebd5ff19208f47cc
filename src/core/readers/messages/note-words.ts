import { formatCount } from '../../text/format-count.ts';

/** The first few items, worded for a message, and how many more there are. */
export function listFirst<Item>(items: readonly Item[], most: number, word: (item: Item) => string): string {
  const more = items.length > most ? ` and ${formatCount(items.length - most)} more` : '';
  return `${items.slice(0, most).map(word).join(', ')}${more}`;
}

/** How many tensors there are, in words. */
export function countTensors(count: number): string {
  return count === 1 ? '1 tensor' : `${formatCount(count)} tensors`;
}
