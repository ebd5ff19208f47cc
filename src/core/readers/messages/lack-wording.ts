import { formatCount } from '../../text/format-count.ts';
import type { TreeDisagreement } from '../../module-tree/merge-trees.ts';
import { describeReading } from './reading-wording.ts';
import type { Lack, SourceFormat, TreeNote } from '../../module-tree/module-tree.ts';

/** What a source does not contain, what that means, and how to get it. */
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
    meaning: 'Activations, dropouts and the like are missing from the tree, and so from what patterns match.',
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
    meaning: 'The names are those of the file’s tensors; patterns that match here need not match in PyTorch.',
    remedy: withPrint,
  },
};

/** Words what a source lacks (rule T14). */
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

/** What a tree was read from, to follow "Read from". */
export function describeFormat(format: SourceFormat): string {
  return formats[format];
}

/** One sentence for a reader's note. Names in it come from the file: show it as text. */
export function describeNote(note: TreeNote): string {
  switch (note.type) {
    case 'implied-parents': {
      const first = note.first === '' ? 'the root' : `“${note.first}”`;
      if (note.count === 1) return `The list leaves out ${first}: it is shown with an unknown type.`;
      return `The list leaves out ${formatCount(note.count)} parents, ${first} first: they are shown with unknown types.`;
    }
    case 'reordered':
      return 'The list had children before or apart from their parents; they are put together here.';
    case 'types-unknown':
      return 'Types are unknown: this file names tensors only.';
    case 'graph-broken':
      return `The data flow is not read: in “graph”, ${note.fault.place} should be ${note.fault.expected}. Export the model again.`;
    case 'reading':
      return describeReading(note.report).join(' ');
    case 'choice':
    case 'text':
      return note.text;
    default:
      return note satisfies never;
  }
}

/** One sentence for a point on which two files differ. Names in it come from the files: show it as text. */
export function describeDisagreement({ about, module, tensor, first, second }: TreeDisagreement): string {
  const name = module === '' ? 'the root' : `“${module}”`;
  switch (about) {
    case 'module':
      return `Only the ${first === '' ? 'second' : 'first'} file has the module ${name}.`;
    case 'type':
      return `The first file says that ${name} is a ${first}, the second a ${second}.`;
    case 'tensor':
      if (first === 'None' || second === 'None') {
        return `“${tensor}” of ${name} is None in the ${first === 'None' ? 'first' : 'second'} file only.`;
      }
      return `Only the ${first === '' ? 'second' : 'first'} file has “${tensor}” of ${name}.`;
    case 'shape':
      return `The first file gives “${tensor}” of ${name} the shape ${first}, the second ${second}.`;
    case 'dtype':
      return `The first file says that “${tensor}” of ${name} is ${first}, the second ${second}.`;
    default:
      return about satisfies never;
  }
}

/** What is kept with a tree whose files disagree. */
export function summariseDisagreements(disagreements: readonly TreeDisagreement[]): string {
  const [first] = disagreements;
  if (first === undefined) return '';
  const rest = disagreements.length - 1;
  const more = rest === 0 ? '' : rest === 1 ? ' They disagree in one more place.' : ` They disagree in ${formatCount(rest)} more places.`;
  return `The files disagree. ${describeDisagreement(first)}${more}`;
}
