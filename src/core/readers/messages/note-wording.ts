import type { TreeDisagreement } from '../../module-tree/tree-disagreement.ts';
import type { NotReadReason, OtherModel, TreeNote } from '../../module-tree/tree-note.ts';
import { formatCount, formatQuantity } from '../../text/format-count.ts';
import { wordListed } from './note-words.ts';
import { shorten } from './read-error.ts';
import { describeReading } from './reading-wording.ts';

/** One sentence or two for a reader's note. Names in it come from the file: show it as text. */
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
    case 'shared-with-missing':
      return `“${note.name}” is marked as shared with “${note.first}”, which the source lacks.`;
    case 'graph-broken':
      return `The data flow is not read: in “graph”, ${note.fault.place} should be ${note.fault.expected}. Export the model again.`;
    case 'reading':
      return describeReading(note.report).join(' ');
    case 'wrong-characters': {
      const { characters, lines } = note;
      const where = `${lines.count === 1 ? 'line' : 'lines'} ${lines.first.join(', ')}${lines.count > lines.first.length ? ' and more' : ''}`;
      return `${characters === 1 ? 'One character is' : `${characters} characters are`} not UTF-8 (${where}); none of them is in a name or type.`;
    }
    case 'several-prints':
      return `The text holds ${note.count} printed models; the longest one, lines ${note.firstLine} to ${note.lastLine}, is read.`;
    case 'others-in-checkpoint':
      return `Not read: ${wordListed(note.others, wordPlaceInCheckpoint)}.`;
    case 'several-folders': {
      const read = note.folder === '' ? 'Of the files, those outside of folders are read.' : `Of several folders ${shorten(note.folder, 40)} is read.`;
      const others = wordListed(note.others, ({ name, tensors }) => `${shorten(name, 40)} (${formatQuantity(tensors ?? 0, 'tensor')})`);
      return `${read} Not read: ${others}; drop one of these alone to open it.`;
    }
    case 'load-error':
      return note.of === 'model'
        ? 'The text is an error of load_state_dict. It names only tensors that the checkpoint lacks or has in another shape; the other modules of the model are missing.'
        : 'The text is an error of load_state_dict. It names only tensors that the checkpoint has and the model lacks: these are names of the checkpoint.';
    case 'output-shapes':
      return 'No name is like a tensor’s: the names count as names of modules, and the shapes as shapes of their outputs.';
    case 'frozen-in-list':
      return `${formatQuantity(note.count, 'parameter')} ${note.count === 1 ? 'is' : 'are'} taken for frozen: False or frozen stands next to the name, as requires_grad.`;
    case 'part-printed':
      return `The text prints ${shorten(note.expression, 60)}: it is a part of a model, and all names lack the prefix up to it.`;
    case 'children-listed':
      return 'The text lists the children of a model: the type of the model itself is not in it.';
    case 'numbers-skipped': {
      const place = note.module === '' ? 'the model' : `“${shorten(note.module, 60)}”`;
      const more = note.more === 0 ? '' : ` ${formatQuantity(note.more, 'more container')} ${note.more === 1 ? 'is' : 'are'} like it.`;
      return `The numbers of the modules in ${place} go from ${note.after} to ${note.next}: lines may be missing in between.${more}`;
    }
    case 'indents-disagree': {
      const more = note.more === 0 ? '' : ` ${formatQuantity(note.more, 'more line')} ${note.more === 1 ? 'is' : 'are'} like it.`;
      return `The indentation of line ${note.line} does not fit the parentheses: a line may be missing there, and names after it may be wrong.${more}`;
    }
    case 'ends-early':
      return `The parentheses end the model on line ${note.line}, but line ${note.next} looks like a part of it: a line may be missing, and names may be wrong.`;
    case 'hidden-modules':
      return `${note.types.join(' and ')} of timm prints itself without the modules inside it: the tree lacks them.`;
    case 'new-side-of-diff':
      return `The text is a diff of two prints. Its new side is read; ${formatQuantity(note.removed, 'removed line')} ${note.removed === 1 ? 'is' : 'are'} left out.`;
    case 'print-in-value':
      return `The model is the value of “${shorten(note.name, 60)}”; the other values are not read.`;
    case 'printed-torchscript':
      return 'Printed from TorchScript: types are the original classes.';
    case 'printed-quantized':
      return 'Quantized layers print without the modules that hold their packed weights.';
    case 'saved-torchscript':
      return 'A TorchScript file: types are the original classes; buffers are among the parameters.';
    case 'exported-program':
      return 'A program that torch.export saved: it is one graph, and its modules are known by their weights only.';
    case 'recorded-flow':
      return note.by === 'torch.export'
        ? 'Modules, types and data flow come from the program that torch.export recorded. NNI traces the model itself, so its groups can differ: sizes that the code reads from tensors are numbers here.'
        : 'Modules and data flow come from the ONNX graph; types are read from its operations where it names no classes. The exporter merges norms into convolutions and leaves out what does nothing. NNI traces the model itself, so its groups can differ.';
    case 'onnx-names':
      return 'Names in an ONNX file belong to its initialisers; they need not be the names of modules.';
    case 'table-of-calls':
      return 'A summary lists modules in the order of their calls, without modules that are not called or lie too deep.';
    case 'table-of-called-modules':
      return 'The table lists the modules that forward calls; modules that are not called, and tensors, are missing.';
    case 'table-of-layers':
      return 'The table lists the layers, without the modules inside them.';
    case 'table-to-a-depth':
      return 'Lightning lists modules down to a depth, which is 1 without ModelSummary(max_depth=-1): modules further in may be missing.';
    case 'place-in-checkpoint':
      return `Read from “${shorten(note.path.join('.'))}” of the checkpoint.`;
    case 'wrong-check-sum':
      return 'The file may be damaged: its data.pkl has another check sum than was written. Compare the tree, or download it again.';
    case 'weights-cut':
      return `The file is cut short: ${note.missingBytes} bytes of weights are missing. Names and shapes are complete.`;
    case 'packed-weights': {
      const { names } = note;
      const listed = wordListed(names, (name) => `“${shorten(name)}”`);
      return `Quantized: ${names.count === 1 ? 'one weight is' : `${names.count} weights are`} packed (${listed}); shapes and number formats of packed weights differ from the layer’s.`;
    }
    case 'adapter': {
      const base = note.base === null ? 'a model' : shorten(note.base);
      return `Weights of an adapter (${shorten(note.kind, 20)}) for ${base}: modules of the model that it leaves alone are not listed.`;
    }
    case 'missing-shards':
      return note.count === 1
        ? `One shard named in the index is missing (${shorten(note.first)}): its tensors have no shapes.`
        : `${formatCount(note.count)} shards named in the index are missing (${shorten(note.first)} …): their tensors have no shapes.`;
    case 'files-not-read':
      return `${notRead[note.reason]}: ${wordListed(note.files, (name) => shorten(name))}.`;
    case 'names-matched':
      return `${note.count} names of “${note.model}” were matched after a prefix was added or taken away.`;
    case 'files-disagree': {
      const { first, more } = note;
      const rest = more === 0 ? '' : more === 1 ? ' They disagree in one more place.' : ` They disagree in ${formatCount(more)} more places.`;
      return `The files disagree. ${describeDisagreement(first)}${rest}`;
    }
    case 'earlier-version':
      return note.text;
    default:
      return note satisfies never;
  }
}

const notRead: Readonly<Record<NotReadReason, string>> = {
  'not-in-index': 'Not read, for the index does not name them',
  'same-weights': 'Not read, for they hold the same weights as others',
  'no-model': 'Not read, for they are no models',
};

function wordPlaceInCheckpoint({ name, tensors }: OtherModel): string {
  const place = name === '' ? 'the top level' : `“${shorten(name)}”`;
  return `${place} (${tensors === null ? 'a module' : formatQuantity(tensors, 'tensor')})`;
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
