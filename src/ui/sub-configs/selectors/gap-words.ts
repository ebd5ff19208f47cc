import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleLabel, moduleName } from '../../../core/module-tree/tree-index.ts';
import { visibleName } from '../../../core/module-tree/visible-name.ts';
import type { CoverageGap } from '../../../core/proposals/coverage-gaps.ts';
import { formatCount } from '../../../core/text/format-count.ts';

/** `25 of 30 blocks model.layers.0–29: none in 3, 7–10; less in 12`. */
export function wordGap(tree: ModuleTree, { first, blocks, missing, partial, runs }: CoverageGap): string {
  const number = Number(/[0-9]+$/.exec(moduleLabel(tree, first))?.[0] ?? 0);
  const name = visibleName(moduleName(tree, first));
  const hit = blocks - missing.length;
  const parts = [
    ...(missing.length > 0 ? [`none in ${wordPlaces(missing, number)}`] : []),
    ...(partial.length > 0 ? [`less in ${wordPlaces(partial, number)}`] : []),
  ];
  const where = `${name}–${number + blocks - 1}`;
  const again = runs > 1 ? `, in each of ${formatCount(runs)} such runs` : '';
  return `${formatCount(hit)} of ${formatCount(blocks)} blocks ${where}${again}: ${parts.join('; ')}`;
}

const mostRanges = 6;

/** Places as numbers of the blocks, ranges folded: `3, 7–10`. */
function wordPlaces(places: readonly number[], firstNumber: number): string {
  const ranges: string[] = [];
  for (let at = 0; at < places.length; ) {
    let end = at;
    while (places[end + 1] === places[end]! + 1) end++;
    const [low, high] = [places[at]! + firstNumber, places[end]! + firstNumber];
    ranges.push(end === at ? `${low}` : end === at + 1 ? `${low}, ${high}` : `${low}–${high}`);
    at = end + 1;
  }
  const rest = ranges.length - mostRanges;
  return rest > 0 ? `${ranges.slice(0, mostRanges).join(', ')} and others` : ranges.join(', ');
}
