import type { OnnxNode, OnnxTensor } from './onnx-messages.ts';

type Shape = readonly number[];

/** The known facts about values: sizes, and whole numbers that the model computes with. */
export interface OnnxKnowledge {
  readonly shapeOf: (name: string | undefined) => Shape | null;
  readonly numbersOf: (name: string | undefined) => readonly number[] | null;
  /** Factors of a Resize. */
  readonly scalesOf: (name: string | undefined) => readonly number[] | null;
}

const same: ReadonlySet<string> = new Set((
  'Relu LeakyRelu PRelu Elu Selu Celu Sigmoid HardSigmoid HardSwish Tanh Softplus Softsign Gelu Mish Erf Exp Log Sqrt Abs Neg Clip Pow Softmax LogSoftmax Identity Dropout '
  + 'BatchNormalization InstanceNormalization LayerNormalization GroupNormalization Cast Sign Floor Ceil Round Not Reciprocal Trilu CumSum Sin Cos'
).split(' '));
const pairs: ReadonlySet<string> = new Set('Add Sub Mul Div Max Min Mod And Or Xor Greater Less Equal GreaterOrEqual LessOrEqual'.split(' '));

/** A list of whole numbers among the attributes. */
export function intsOf(node: OnnxNode, name: string): readonly number[] | null {
  const value = node.attributes.get(name);
  return Array.isArray(value) ? (value as readonly number[]) : null;
}

/** A whole number among the attributes. */
export function intOf(node: OnnxNode, name: string, otherwise: number): number {
  const value = node.attributes.get(name);
  return typeof value === 'number' ? value : otherwise;
}

function isLeftOut({ inputs }: OnnxNode, at: number): boolean {
  return inputs[at] === undefined || inputs[at] === '';
}

/** The axes of a node, its second input or an attribute: undefined where it names none, null where they are not known. */
function axesOf(node: OnnxNode, { numbersOf }: OnnxKnowledge): readonly number[] | null | undefined {
  return isLeftOut(node, 1) ? (intsOf(node, 'axes') ?? undefined) : numbersOf(node.inputs[1]);
}

/** Whole numbers that a node computes from sizes and constants; null where it makes none that are known. */
export function computeNumbers(node: OnnxNode, { shapeOf, numbersOf }: OnnxKnowledge): readonly number[] | null {
  const [a, b] = [numbersOf(node.inputs[0]), numbersOf(node.inputs[1])];
  switch (node.op) {
    case 'Shape':
      return shapeOf(node.inputs[0])?.slice(intOf(node, 'start', 0), intOf(node, 'end', Infinity)) ?? null;
    case 'Constant': {
      const value = node.attributes.get('value') ?? node.attributes.get('value_ints') ?? node.attributes.get('value_int');
      if (typeof value === 'number') return [value];
      if (Array.isArray(value)) return value as readonly number[];
      return typeof value === 'object' && value !== null ? (value as OnnxTensor).values : null;
    }
    case 'Identity':
    case 'Cast':
    case 'Unsqueeze':
    case 'Squeeze':
    case 'Reshape':
      return a;
    case 'Gather':
      return a === null || b === null ? null : b.map((at) => a.at(at) ?? 0);
    case 'Slice': {
      const [start, end] = [numbersOf(node.inputs[1])?.[0], numbersOf(node.inputs[2])?.[0]];
      const isPlain = isLeftOut(node, 4) || numbersOf(node.inputs[4])?.[0] === 1;
      return a === null || start === undefined || end === undefined || !isPlain ? null : a.slice(start, end);
    }
    case 'Concat': {
      const parts = node.inputs.map(numbersOf);
      return parts.includes(null) ? null : parts.flatMap((part) => part!);
    }
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
      return a === null || b === null ? null : arithmetic(node.op, a, b);
    default:
      return null;
  }
}

function arithmetic(op: string, a: readonly number[], b: readonly number[]): readonly number[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, at) => {
    const [x, y] = [a[a.length === 1 ? 0 : at] ?? 0, b[b.length === 1 ? 0 : at] ?? 0];
    if (op === 'Add') return x + y;
    if (op === 'Sub') return x - y;
    return op === 'Mul' ? x * y : Math.trunc(x / y);
  });
}

/** Sizes of the outputs of a node; null where they are not known. */
export function inferShapes(node: OnnxNode, known: OnnxKnowledge): readonly (Shape | null)[] {
  const { shapeOf, numbersOf } = known;
  const { op, inputs } = node;
  const first = shapeOf(inputs[0]);
  const one = (shape: Shape | null): readonly (Shape | null)[] => [shape];
  if (pairs.has(op)) return one(together(first, shapeOf(inputs[1])));
  if (op === 'Where') return one(together(together(first, shapeOf(inputs[1])), shapeOf(inputs[2])));
  if (op === 'Concat') return one(concatenated(node, inputs.map(shapeOf)));
  if (first === null) return [];
  if (same.has(op)) return one(first);
  const axis = (value: number, rank = first.length): number => (value < 0 ? value + rank : value);
  switch (op) {
    case 'Conv':
    case 'ConvTranspose':
    case 'MaxPool':
    case 'AveragePool':
      return one(windowed(node, first, shapeOf(inputs[1])));
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
      return one(first.map((size, at) => (at < 2 ? size : 1)));
    case 'Gemm': {
      const weight = shapeOf(inputs[1]);
      return one(weight === null ? null : [first[intOf(node, 'transA', 0) === 1 ? 1 : 0]!, weight[intOf(node, 'transB', 0) === 1 ? 0 : 1]!]);
    }
    case 'MatMul': {
      const second = shapeOf(inputs[1]);
      if (second === null || first.length < 2 || second.length < 2) return [];
      const batch = together(first.slice(0, -2), second.slice(0, -2));
      return one(batch === null ? null : [...batch, first.at(-2)!, second.at(-1)!]);
    }
    case 'Flatten': {
      const at = axis(intOf(node, 'axis', 1));
      return one([product(first.slice(0, at)), product(first.slice(at))]);
    }
    case 'Reshape': {
      const sizes = numbersOf(inputs[1])?.map((size, at) => (size === 0 ? (first[at] ?? 0) : size));
      if (sizes === undefined) return [];
      const fixed = product(sizes.filter((size) => size !== -1));
      return one(sizes.map((size) => (size === -1 ? product(first) / fixed : size)));
    }
    case 'Transpose':
      return one((intsOf(node, 'perm') ?? [...first.keys()].toReversed()).map((at) => first[at] ?? 0));
    case 'Unsqueeze': {
      const axes = axesOf(node, known);
      if (axes === null || axes === undefined) return [];
      const made = [...first];
      for (const at of axes.map((value) => axis(value, first.length + axes.length)).toSorted((a, b) => a - b)) made.splice(at, 0, 1);
      return one(made);
    }
    case 'Squeeze': {
      const given = axesOf(node, known);
      if (given === null) return [];
      const axes = given?.map((value) => axis(value));
      return one(first.filter((size, at) => size !== 1 || (axes !== undefined && !axes.includes(at))));
    }
    case 'Split': {
      const at = axis(intOf(node, 'axis', 0));
      const count = node.outputs.length;
      const sizes = numbersOf(inputs[1]) ?? intsOf(node, 'split') ?? Array.from({ length: count }, (_, k) => Math.min(Math.ceil(first[at]! / count), first[at]! - k * Math.ceil(first[at]! / count)));
      return sizes.map((size) => first.map((own, other) => (other === at ? size : own)));
    }
    case 'Slice':
      if (inputs.some((name, at) => at > 0 && name !== '' && numbersOf(name) === null)) return [];
      return one(sliced(first, inputs.slice(1).map((name) => numbersOf(name)), axis));
    case 'Gather': {
      const at = axis(intOf(node, 'axis', 0));
      const indices = shapeOf(inputs[1]) ?? (numbersOf(inputs[1]) === null ? null : []);
      return one(indices === null ? null : [...first.slice(0, at), ...indices, ...first.slice(at + 1)]);
    }
    case 'Expand': {
      const sizes = numbersOf(inputs[1]);
      return one(sizes === null ? null : together(first, sizes));
    }
    case 'Resize':
    case 'Upsample': {
      const [sizes, scales] = [numbersOf(inputs[3]), known.scalesOf(inputs[op === 'Resize' ? 2 : 1])];
      if (sizes?.length === first.length) return one(sizes);
      return one(scales?.length === first.length ? first.map((size, at) => Math.floor(size * scales[at]!)) : null);
    }
    default: {
      if (!op.startsWith('Reduce')) return [];
      const given = axesOf(node, known);
      if (given === null) return [];
      const axes = given?.map((value) => axis(value));
      const keeps = intOf(node, 'keepdims', 1) === 1;
      const isGone = (at: number): boolean => axes === undefined || axes.includes(at);
      return one(keeps ? first.map((size, at) => (isGone(at) ? 1 : size)) : first.filter((_, at) => !isGone(at)));
    }
  }
}

function product(sizes: Shape): number {
  return sizes.reduce((total, size) => total * size, 1);
}

function together(a: Shape | null, b: Shape | null): Shape | null {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, at) => Math.max(a[at - rank + a.length] ?? 1, b[at - rank + b.length] ?? 1));
}

function concatenated(node: OnnxNode, parts: readonly (Shape | null)[]): Shape | null {
  const [first] = parts;
  if (first === undefined || first === null || parts.includes(null)) return null;
  const given = intOf(node, 'axis', 0);
  const axis = given < 0 ? given + first.length : given;
  return first.map((size, at) => (at === axis ? parts.reduce((sum, part) => sum + (part![at] ?? 0), 0) : size));
}

/** Convolutions and pooling: kernel, strides, pads and dilations by dimension. */
function windowed(node: OnnxNode, first: Shape, weight: Shape | null): Shape | null {
  const isPool = node.op === 'MaxPool' || node.op === 'AveragePool';
  const kernel = intsOf(node, 'kernel_shape') ?? weight?.slice(2);
  if (kernel === undefined || (!isPool && weight === null)) return null;
  const groups = intOf(node, 'group', 1);
  const channels = isPool ? first[1]! : node.op === 'Conv' ? weight![0]! : weight![1]! * groups;
  const at = (name: string, k: number, otherwise: number): number => intsOf(node, name)?.[k] ?? otherwise;
  // `padding='same'`, as the exporter by TorchScript writes it.
  const isSame = node.attributes.get('auto_pad') === 'SAME_UPPER' || node.attributes.get('auto_pad') === 'SAME_LOWER';
  if (isSame && node.op === 'ConvTranspose') return null;
  const sizes = kernel.map((size, k) => {
    const [stride, dilation] = [at('strides', k, 1), at('dilations', k, 1)];
    if (isSame) return Math.ceil(first[k + 2]! / stride);
    const pads = at('pads', k, 0) + at('pads', k + kernel.length, 0);
    const reach = dilation * (size - 1) + 1;
    if (node.op === 'ConvTranspose') return (first[k + 2]! - 1) * stride - pads + reach + at('output_padding', k, 0);
    const steps = (first[k + 2]! + pads - reach) / stride;
    if (intOf(node, 'ceil_mode', 0) !== 1) return Math.floor(steps) + 1;
    // torch leaves out a window that would start past the end of the input.
    return Math.ceil(steps) * stride < first[k + 2]! + at('pads', k, 0) ? Math.ceil(steps) + 1 : Math.ceil(steps);
  });
  return [first[0]!, channels, ...sizes];
}

function sliced(first: Shape, given: readonly (readonly number[] | null)[], axis: (value: number) => number): Shape | null {
  const [starts, ends, axes, steps] = given;
  if (!starts || !ends) return null;
  const made = [...first];
  for (const [k, start] of starts.entries()) {
    const at = axis(axes?.[k] ?? k);
    const size = first[at] ?? 0;
    const clamp = (value: number): number => Math.min(size, Math.max(0, value < 0 ? value + size : value));
    made[at] = Math.max(0, Math.ceil((clamp(ends[k] ?? size) - clamp(start)) / Math.max(1, steps?.[k] ?? 1)));
  }
  return made;
}
