import { moduleType } from '../module-tree/tree-index.ts';
import { succeed, fail, type Result } from '../result.ts';
import { endsChannels } from './channel-breaks.ts';
import type { FlowGraph, FlowNode } from './flow-graph.ts';
import { createRowSets } from './row-sets.ts';
import { createParentUniter } from './unite-parents.ts';
import type { GraphError } from './unpack.ts';

/** Types whose modules NNI puts into a set. */
const targetTypes: ReadonlySet<string | null> = new Set(['Conv2d', 'Linear', 'ConvTranspose2d', 'Embedding']);
/** Types at which a walk ends when nothing else ends it (G11). */
const plainTypes: ReadonlySet<string | null> = new Set(['Conv2d', 'ConvTranspose2d', 'Linear']);
/** Types that have an entry in `attrs`. */
const groupedTypes: ReadonlySet<string | null> = new Set(['Conv2d', 'ConvTranspose2d', 'GroupNorm']);

const additions: ReadonlySet<string | null> = new Set(
  ['add', 'sub', 'subtract', 'mul', 'div', 'multiply', 'divide', 'addcmul', 'addcdiv', 'logical_xor', 'logical_and', 'logical_or']
    .flatMap((name) => [`aten::${name}`, `aten::${name}_`]),
);

/** Whether modules of the type get a dependency group. */
export function isTargetType(type: string | null): boolean {
  return targetTypes.has(type);
}

/** Whether the operation ties the channels of its operands (G12). */
export function isAddition(op: string | null): boolean {
  return additions.has(op);
}

/** Whether modules of the type have groups: a Conv2d, a ConvTranspose2d, a GroupNorm. */
export function isGroupedType(type: string | null): boolean {
  return groupedTypes.has(type);
}

/** Whether the node is a layer at which plain walks end (G11). */
export function isPlainLayer(node: FlowNode): boolean {
  return node.module >= 0 && plainTypes.has(node.op);
}

/** `[groups, channels]` of a node with a grouped type; null when its class only has the name of torch's (G14). */
export function groupsOf(flow: FlowGraph, node: FlowNode): readonly [number, number] | null {
  return flow.groups.get(node.module) ?? null;
}

/**
 * The sets of modules whose output channels NNI prunes together (rules G9–G12), rows ascending, by their first row.
 * Every Conv2d, Linear, ConvTranspose2d and Embedding with a node is in one. `flow` must be unpacked (G8).
 */
export function findChannelSets(flow: FlowGraph): Result<readonly (readonly number[])[], GraphError> {
  const { tree, nodes } = flow;
  const sets = createRowSets(tree.size);
  const isTarget = (node: FlowNode): boolean => node.module >= 0 && isTargetType(node.op);
  const added = createParentUniter(flow, { isLayer: isTarget, ends: (node) => endsChannels(flow, node) }, sets);
  const plain = createParentUniter(flow, { isLayer: isPlainLayer, ends: () => false }, sets);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (isAddition(node.op)) {
      added.uniteAbove(at);
    } else if (node.module >= 0 && isGroupedType(node.op)) {
      const groups = groupsOf(flow, node);
      if (groups === null) return fail({ type: 'AssertionError', message: '' });
      const [count, channels] = groups;
      if (count === channels && (node.op === 'GroupNorm' || count !== 1)) {
        sets.add(node.module);
        plain.uniteAbove(at, node.module);
      }
    }
  }
  for (const node of nodes) if (isTarget(node)) sets.add(node.module);
  return succeed(sets.list().filter((rows) => rows.some((row) => isTargetType(moduleType(tree, row)))));
}
