import { moduleOfScope, type GraphConstant, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName } from '../../module-tree/tree-index.ts';
import { inputsOf, opOf, shapeOf } from '../flow-graph.ts';

/** Reads the inputs of a node of the trace: values, tensors of modules, constants. */
export interface TraceReader {
  readonly graph: ModelGraph;
  readonly opOf: (node: number) => string;
  readonly inputsOf: (node: number) => Int32Array;
  readonly outputsOf: (node: number) => readonly number[];
  readonly shapeOf: (value: number) => readonly number[] | null;
  /** The constant of an input; `undefined` where it is a value or a tensor, or there is none. */
  readonly constantOf: (item: number | undefined) => GraphConstant | undefined;
  /** The full name of the tensor of an input; null where it is none. */
  readonly tensorOf: (item: number | undefined) => string | null;
  /** The shape of a parameter or buffer; null where the tree does not know it. */
  readonly tensorShape: (name: string | null) => readonly number[] | null;
  /** Whether a tensor is one of the model's own code, and not of one of torch's modules. */
  /** Whether the node lies in a module of torch's own, not in the model's code. */
  readonly isInTorchModule: (node: number) => boolean;
  readonly isOwn: (tensor: string) => boolean;
}

/** Modules of torch's that only hold parameters of the model's own code. */
const parameterContainers: ReadonlySet<string> = new Set(['torch.nn.modules.container.ParameterList', 'torch.nn.modules.container.ParameterDict']);

/** Creates a reader. */
export function createTraceReader(tree: ModuleTree, graph: ModelGraph): TraceReader {
  const shapes = tensorShapes(tree, graph);
  const { rowOf } = createNameLookup(tree);
  const operandOf = (item: number | undefined) => (item === undefined || item >= 0 ? undefined : graph.operands[-1 - item]);
  return {
    graph,
    opOf: (node) => opOf(graph, node),
    inputsOf: (node) => inputsOf(graph, node),
    outputsOf: (node) =>
      Array.from({ length: graph.outputStart[node + 1]! - graph.outputStart[node]! }, (_, k) => graph.outputStart[node]! + k),
    shapeOf: (value) => shapeOf(graph, value),
    constantOf(item) {
      const operand = operandOf(item);
      return operand?.type === 'constant' ? operand.value : undefined;
    },
    tensorOf(item) {
      const operand = operandOf(item);
      return operand?.type === 'tensor' ? operand.name : null;
    },
    tensorShape: (name) => (name === null ? null : (shapes.get(name) ?? null)),
    isInTorchModule(node) {
      const row = rowOf(moduleOfScope(graph.scopes[graph.scopeId[node]!]!));
      const className = row < 0 ? null : tree.specs[tree.specId[row]!]!.className;
      return className === null || className.startsWith('torch.nn.');
    },
    isOwn(tensor) {
      const row = rowOf(ownerOf(tensor));
      const className = row < 0 ? null : tree.specs[tree.specId[row]!]!.className;
      return className !== null && (!className.startsWith('torch.nn.') || parameterContainers.has(className));
    },
  };
}

/** Shapes of the tensors that the trace uses, by full name. */
function tensorShapes(tree: ModuleTree, graph: ModelGraph): ReadonlyMap<string, readonly number[]> {
  const lookup = createNameLookup(tree);
  const shapes = new Map<string, readonly number[]>();
  for (const operand of graph.operands) {
    if (operand.type !== 'tensor') continue;
    const row = lookup.rowOf(ownerOf(operand.name));
    if (row < 0) continue;
    const spec = tree.specs[tree.specId[row]!]!;
    const local = operand.name.slice(operand.name.lastIndexOf('.') + 1);
    const found = [...(spec.parameters ?? []), ...(spec.buffers ?? [])].find(({ name }) => name === local);
    if (found?.shape) shapes.set(operand.name, found.shape);
  }
  return shapes;
}

/** The module of a tensor's full name. */
export function ownerOf(tensor: string): string {
  const dot = tensor.lastIndexOf('.');
  return dot < 0 ? '' : tensor.slice(0, dot);
}

/** Kept rows of the weight by module name. */
export type KeptRows = ReadonlyMap<string, Uint8Array>;

/** Kept rows by module name, from rows of the tree. */
export function keptByName(tree: ModuleTree, kept: ReadonlyMap<number, Uint8Array>): KeptRows {
  return new Map([...kept].map(([row, rows]) => [moduleName(tree, row), rows] as const));
}

/** No layer has more channels; a file from outside can say so. */
export const mostChannels = 1 << 24;

/** Weight shape, direction and groups of a convolution in the trace. */
export interface ConvolutionFacts {
  readonly weight: readonly number[];
  readonly transposed: boolean;
  readonly groups: number;
}

/** Weight, direction and groups of a convolution; null where the weight's shape is not known. */
export function convolutionFacts(
  reader: TraceReader,
  node: number,
  weight = reader.tensorShape(reader.tensorOf(reader.inputsOf(node)[1])),
): ConvolutionFacts | null {
  const inputs = reader.inputsOf(node);
  if (weight === null || weight.length < 3) return null;
  const isFull = inputs.length > 8;
  const groups = reader.constantOf(inputs[isFull ? 8 : 6]);
  const transposed = isFull && reader.constantOf(inputs[6]) === true;
  if (weight.some((size) => size > mostChannels)) return null;
  if (typeof groups !== 'number' || !Number.isInteger(groups) || groups < 1 || groups > weight[0]! || weight[0]! % groups !== 0) return null;
  return { weight, transposed, groups };
}
