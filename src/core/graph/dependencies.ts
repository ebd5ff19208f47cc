import type { ModuleTree } from '../module-tree/module-tree.ts';
import { fail, succeed, type Result } from '../result.ts';
import { flowOf } from './build-flow.ts';
import { findChannelSets } from './channel-sets.ts';
import { findGroupNumbers } from './group-numbers.ts';
import { unpackLists, type GraphError } from './unpack.ts';

/** The dependencies that NNI finds in the data flow of a model, for any list. */
export interface Dependencies {
  /** Sets of modules that are pruned together, rows ascending; sets of one included (G12). */
  readonly sets: readonly (readonly number[])[];
  /** Row → index into `sets`. */
  readonly setOf: ReadonlyMap<number, number>;
  /** Row → number by which its output channels must be divisible (G13). */
  readonly numbers: ReadonlyMap<number, bigint>;
}

const known = new WeakMap<ModuleTree, Result<Dependencies, GraphError>>();

/**
 * Channel sets and group numbers of a tree with a graph, or NNI's exception (rules G2–G14). Computed once for each tree;
 * null when the tree has no graph.
 */
export function findDependencies(tree: ModuleTree): Result<Dependencies, GraphError> | null {
  const { graph } = tree;
  if (graph === null) return null;
  const found = known.get(tree) ?? compute(tree, graph);
  known.set(tree, found);
  return found;
}

function compute(tree: ModuleTree, graph: NonNullable<ModuleTree['graph']>): Result<Dependencies, GraphError> {
  if (graph.refused !== null) return fail(graph.refused);
  const flow = flowOf(tree, graph);
  const unpacked = unpackLists(flow);
  if (!unpacked.ok) return unpacked;
  const sets = findChannelSets(unpacked.value);
  if (!sets.ok) return sets;
  // NNI builds its graph a second time here, and does not unpack it.
  const numbers = findGroupNumbers(flow);
  if (!numbers.ok) return numbers;
  const setOf = new Map<number, number>();
  for (const [set, rows] of sets.value.entries()) for (const row of rows) setOf.set(row, set);
  return succeed({ sets: sets.value, setOf, numbers: numbers.value });
}
