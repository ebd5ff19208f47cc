import { parentName } from '../../module-tree/parent-name.ts';
import type { OnnxNode } from './onnx-messages.ts';
import type { RecordedCall } from './program.ts';

const scopesKey = 'pkg.torch.onnx.name_scopes';
const classesKey = 'pkg.torch.onnx.class_hierarchy';

/** The texts of a list as Python prints it. */
function textsIn(list: string | undefined): readonly string[] {
  return list === undefined ? [] : Array.from(list.matchAll(/'([^']*)'|"([^"]*)"/g), (match) => match[1] ?? match[2] ?? '');
}

/**
 * The modules around each node of an ONNX graph: as the exporter of torch 2.5 and later notes them with their classes, else as the names
 * of nodes say (`/layer1/layer1.0/conv1/Conv`, torch 1.13 and later). Null where neither leads to modules.
 * @param owners modules that have tensors of their own: `relu_1` is the second call of `relu`, `fc_1` with a weight is a module
 */
export function callsOfNodes(nodes: readonly OnnxNode[], owners: ReadonlySet<string>): readonly (readonly RecordedCall[])[] | null {
  if (nodes.some(({ metadata }) => metadata.has(scopesKey))) return nodes.map(notedCalls);
  if (!nodes.some(({ name }) => /^\/[^/]+\/[^/]+/.test(name))) return null;
  const seen = new Set<string>();
  return nodes.map(({ name }) => namedCalls(name, seen, owners));
}

/** The class of the model itself, where the file notes it. */
export function classOfModel(nodes: readonly OnnxNode[]): string | null {
  for (const { metadata } of nodes) {
    const [first] = textsIn(metadata.get(classesKey));
    if (first !== undefined && first !== '' && textsIn(metadata.get(scopesKey))[0] === '') return first;
  }
  return null;
}

function notedCalls({ metadata }: OnnxNode): readonly RecordedCall[] {
  const scopes = textsIn(metadata.get(scopesKey));
  const classes = textsIn(metadata.get(classesKey));
  // The first scope is the model, the last the operation; the operation distinguishes the calls of one module.
  return scopes.slice(1, -1).map((module, at, inner) => ({
    key: at === inner.length - 1 ? `${module}@${scopes.at(-1)}` : module,
    module,
    className: classes[at + 1] ?? null,
  }));
}

function namedCalls(name: string, seen: Set<string>, owners: ReadonlySet<string>): readonly RecordedCall[] {
  if (!name.startsWith('/')) return [];
  const calls: RecordedCall[] = [];
  let key = '';
  let path = '';
  let label = '';
  for (const segment of name.split('/').slice(1, -1)) {
    const base = label !== '' && segment.startsWith(`${label}.`) ? path.slice(0, path.length - label.length) : path === '' ? '' : `${path}.`;
    key += `/${segment}`;
    const full = base + segment;
    const repeated = full.replace(/_\d+$/, '');
    // A second call gets a number, unless a module of that name has tensors.
    const isCall = repeated !== full && seen.has(repeated) && !owners.has(full);
    path = isCall ? repeated : full;
    label = isCall ? segment.replace(/_\d+$/, '') : segment;
    seen.add(path);
    calls.push({ key, module: path, className: null });
  }
  return calls;
}

/** Classes of layers by the operations that a leaf module consists of. `rank` is the rank of its weight or first input. */
export function classByOperations(ops: readonly string[], rank: number | null, hasWeight: boolean): string | null {
  const [first = '', ...others] = ops.filter((op) => op !== 'Constant');
  const by = (kind: string, prefix: string, shift = 2): string | null =>
    rank === null || rank - shift < 1 || rank - shift > 3 ? null : `torch.nn.modules.${kind}.${prefix}${rank - shift}d`;
  const isPlain = others.length === 0;
  switch (first) {
    case 'Conv':
      return isPlain ? by('conv', 'Conv') : null;
    case 'ConvTranspose':
      return isPlain ? by('conv', 'ConvTranspose') : null;
    case 'Gemm':
      return isPlain ? 'torch.nn.modules.linear.Linear' : null;
    case 'MatMul':
      return hasWeight && others.every((op) => op === 'Add') ? 'torch.nn.modules.linear.Linear' : null;
    case 'BatchNormalization':
      return isPlain ? (rank === 2 ? 'torch.nn.modules.batchnorm.BatchNorm1d' : by('batchnorm', 'BatchNorm')) : null;
    case 'MaxPool':
      return isPlain ? by('pooling', 'MaxPool') : null;
    case 'AveragePool':
      return isPlain ? by('pooling', 'AvgPool') : null;
    case 'GlobalAveragePool':
      return isPlain ? by('pooling', 'AdaptiveAvgPool') : null;
    case 'Gather':
      return isPlain && hasWeight ? 'torch.nn.modules.sparse.Embedding' : null;
    case 'Reshape':
      return others.includes('InstanceNormalization') ? 'torch.nn.modules.normalization.GroupNorm' : null;
    default:
      return isPlain && Object.hasOwn(activations, first) ? activations[first]! : null;
  }
}

const activation = (name: string): string => `torch.nn.modules.activation.${name}`;
const activations: Readonly<Record<string, string>> = {
  Relu: activation('ReLU'), LeakyRelu: activation('LeakyReLU'), Sigmoid: activation('Sigmoid'), Tanh: activation('Tanh'), Elu: activation('ELU'),
  HardSwish: activation('Hardswish'), HardSigmoid: activation('Hardsigmoid'), Softmax: activation('Softmax'), PRelu: activation('PReLU'),
  Softplus: activation('Softplus'), Flatten: 'torch.nn.modules.flatten.Flatten', LayerNormalization: 'torch.nn.modules.normalization.LayerNorm',
  LSTM: 'torch.nn.modules.rnn.LSTM', GRU: 'torch.nn.modules.rnn.GRU', RNN: 'torch.nn.modules.rnn.RNN',
};

/** The module that a tensor's name says it belongs to; null for names that no module has (`onnx::Conv_12`, `val_3`). */
export function ownerInName(name: string): string | null {
  return name.includes('::') || name.includes('/') || !name.includes('.') ? null : parentName(name);
}
