import { fail, succeed, type Result } from '../result.ts';
import { groupsOf, isGroupedType, isPlainLayer } from './channel-sets.ts';
import { nodesAbove, pushNodesAbove, type FlowGraph, type FlowNode } from './flow-graph.ts';
import type { GraphError } from './unpack.ts';

/**
 * Module → the number by which its output channels must be divisible (rule G13): the least common multiple of its own groups
 * and of the groups of the grouped layers right below it. Walks once for each number of groups. `flow` must not be
 * unpacked, as NNI builds it again.
 */
export function findGroupNumbers(flow: FlowGraph): Result<ReadonlyMap<number, bigint>, GraphError> {
  const numbers = new Map<number, bigint>();
  const startsOf = new Map<number, number[]>();
  const multiply = (row: number, count: number): void => {
    const before = numbers.get(row);
    if (count === 1) numbers.set(row, before ?? 1n);
    else numbers.set(row, leastCommonMultiple(before ?? 1n, BigInt(count)));
  };
  for (let at = 0; at < flow.nodes.length; at++) {
    const node = flow.nodes[at]!;
    if (node.module < 0 || !isGroupedType(node.op)) continue;
    const groups = groupsOf(flow, node);
    if (groups === null) return fail({ type: 'AssertionError', message: '' });
    const count = node.op !== 'GroupNorm' && groups[0] === groups[1] ? 1 : groups[0];
    multiply(node.module, count);
    if (count <= 1) continue;
    const starts = startsOf.get(count) ?? [];
    starts.push(at);
    startsOf.set(count, starts);
  }
  for (const [count, starts] of startsOf) {
    for (const row of plainLayersAbove(flow, starts)) multiply(row, count);
  }
  return succeed(numbers);
}

/** Rows of the nearest Conv2d, ConvTranspose2d and Linear above any of the nodes (G11); `ends` cuts ways off. */
export function plainLayersAbove(
  flow: FlowGraph,
  starts: readonly number[],
  ends: (node: FlowNode) => boolean = () => false,
): ReadonlySet<number> {
  const rows = new Set<number>();
  const seen = new Uint8Array(flow.nodes.length);
  const queue = starts.flatMap((start) => nodesAbove(flow, start));
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen[at] === 1) continue;
    seen[at] = 1;
    const node = flow.nodes[at]!;
    if (isPlainLayer(node)) rows.add(node.module);
    else if (!ends(node)) pushNodesAbove(flow, at, queue);
  }
  return rows;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 0n : (a / x) * b;
}
