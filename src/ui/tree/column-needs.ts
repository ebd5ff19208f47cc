import type { CSSProperties } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { labelStart } from '../../core/module-tree/tree-index.ts';
import type { SiblingRuns } from '../../core/module-tree/sibling-runs.ts';
import { shapeOf } from './rows/row-labels.ts';

/** Widths in pixels: of a letter of a name, of a type and of a shape, of a level of the tree, and of the chevron with its gaps. */
const nameLetter = 7.6;
const typeLetter = 7.6;
const shapeLetter = 7.3;
const level = 14;
const chevron = 26;
const gap = 8;

/** Types and shapes keep this much in any case: a closed branch says there how its modules are set. */
const leastPair = 128;

/** The room in pixels that a model's names want, and that the types and shapes next to them need. */
export interface ColumnNeeds {
  readonly name: number;
  readonly pair: number;
}

/** Measures the columns of a model: the longest name with its indent, and the longest type that has a shape next to it. */
export function columnNeeds(tree: ModuleTree, runs: SiblingRuns): ColumnNeeds {
  const { offsets } = tree.names;
  // Branches of equal siblings are one level deeper than their modules.
  const deeper = runs.first.length > 0 ? level : 0;
  let name = 0;
  for (let row = 1; row < tree.size; row++) {
    const letters = offsets[row + 1]! - labelStart(tree, row);
    name = Math.max(name, tree.depth[row]! * level + letters * nameLetter);
  }
  let pair = leastPair;
  for (const spec of tree.specs) {
    const shape = shapeOf(spec).replaceAll(' ', '');
    if (shape !== '') pair = Math.max(pair, (spec.type ?? '').length * typeLetter + gap + shape.length * shapeLetter);
  }
  return { name: Math.ceil(name + deeper + chevron), pair: Math.ceil(pair) };
}

/** The needs as the properties that `.tree-columns` and `.teacher-columns` read. */
export function columnStyle({ name, pair }: ColumnNeeds): CSSProperties {
  const style: Readonly<Record<`--${string}`, string>> = { '--name-need': `${name}px`, '--pair-need': `${pair}px` };
  return style;
}
