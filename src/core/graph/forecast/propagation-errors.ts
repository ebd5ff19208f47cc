import { moduleOfScope, type CallShape, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import type { GraphError } from '../unpack.ts';
import { elementsOf } from './mask.ts';

/** ModelSpeedup runs its random inputs with this batch size. */
const batchSize = 8;

/** Row of each module in whose scope a node of the graph lies → its last node. */
export function lastNodes(tree: ModuleTree, graph: ModelGraph): ReadonlyMap<number, number> {
  const { rowOf } = createNameLookup(tree);
  const rows = graph.scopes.map((scope) => rowOf(moduleOfScope(scope)));
  const found = new Map<number, number>();
  for (let node = 0; node < graph.size; node++) {
    for (let row = rows[graph.scopeId[node]!]!; row > 0; row = tree.parent[row]!) found.set(row, node);
  }
  return found;
}

/** Whether torch.fx takes the module for one node: torch's own, containers of any modules left out. */
export function isFxLeaf(tree: ModuleTree, row: number): boolean {
  const { className, type } = moduleSpec(tree, row);
  return className?.startsWith('torch.nn.') === true && type !== 'Sequential' && type !== 'ModuleList' && type !== 'ModuleDict';
}

/** An error with the row of the module that it is about. */
export interface ModuleError {
  readonly module: number;
  readonly error: GraphError;
}

/**
 * The error that NNI raises when it passes gradients back through torch's own modules (rule G21d), from the last module to the
 * first. A module that returns several tensors is run backward twice. A module with one value for each sample is not run
 * backward: then its parameters have no gradient, and the gradient of an activation or norm is missing.
 */
export function findPropagationError(tree: ModuleTree, graph: ModelGraph): ModuleError | null {
  const last = [...lastNodes(tree, graph)].toSorted(([, a], [, b]) => b - a);
  for (const [module] of last) {
    if (!isFxLeaf(tree, module)) continue;
    const calls = graph.calls.get(moduleName(tree, tree.sharedWith.get(module) ?? module)) ?? [];
    const out = calls.at(-1)?.out ?? null;
    if (tensorsIn(out) > 1 || recurrent.has(moduleType(tree, module))) {
      return { module, error: { type: 'RuntimeError', message: 'Trying to backward through the graph a second time' } };
    }
    if (isOneValue(out) && copied.has(moduleType(tree, module))) {
      return { module, error: { type: 'TypeError', message: "rand_like(): argument 'input' (position 1) must be Tensor, not NoneType" } };
    }
    if (isOneValue(out) && moduleSpec(tree, module).parameters?.some(({ shape }) => shape !== null && isPropagated(elementsOf(shape))) === true) {
      return { module, error: { type: 'AttributeError', message: "'NoneType' object has no attribute 'data'" } };
    }
  }
  return null;
}

/** Modules whose masks NNI copies, so that it needs the gradient of their output. */
const copied: ReadonlySet<string | null> = new Set([
  'Softmin', 'Softmax', 'Softmax2d', 'LogSoftmax', 'ELU', 'Hardshrink', 'Hardsigmoid', 'Hardtanh', 'Hardswish', 'LeakyReLU', 'LogSigmoid', 'ReLU', 'ReLU6',
  'RReLU', 'SELU', 'CELU', 'GELU', 'Sigmoid', 'SiLU', 'Mish', 'Softplus', 'Softshrink', 'Softsign', 'Tanh', 'Tanhshrink', 'BatchNorm1d', 'BatchNorm2d',
  'BatchNorm3d', 'GroupNorm', 'SyncBatchNorm', 'InstanceNorm1d', 'InstanceNorm2d', 'InstanceNorm3d', 'LayerNorm',
]);

/** They return their states, too, even where their recorded calls do not. */
const recurrent: ReadonlySet<string | null> = new Set(['LSTM', 'GRU', 'RNN']);

/** Whether a module returns one value for each sample: NNI keeps no mask of it. */
export function isOneValue(out: CallShape): boolean {
  return Array.isArray(out) && out.length > 0 && elementsOf((out as readonly number[]).slice(1)) === 1;
}

/** Whether NNI keeps gradients and masks of a tensor of so many elements. */
export function isPropagated(elements: number): boolean {
  return elements > batchSize && elements % batchSize === 0;
}

function tensorsIn(shape: CallShape): number {
  if (shape === null || typeof shape === 'string') return 0;
  if (Array.isArray(shape)) return 1;
  const items = 't' in shape ? shape.t : 'd' in shape ? Object.values(shape.d) : [];
  return items.reduce((sum, item) => sum + tensorsIn(item), 0);
}
