import type { Listed } from '../../module-tree/tree-note.ts';
import { formatCount } from '../../text/format-count.ts';

/** The first few items in words, and how many more there are. */
export function wordListed<Item>({ first, count }: Listed<Item>, word: (item: Item) => string): string {
  const more = count > first.length ? ` and ${formatCount(count - first.length)} more` : '';
  return `${first.map(word).join(', ')}${more}`;
}
