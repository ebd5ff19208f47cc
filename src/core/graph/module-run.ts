import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import { metTargets, targetShape, type TargetShape } from './call-shapes.ts';
import { multiplyAddsBelow, multiplyAddSums } from './forecast/module-costs.ts';

/** An input or output that a module meets in the recorded forward pass. */
export interface MetTarget {
  /** `_input_0`, `_output_0`. */
  readonly target: string;
  /** The name of the argument; null for an output, and where the source does not say. */
  readonly argument: string | null;
  readonly shape: TargetShape;
}

/** How the model runs one module in the recorded forward pass (rule G19). */
export interface ModuleRun {
  /** 0 when the model never calls it. */
  readonly calls: number;
  readonly targets: readonly MetTarget[];
  /** Multiply-adds of the module and all below it, and of the whole model. */
  readonly macs: number;
  readonly modelMacs: number;
}

/** How a module runs; null when the tree has no graph with calls. */
export function describeRun(tree: ModuleTree, row: number): ModuleRun | null {
  const { graph } = tree;
  const sums = multiplyAddSums(tree);
  if (graph === null || sums === null || graph.calls.size === 0) return null;
  const args = moduleSpec(tree, row).forward?.args ?? [];
  const targets = (metTargets(tree, row) ?? []).map((target): MetTarget => {
    const number = /^_input_(\d+)$/.exec(target)?.[1];
    return { target, argument: number === undefined ? null : (args[Number(number)] ?? null), shape: targetShape(tree, row, target) };
  });
  const calls = graph.calls.get(moduleName(tree, tree.sharedWith.get(row) ?? row)) ?? [];
  return {
    calls: calls.reduce((sum, { count }) => sum + count, 0),
    targets,
    macs: multiplyAddsBelow(tree, sums, row),
    modelMacs: sums[tree.size]!,
  };
}
