import type { ProgramItem } from './program.ts';
import { intOf, intsOf, type OnnxKnowledge } from './onnx-shapes.ts';
import type { OnnxNode } from './onnx-messages.ts';

/** An ONNX node as a node of a trace: its operation, its inputs, and whether its outputs are items of one list. */
export interface TracedOperation {
  readonly op: string;
  readonly items: readonly ProgramItem[];
  readonly isList?: boolean;
}

const plain: Readonly<Record<string, string>> = {
  Relu: 'relu', LeakyRelu: 'leaky_relu', PRelu: 'prelu', Elu: 'elu', Selu: 'selu', Celu: 'celu', Sigmoid: 'sigmoid', HardSigmoid: 'hardsigmoid',
  HardSwish: 'hardswish', Tanh: 'tanh', Softplus: 'softplus', Gelu: 'gelu', Mish: 'mish', Erf: 'erf', Exp: 'exp', Sqrt: 'sqrt', Abs: 'abs', Neg: 'neg',
  Clip: 'hardtanh', Pow: 'pow', Softmax: 'softmax', LogSoftmax: 'log_softmax', Identity: 'alias', Dropout: 'dropout', Cast: 'to',
  BatchNormalization: 'batch_norm', InstanceNormalization: 'instance_norm', MaxPool: 'max_pool2d', AveragePool: 'avg_pool2d',
  GlobalAveragePool: 'adaptive_avg_pool2d', GlobalMaxPool: 'adaptive_max_pool2d', Resize: 'upsample_nearest2d', Upsample: 'upsample_nearest2d',
  Add: 'add', Sub: 'sub', Mul: 'mul', Div: 'div', Max: 'maximum', Min: 'minimum', Where: 'where', Shape: 'size', Expand: 'expand',
  LSTM: 'lstm', GRU: 'gru', Pad: 'constant_pad_nd',
};

const reductions: Readonly<Record<string, string>> = {
  ReduceMean: 'mean', ReduceSum: 'sum', ReduceMax: 'amax', ReduceMin: 'amin', ReduceProd: 'prod', ReduceL2: 'norm',
};

/** Puts a node of ONNX as torch.jit.trace would record it (rule T15b). */
export function asTracedOnnx(node: OnnxNode, item: (name: string) => ProgramItem, { shapeOf, numbersOf }: OnnxKnowledge): TracedOperation {
  const { op, inputs } = node;
  const given = (at: number): ProgramItem => (inputs[at] === undefined || inputs[at] === '' ? constant(null) : item(inputs[at]));
  const rank = shapeOf(inputs[0])?.length ?? 0;
  switch (op) {
    case 'Conv':
    case 'ConvTranspose': {
      const pads = intsOf(node, 'pads') ?? [0];
      return {
        op: 'aten::_convolution',
        items: [
          given(0), given(1), given(2), constant(intsOf(node, 'strides') ?? [1]), constant(pads.slice(0, pads.length / 2)),
          constant(intsOf(node, 'dilations') ?? [1]), constant(op === 'ConvTranspose'), constant(intsOf(node, 'output_padding') ?? [0]),
          constant(intOf(node, 'group', 1)), constant(false), constant(false), constant(true), constant(true),
        ],
      };
    }
    case 'Gemm':
      return { op: 'aten::linear', items: [given(0), given(1), given(2)] };
    case 'MatMul':
      return item(inputs[1] ?? '').type === 'tensor' ? { op: 'aten::linear', items: [given(0), given(1), constant(null)] } : { op: 'aten::matmul', items: [given(0), given(1)] };
    case 'LayerNormalization':
      return { op: 'aten::layer_norm', items: [given(0), constant([...(shapeOf(inputs[1]) ?? [])]), given(1), given(2)] };
    case 'Reshape':
      return { op: 'aten::view', items: [given(0), constant(numbersOf(inputs[1]))] };
    case 'Flatten':
      return { op: 'aten::flatten', items: [given(0), constant(intOf(node, 'axis', 1)), constant(-1)] };
    case 'Transpose':
      return { op: 'aten::permute', items: [given(0), constant(intsOf(node, 'perm') ?? Array.from({ length: rank }, (_, at) => rank - 1 - at))] };
    case 'Concat':
      return { op: 'aten::cat', items: [{ type: 'list', items: inputs.map(item) }, constant(intOf(node, 'axis', 0))] };
    case 'Split': {
      const axis = intOf(node, 'axis', 0);
      const size = shapeOf(inputs[0])?.at(axis);
      const sizes = numbersOf(inputs[1]) ?? intsOf(node, 'split');
      return sizes === null && size !== undefined
        ? { op: 'aten::split', items: [given(0), constant(Math.ceil(size / node.outputs.length)), constant(axis)], isList: true }
        : { op: 'aten::split_with_sizes', items: [given(0), constant(sizes), constant(axis)], isList: true };
    }
    case 'Slice': {
      const at = (place: number): number | null => numbersOf(inputs[place])?.[0] ?? null;
      return { op: 'aten::slice', items: [given(0), constant(at(3) ?? 0), constant(at(1)), constant(at(2)), constant(at(4) ?? 1)] };
    }
    case 'Gather': {
      if (item(inputs[0] ?? '').type === 'tensor') return { op: 'aten::embedding', items: [given(0), given(1)] };
      const index = numbersOf(inputs[1])?.[0];
      return index === undefined ? { op: 'aten::index', items: [given(0), given(1)] } : { op: 'aten::select', items: [given(0), constant(intOf(node, 'axis', 0)), constant(index)] };
    }
    case 'Unsqueeze':
    case 'Squeeze': {
      const axes = numbersOf(inputs[1]) ?? intsOf(node, 'axes') ?? [];
      return { op: op === 'Squeeze' ? 'aten::squeeze' : 'aten::unsqueeze', items: [given(0), constant(axes.length === 1 ? axes[0]! : axes)] };
    }
    case 'Einsum':
      return { op: 'aten::einsum', items: [constant(textOf(node, 'equation')), { type: 'list', items: inputs.map(item) }] };
    default: {
      const reduction = reductions[op];
      if (reduction !== undefined) {
        const axes = numbersOf(inputs[1]) ?? intsOf(node, 'axes');
        return { op: `aten::${reduction}`, items: [given(0), constant(axes), constant(intOf(node, 'keepdims', 1) === 1)] };
      }
      return { op: `aten::${plain[op] ?? op.toLowerCase()}`, items: inputs.map((_, at) => given(at)) };
    }
  }
}

function constant(value: null | boolean | number | string | readonly number[]): ProgramItem {
  return { type: 'constant', value };
}

function textOf(node: OnnxNode, name: string): string {
  const value = node.attributes.get(name);
  return typeof value === 'string' ? value : '';
}
