import type { ModuleTree } from './module-tree.ts';
import { nameAt } from './packed-names.ts';
import { searchTree } from './search.ts';
import { moduleType } from './tree-index.ts';

/**
 * Modules that fit a text typed to get to one, the best first, at most `most`. Words are in any order, each
 * in the name or in the type. Best is the name itself, then names that begin or end with the text, then names where
 * it begins a part (`conv` in `layer1.conv2`), then names that hold it; among equals the shorter name, then the
 * order of the model.
 */
export function findModules(tree: ModuleTree, text: string, most: number): readonly number[] {
  const words = fold(text).split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
  const best: { row: number; rank: number }[] = [];
  let worst = Infinity;
  for (const row of searchTree(tree, { text: longest })) {
    const name = nameAt(tree.names, row);
    if (name === '') continue;
    const rank = rankOf(fold(name), fold(moduleType(tree, row) ?? ''), words) * 1e5 + Math.min(name.length, 99_999);
    if (rank >= worst || !Number.isFinite(rank)) continue;
    best.push({ row, rank });
    // The rows come in order and sorting is stable: equals stay as in the model.
    if (best.length < 2 * most) continue;
    best.sort((a, b) => a.rank - b.rank);
    best.length = most;
    worst = best.at(-1)!.rank;
  }
  return best
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ row }) => row);
}

/** The sum over the words; `Infinity` when one is missing. */
function rankOf(name: string, type: string, words: readonly string[]): number {
  let rank = 0;
  for (const word of words) rank += rankOfWord(name, type, word);
  return rank;
}

function rankOfWord(name: string, type: string, word: string): number {
  if (name === word) return 0;
  const at = name.indexOf(word);
  if (at < 0) return type.includes(word) ? 4 : Infinity;
  if (at === 0 || name.endsWith(`.${word}`)) return 1;
  return name.includes(`.${word}`) ? 2 : 3;
}

function fold(text: string): string {
  return text.toLowerCase();
}
