import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../../core/module-tree/tree-index.ts';
import { joinNumbered } from '../../worker/box-texts.ts';
import type { PlacedBox, PlacedEdge } from '../../worker/lay-out-flow.ts';
import { groupLetters } from '../shared/groups.ts';

/** The name of a box in a list of several: the full name of a module, or the operation. */
function nameOfBox(tree: ModuleTree, box: PlacedBox): string {
  const isMany = box.rows.length > 1;
  switch (box.type) {
    case 'module':
    case 'folded': {
      if (isMany) return joinNumbered(box.rows.map((row) => moduleName(tree, row)));
      return `${moduleName(tree, box.row)}${box.type === 'folded' || box.call === 0 ? '' : ` (call ${box.call})`}`;
    }
    case 'operation':
      return `${isMany ? `${box.rows.length} times ` : ''}${box.operations.join(', then ')}`;
    case 'input':
      return `input ${box.name}`;
    case 'output':
      return 'output';
  }
}

interface BoxContext {
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
  readonly set: number | null;
  readonly subConfig: number | null;
}

/** All that a box says, for people that do not see the picture. */
export function describeBox(tree: ModuleTree, box: PlacedBox, { boxes, edges, set, subConfig }: BoxContext): string {
  const named = (ids: readonly string[]): string => boxes.filter(({ id }) => ids.includes(id)).map((other) => nameOfBox(tree, other)).join(', ');
  const takes = named(edges.filter(({ to }) => to === box.id).map(({ from }) => from));
  const feeds = named(edges.filter(({ from }) => from === box.id).map(({ to }) => to));
  const type = box.type === 'module' || box.type === 'folded' ? moduleType(tree, box.row) : null;
  const parts = [
    type === null ? nameOfBox(tree, box) : `${nameOfBox(tree, box)}, ${type}`,
    type !== null && box.rows.length > 1 ? `${box.rows.length} alike` : '',
    box.type === 'folded' ? `${box.steps} steps, folded` : '',
    box.shape === null ? '' : `makes ${box.shape.join(' × ')}`,
    takes === '' ? '' : `takes ${takes}`,
    feeds === '' ? '' : `feeds ${feeds}`,
    set === null ? '' : `set ${groupLetters(set)}`,
    subConfig === null ? '' : `sub-config ${subConfig}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}
