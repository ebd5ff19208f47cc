import type { ProgramTensor } from './program-tree.ts';
import { asTracedOnnx } from './onnx-operations.ts';
import { callsOfNodes, classByOperations, classOfModel, ownerInName } from './onnx-scopes.ts';
import { computeNumbers, inferShapes, type OnnxKnowledge } from './onnx-shapes.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-messages.ts';
import type { Program, ProgramItem, ProgramNode, RecordedCall } from './program.ts';

/** A program of an ONNX file, with the tensors of its modules. */
export interface OnnxProgram {
  readonly program: Program;
  readonly tensors: readonly ProgramTensor[];
}

/** A list of sizes is short; joins of joins in a file from outside are not followed. */
const mostNumbers = 256;

/** Layers that take their weight and bias as their second and third input. */
const layers: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul', 'Gather']);

/**
 * The modules, tensors and data flow of an ONNX graph that was exported from PyTorch (rule T15b). Null where the names of its nodes do
 * not lead to modules. Sizes that the graph computes are worked out and become numbers.
 */
export function programOfOnnx(graph: OnnxGraph, typeOf: (dataType: number) => string | null): OnnxProgram | null {
  const weights = weightsByName(graph);
  const owners = new Set(graph.tensors.flatMap(({ name }) => ownerInName(name) ?? []));
  const noted = callsOfNodes(graph.nodes, owners);
  if (noted === null) return null;
  const known = workOut(graph, weights);
  const named = nameWeights(graph.nodes, noted, weights);
  const calls = withClasses(graph.nodes, noted.map((list, at) => named.callsAt(at) ?? list), known, { nameOf: named.nameOf, isWeight: (name) => weights.has(name) });
  const nodes: ProgramNode[] = [];
  const groups = new Map<string, readonly [number, number]>();
  const item = (name: string): ProgramItem => {
    const tensor = named.nameOf.get(name);
    if (tensor !== undefined) return { type: 'tensor', name: tensor };
    const numbers = known.numbersOf(name);
    if (numbers !== null) return { type: 'constant', value: numbers.length === 1 ? numbers[0]! : numbers };
    return weights.has(name) ? { type: 'constant', value: ['tensor'] } : { type: 'value', name };
  };
  for (const [at, node] of graph.nodes.entries()) {
    const [first] = node.outputs;
    if (first === undefined || node.op === 'Constant' || known.numbersOf(first) !== null || weights.has(first)) continue;
    const module = calls[at]!.at(-1);
    if (module?.className?.endsWith('.GroupNorm') === true && node.op === 'Reshape') {
      const [count, channels] = [known.numbersOf(node.inputs[1])?.[1], known.shapeOf(node.inputs[0])?.[1]];
      if (count !== undefined && channels !== undefined && !groups.has(module.module)) groups.set(module.module, [count, channels]);
    }
    nodes.push({
      ...asTracedOnnx(node, item, known),
      calls: calls[at]!,
      outputs: node.outputs.filter((name) => name !== '').map((name) => ({ name, shape: known.shapeOf(name) })),
    });
  }
  const tensors = tensorsOf(graph, named.nameOf, weights, typeOf);
  return {
    tensors,
    program: {
      recordedBy: 'an ONNX file', torch: '', className: classOfModel(graph.nodes), nodes, groups, outputs: graph.outputs,
      inputs: graph.inputs.map((name) => ({ name, shape: known.shapeOf(name) })),
      tensors: new Map(tensors.map(({ name, shape }) => [name, shape] as const)),
    },
  };
}

/** Initialisers by name, and their copies by `Identity`. */
function weightsByName({ tensors, nodes }: OnnxGraph): ReadonlyMap<string, OnnxTensor> {
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor] as const));
  for (const node of nodes) {
    const source = found.get(node.inputs[0] ?? '');
    const [output] = node.outputs;
    if (source === undefined || output === undefined) continue;
    if (node.op === 'Identity') found.set(output, source);
    // A Linear that was not folded multiplies with its exchanged weight.
    if (node.op === 'Transpose' && source.dims.length === 2 && ownerInName(source.name) !== null) found.set(output, { ...source, dims: source.dims.toReversed() });
  }
  return found;
}

function workOut(graph: OnnxGraph, weights: ReadonlyMap<string, OnnxTensor>): OnnxKnowledge {
  const shapes = new Map<string, readonly number[] | null>([...weights].map(([name, { dims }]) => [name, dims] as const));
  const numbers = new Map<string, readonly number[]>();
  const scales = new Map<string, readonly number[]>();
  for (const [name, { values, floats }] of weights) {
    if (values !== null) numbers.set(name, values);
    if (floats !== null) scales.set(name, floats);
  }
  for (const { op, attributes, outputs } of graph.nodes) {
    const value = op === 'Constant' ? attributes.get('value') : null;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { floats, dims } = value as OnnxTensor;
      if (outputs[0] !== undefined) shapes.set(outputs[0], dims);
      if (floats !== null && outputs[0] !== undefined) scales.set(outputs[0], floats);
    }
  }
  for (const [name, sizes] of graph.shapes) {
    if (sizes.every((size) => size !== null && size > 0)) shapes.set(name, sizes as readonly number[]);
    // A batch that is left open is one sample.
    else if (graph.inputs.includes(name)) shapes.set(name, sizes.map((size) => size ?? 1));
  }
  const known: OnnxKnowledge = {
    shapeOf: (name) => (name === undefined ? null : (shapes.get(name) ?? null)),
    numbersOf: (name) => (name === undefined ? null : (numbers.get(name) ?? null)),
    scalesOf: (name) => (name === undefined ? null : (scales.get(name) ?? null)),
  };
  for (const node of graph.nodes) {
    const made = computeNumbers(node, known);
    if (made !== null && made.length <= mostNumbers && node.outputs[0] !== undefined) {
      numbers.set(node.outputs[0], made);
      continue;
    }
    for (const [at, shape] of inferShapes(node, known).entries()) {
      const name = node.outputs[at];
      if (name !== undefined && !shapes.has(name) && shape?.every((size) => Number.isSafeInteger(size) && size >= 0) === true) shapes.set(name, shape);
    }
  }
  return known;
}

interface NamedWeights {
  /** Initialiser → full name of the tensor of a module. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** The calls of a node whose weight says another module than its scope: a norm was merged into its convolution. */
  readonly callsAt: (at: number) => readonly RecordedCall[] | undefined;
}

function nameWeights(nodes: readonly OnnxNode[], noted: readonly (readonly RecordedCall[])[], weights: ReadonlyMap<string, OnnxTensor>): NamedWeights {
  const nameOf = new Map<string, string>();
  const moved = new Map<number, readonly RecordedCall[]>();
  for (const [name, tensor] of weights) if (ownerInName(tensor.name) !== null) nameOf.set(name, tensor.name);
  for (const [at, { op, inputs }] of nodes.entries()) {
    const [weight, bias] = op === 'Gather' ? [inputs[0], undefined] : [inputs[1], inputs[2]];
    const tensor = weight === undefined ? undefined : weights.get(weight);
    if (!layers.has(op) || tensor === undefined || tensor.dims.length < 2) continue;
    const scope = noted[at]!.at(-1)?.module;
    const owner = ownerInName(tensor.name) ?? scope;
    if (owner === undefined || owner === '') continue;
    if (owner !== scope) moved.set(at, [...noted[at]!.slice(0, -1).filter(({ module }) => owner.startsWith(`${module}.`)), { key: `${owner}#${at}`, module: owner, className: null }]);
    if (!nameOf.has(weight!)) nameOf.set(weight!, `${owner}.weight`);
    if (bias !== undefined && weights.has(bias) && !nameOf.has(bias)) nameOf.set(bias, `${owner}.bias`);
  }
  return { nameOf, callsAt: (at) => moved.get(at) };
}

/** Classes of leaf modules by their operations, where the file does not note them. */
function withClasses(
  nodes: readonly OnnxNode[],
  calls: readonly (readonly RecordedCall[])[],
  known: OnnxKnowledge,
  { nameOf, isWeight }: { readonly nameOf: ReadonlyMap<string, string>; readonly isWeight: (name: string) => boolean },
): readonly (readonly RecordedCall[])[] {
  const inside = new Map<string, number[]>();
  const parents = new Set<string>();
  for (const [at, list] of calls.entries()) {
    for (const { module } of list.slice(0, -1)) parents.add(module);
    const last = list.at(-1);
    // A constant stands in the scope of the module that first needs it.
    if (last !== undefined && nodes[at]!.op !== 'Constant' && !isWeight(nodes[at]!.outputs[0] ?? '')) inside.set(last.key, [...(inside.get(last.key) ?? []), at]);
  }
  const classes = new Map<string, string>();
  for (const places of inside.values()) {
    const call = calls[places[0]!]!.at(-1)!;
    if (call.className !== null || parents.has(call.module)) continue;
    const first = nodes[places[0]!]!;
    const isLayer = first.inputs.some((name) => nameOf.has(name));
    const rank = known.shapeOf(first.inputs[isConvolution(first) ? 1 : 0])?.length ?? null;
    const found = classByOperations(places.map((at) => nodes[at]!.op), rank, isLayer);
    if (found !== null) classes.set(call.module, found);
  }
  return calls.map((list) => list.map((call) => ({ ...call, className: call.className ?? classes.get(call.module) ?? null })));
}

function isConvolution({ op }: OnnxNode): boolean {
  return op === 'Conv' || op === 'ConvTranspose';
}

function tensorsOf(
  { nodes }: OnnxGraph,
  nameOf: ReadonlyMap<string, string>,
  weights: ReadonlyMap<string, OnnxTensor>,
  typeOf: (dataType: number) => string | null,
): readonly ProgramTensor[] {
  // MatMul and Gemm without transB take the weight of a Linear with its dimensions exchanged.
  const exchanged = new Set(nodes.flatMap((node) => {
    const isExchanged = node.op === 'MatMul' || (node.op === 'Gemm' && node.attributes.get('transB') !== 1);
    return isExchanged && node.inputs[1] !== undefined ? [node.inputs[1]] : [];
  }));
  const found = new Map<string, ProgramTensor>();
  for (const [initialiser, name] of nameOf) {
    const { dims, dataType } = weights.get(initialiser)!;
    const shape = exchanged.has(initialiser) && dims.length === 2 ? dims.toReversed() : dims;
    if (!found.has(name)) found.set(name, { name, shape, dtype: typeOf(dataType), isBuffer: /\.running_(?:mean|var)$/.test(name) });
  }
  return [...found.values()];
}
