import type { TensorInfo } from '../../module-tree/module-tree.ts';
import type { ReprArguments, ReprValue } from '../literals/repr-arguments.ts';

/** A module's own tensors, as far as its type and its printed arguments decide them. */
export interface LayerTensors {
  readonly parameters: readonly TensorInfo[] | null;
  readonly buffers: readonly TensorInfo[] | null;
}

/** Type and arguments do not decide the tensors. */
export const unknown: LayerTensors = { parameters: null, buffers: null };

/** The layer has no tensors. */
export const none: LayerTensors = { parameters: [], buffers: [] };

/** Works out the tensors of a layer from its printed arguments (rule T8a). */
export type Describe = (args: ReprArguments, type: string) => LayerTensors;

function tensor(name: string, shape: readonly (number | null)[], dtype: string | null = null): TensorInfo {
  const known = shape.every((size): size is number => size !== null && Number.isSafeInteger(size) && size >= 0);
  return { name, shape: known ? shape : null, dtype, isNone: false };
}

function optional(present: boolean, name: string, shape: readonly (number | null)[]): TensorInfo {
  return present ? tensor(name, shape) : { name, shape: null, dtype: null, isNone: true };
}

function sizeAt(args: ReprArguments, place: number, key: string): number | null {
  const value = args.named.get(key) ?? args.positional[place];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function flag(args: ReprArguments, key: string, otherwise: boolean): boolean {
  const value = args.named.get(key);
  return typeof value === 'boolean' ? value : otherwise;
}

function sizes(value: ReprValue | undefined): number[] | null {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return null;
  const list: readonly ReprValue[] = value;
  return list.every((size): size is number => typeof size === 'number') ? [...list] : null;
}

export const linear: Describe = (args) => {
  const inputs = sizeAt(args, 0, 'in_features');
  const outputs = sizeAt(args, 1, 'out_features');
  // torchao prints how the weight is packed, and not whether there is a bias.
  if (outputs === null || (args.named.has('weight') && !args.named.has('bias'))) return unknown;
  return {
    parameters: [tensor('weight', [outputs, inputs]), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

export const bilinear: Describe = (args) => {
  const outputs = sizeAt(args, 2, 'out_features');
  const weight = [outputs, sizeAt(args, 0, 'in1_features'), sizeAt(args, 1, 'in2_features')];
  return {
    parameters: [tensor('weight', weight), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

export const convolution: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'in_channels');
  const outputs = sizeAt(args, 1, 'out_channels');
  const kernel = sizes(args.named.get('kernel_size') ?? args.positional[2]);
  const groups = sizeAt(args, 99, 'groups') ?? 1;
  if (kernel === null || groups < 1) return unknown;
  const [rows, columns] = type.includes('Transpose') ? [inputs, outputs] : [outputs, inputs];
  const weight = [rows, columns === null ? null : columns / groups, ...kernel];
  return {
    parameters: [tensor('weight', weight), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

export const transformersConv1d: Describe = (args) => {
  const outputs = sizeAt(args, 0, 'nf');
  const inputs = sizeAt(args, 1, 'nx');
  if (outputs === null) return unknown;
  return { parameters: [tensor('weight', [inputs, outputs]), tensor('bias', [outputs])], buffers: [] };
};

export const batchNorm: Describe = (args, type) => {
  const features = sizeAt(args, 0, 'num_features');
  const affine = flag(args, 'affine', !type.includes('InstanceNorm'));
  const tracks = flag(args, 'track_running_stats', !type.includes('InstanceNorm'));
  const counter: TensorInfo = tracks
    ? tensor('num_batches_tracked', [], 'int64')
    : { name: 'num_batches_tracked', shape: null, dtype: null, isNone: true };
  return {
    parameters: [
      optional(affine, 'weight', [features]),
      optional(affine && flag(args, 'bias', true), 'bias', [features]),
    ],
    buffers: [optional(tracks, 'running_mean', [features]), optional(tracks, 'running_var', [features]), counter],
  };
};

export const groupNorm: Describe = (args) => {
  const channels = sizeAt(args, 1, 'num_channels');
  const affine = flag(args, 'affine', true);
  return {
    parameters: [
      optional(affine, 'weight', [channels]),
      optional(affine && flag(args, 'bias', true), 'bias', [channels]),
    ],
    buffers: [],
  };
};

export const layerNorm: Describe = (args) => {
  const shape = sizes(args.positional[0] ?? args.named.get('normalized_shape'));
  if (shape === null) return unknown;
  const affine = flag(args, 'elementwise_affine', true);
  return {
    parameters: [optional(affine, 'weight', shape), optional(affine && flag(args, 'bias', true), 'bias', shape)],
    buffers: [],
  };
};

export const rmsNorm: Describe = (args) => {
  const shape = sizes(args.positional[0] ?? args.named.get('normalized_shape'));
  if (shape === null) return unknown;
  return { parameters: [optional(flag(args, 'elementwise_affine', true), 'weight', shape)], buffers: [] };
};

/** transformers' norms print `tuple(self.weight.shape)` first. */
export const printedRmsNorm: Describe = (args) => {
  const first = args.positional[0];
  const shape = Array.isArray(first) ? sizes(first) : null;
  return shape === null ? unknown : { parameters: [tensor('weight', shape)], buffers: null };
};

export const embedding: Describe = (args) => {
  const rows = sizeAt(args, 0, 'num_embeddings');
  const width = sizeAt(args, 1, 'embedding_dim');
  return rows === null || width === null ? unknown : {
    parameters: [tensor('weight', [rows, width])],
    buffers: [],
  };
};

export const prelu: Describe = (args) => {
  const count = sizeAt(args, 0, 'num_parameters');
  return count === null ? unknown : { parameters: [tensor('weight', [count])], buffers: [] };
};

function gatesOf(type: string): number {
  if (type.startsWith('LSTM')) return 4;
  return type.startsWith('GRU') ? 3 : 1;
}

const maxRecurrentLayers = 1000;

export const recurrent: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'input_size');
  const hidden = sizeAt(args, 1, 'hidden_size');
  const layerCount = sizeAt(args, 99, 'num_layers') ?? 1;
  if (inputs === null || hidden === null || layerCount > maxRecurrentLayers) return unknown;
  const directions = flag(args, 'bidirectional', false) ? ['', '_reverse'] : [''];
  const projection = sizeAt(args, 99, 'proj_size') ?? 0;
  const output = projection > 0 ? projection : hidden;
  const rows = gatesOf(type) * hidden;
  const parameters: TensorInfo[] = [];
  for (let layer = 0; layer < layerCount; layer++) {
    for (const direction of directions) {
      const end = `_l${layer}${direction}`;
      parameters.push(
        tensor(`weight_ih${end}`, [rows, layer === 0 ? inputs : output * directions.length]),
        tensor(`weight_hh${end}`, [rows, output]),
      );
      if (flag(args, 'bias', true)) {
        parameters.push(tensor(`bias_ih${end}`, [rows]), tensor(`bias_hh${end}`, [rows]));
      }
      if (projection > 0) parameters.push(tensor(`weight_hr${end}`, [projection, hidden]));
    }
  }
  return { parameters, buffers: [] };
};

export const recurrentCell: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'input_size');
  const hidden = sizeAt(args, 1, 'hidden_size');
  if (inputs === null || hidden === null) return unknown;
  const rows = gatesOf(type) * hidden;
  const hasBias = flag(args, 'bias', true);
  return {
    parameters: [
      tensor('weight_ih', [rows, inputs]),
      tensor('weight_hh', [rows, hidden]),
      optional(hasBias, 'bias_ih', [rows]),
      optional(hasBias, 'bias_hh', [rows]),
    ],
    buffers: [],
  };
};
