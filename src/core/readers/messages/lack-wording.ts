import type { Lack, SourceFormat } from '../../module-tree/module-tree.ts';

/** The words for a missing kind of fact: its name, the effect, and how to get it. */
export interface LackText {
  /** Follows "Unknown: ". */
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}

const withWeights = 'Drop the model’s .safetensors file or checkpoint too.';
const withExport = 'Save the model with export_module_tree.py.';
const withPrint = 'Paste the text of print(model) too, or save the model with export_module_tree.py.';

const texts: Readonly<Record<Lack, LackText>> = {
  types: {
    title: 'types of modules',
    meaning: 'op_types select nothing that can be shown, and settings cannot be worked out.',
    remedy: withPrint,
  },
  shapes: {
    title: 'some shapes',
    meaning: 'Granularity, alignment and how much is masked are not checked there.',
    remedy: withWeights,
  },
  dtypes: { title: 'number formats', meaning: 'Sizes in bytes are not shown.', remedy: withWeights },
  parameters: {
    title: 'parameters of some modules',
    meaning: 'Whether a target exists there is not checked.',
    remedy: withWeights,
  },
  'modules-without-parameters': {
    title: 'modules without tensors',
    meaning: 'Activations, dropouts and the like are missing from the tree, and so from the matches of patterns.',
    remedy: withPrint,
  },
  sharing: {
    title: 'which modules are shared',
    meaning: 'That one module is selected under two names, which NNI refuses, is not noticed.',
    remedy: withExport,
  },
  forward: {
    title: 'arguments of forward',
    meaning: 'Inputs cannot be offered by name, and their names are not checked.',
    remedy: withExport,
  },
  'module-names': {
    title: 'names of modules',
    meaning: 'The names belong to the file’s tensors; patterns that match here need not match in PyTorch.',
    remedy: withPrint,
  },
};

/** Words the facts that a source lacks (rule T14). */
export function describeLack(lack: Lack): LackText {
  return texts[lack];
}

const formats: Readonly<Record<SourceFormat, string>> = {
  'module-tree': 'a module tree',
  'module-tree-nested': 'a nested module tree',
  'name-type-dump': 'a list of names and types',
  'print-model': 'the text of print(model)',
  safetensors: 'a safetensors header',
  'weight-index': 'an index of shards',
  'state-dict-keys': 'the keys of a state dict',
  'torch-checkpoint': 'a PyTorch checkpoint',
  onnx: 'an ONNX file',
  torchinfo: 'a torchinfo table',
  merged: 'several files',
};

/** The words for a format, to follow "Read from". */
export function describeFormat(format: SourceFormat): string {
  return formats[format];
}
