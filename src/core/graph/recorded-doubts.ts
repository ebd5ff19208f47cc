import { moduleOfScope } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec } from '../module-tree/tree-index.ts';

/** A cause for which NNI's own trace can tie other layers than a flow that another exporter recorded (rule T12e). */
export interface RecordedDoubt {
  /**
   * - `sizes`: operations that take sizes as numbers. Where the code reads them from a tensor, NNI ties the layers above that tensor, too.
   * - `attention`: torch's own attention, which torch.jit.trace can refuse.
   */
  readonly cause: 'sizes' | 'attention';
  readonly count: number;
  /** The module of the first place; empty for the model itself. */
  readonly module: string;
}

/** Operations whose sizes are often read from a tensor: `x.view(x.size(0), -1)`, `interpolate(x, size=y.shape[2:])`. */
const takesSizes = /^aten::(?:_unsafe_)?(?:view|reshape|expand|repeat|tile|upsample_\w+|(?:avg|max)_pool\w+|zeros|ones|full|new_\w+)_?$/;
const attentionClass = /^torch\.nn\.modules\.(?:activation\.MultiheadAttention|transformer\.\w+)$/;

/** What can differ from NNI's trace in a flow of torch.export or ONNX; empty where nothing is known to, and for a flow of NNI's tracer. */
export function recordedDoubts(tree: ModuleTree): readonly RecordedDoubt[] {
  const { graph } = tree;
  if (graph === null || graph.recordedBy === '') return [];
  const { rowOf } = createNameLookup(tree);
  // What torch's own layers do inside of themselves belongs to the layer.
  const isOwn = graph.scopes.map((scope) => {
    const row = rowOf(moduleOfScope(scope));
    return row < 0 || moduleSpec(tree, row).className?.startsWith('torch.nn.') !== true;
  });
  const places: number[] = [];
  for (let node = 0; node < graph.size; node++) {
    if (!isOwn[graph.scopeId[node]!] || !takesSizes.test(graph.ops[graph.opId[node]!]!)) continue;
    const given = [...graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1])];
    if (given.some((item) => item < 0 && isSizes(graph.operands[-1 - item]))) places.push(node);
  }
  const attentions = Array.from({ length: tree.size }, (_, row) => row).filter((row) => attentionClass.test(moduleSpec(tree, row).className ?? ''));
  return [
    ...(places.length === 0 ? [] : [{ cause: 'sizes', count: places.length, module: moduleOfScope(graph.scopes[graph.scopeId[places[0]!]!]!) } as const]),
    ...(attentions.length === 0 ? [] : [{ cause: 'attention', count: attentions.length, module: moduleName(tree, attentions[0]!) } as const]),
  ];
}

/** A list of sizes as numbers; 1 and −1 are read from no tensor. */
function isSizes(operand: NonNullable<ModuleTree['graph']>['operands'][number] | undefined): boolean {
  if (operand?.type !== 'constant') return false;
  const { value } = operand;
  return Array.isArray(value) && value.some((item) => typeof item === 'number' && item > 1);
}
