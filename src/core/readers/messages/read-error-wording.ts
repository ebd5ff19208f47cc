import { formatBytes } from '../../text/format-bytes.ts';
import { formatCount, formatQuantity } from '../../text/format-count.ts';
import { limitToRaise, type ReadError, type ReadErrorCode, type ReadErrorValues } from './read-error.ts';

/** The message about a file that is not a tree: the fault, its place, and the next step. */
export interface ReadErrorText {
  readonly title: string;
  /** Where in the file; empty when the whole file is meant. */
  readonly place: string;
  readonly remedy: string;
}

type Wordings = { readonly [Code in ReadErrorCode]: (values: ReadErrorValues[Code] & { readonly file: string }) => ReadErrorText };

const accepted = 'Save the model with export_module_tree.py, or paste the text of print(model).';
const incomplete = 'Copy or download the file again: it seems to be incomplete.';

/** The words for every code (rule T14). Each says the thing, the place and the way out. */
const wordings: Wordings = {
  'empty-file': (v) => ({ title: `${v.file} is empty.`, place: '', remedy: incomplete }),
  'not-recognised': (v) => ({
    title: `${v.file} does not look like a model.`,
    place: `It begins with “${v.start}”.`,
    remedy: accepted,
  }),
  'not-utf8': (v) => ({
    title: `${v.file} is not UTF-8 text.`,
    place: `Byte ${v.byte}, line ${v.line}.`,
    remedy: 'Save it again as UTF-8. Binary files are read if they are safetensors, PyTorch checkpoints or ONNX.',
  }),
  'json-syntax': (v) => ({
    title: `${v.file} is not valid JSON: ${v.expected} expected, ${v.found} found.`,
    place: `Line ${v.line}, column ${v.column}.`,
    remedy: v.found === 'the end of the file' ? incomplete : 'Correct the file there, or export it again.',
  }),
  'python-syntax': (v) => ({
    title: `${v.file} is not a complete Python list: ${v.expected} expected, ${v.found} found.`,
    place: `Line ${v.line}, column ${v.column}.`,
    remedy: 'Print it again and copy everything from the first bracket to the last.',
  }),
  'print-syntax': (v) => ({
    title:
      v.reason === 'run'
        ? `The run “${v.text}” does not have the stated count.`
        : `The printed model breaks off: “${v.text}” is never closed.`,
    place: `Line ${v.line}.`,
    remedy: 'Copy the whole output of print(model), from the first line to the last parenthesis.',
  }),
  'lines-not-understood': (v) => ({
    title: `${formatCount(v.count)} lines inside the model of ${v.file} are not understood.`,
    place: v.shown,
    remedy: 'Names or modules may be missing. Copy the output again without these lines, or open it without them.',
  }),
  'gzip-broken': (v) => ({
    title: `${v.file} cannot be decompressed: ${v.reason}.`,
    place: `After byte ${v.byte} of ${v.bytes}.`,
    remedy: incomplete,
  }),
  'zip-broken': (v) => ({
    title: `${v.file} is a damaged zip file: ${v.reason}.`,
    place: `Byte ${v.byte}.`,
    remedy: v.isCut === true
      ? 'The file is incomplete: copy or download it again; if torch.save was interrupted, save it again.'
      : incomplete,
  }),
  'zip-without-pickle': (v) => ({
    title: `${v.file} is a zip file, but no PyTorch checkpoint: it holds no data.pkl.`,
    place: v.entries === 0 ? 'It is empty.' : `It holds ${formatQuantity(v.entries, 'file')}, the first is “${v.first}”.`,
    remedy: v.entries === 0 ? incomplete : 'Unpack it and drop the model file itself.',
  }),
  'checkpoint-incomplete': (v) => ({
    title: `${v.file} is an incomplete PyTorch checkpoint: its data.pkl, which names the tensors, is missing.`,
    place: `It holds ${formatQuantity(v.entries, 'file')}, the first is “${v.first}”.`,
    remedy: 'Saving was interrupted, or the disk was full: call torch.save again and drop the new file.',
  }),
  'is-distributed': (v) => ({
    title: `${v.file} is several zip files in one, as the parts of a distributed checkpoint (.distcp) are.`,
    place: '',
    remedy: 'Drop the file .metadata of the same folder, which names all tensors, or the whole folder.',
  }),
  'too-large': (v) => ({
    title: `${v.file} is larger than ${formatBytes(v.limit)} when read.`,
    place: `${formatBytes(v.bytes)} so far.`,
    remedy: 'Open it anyway with a higher limit, or save the tree alone with export_module_tree.py.',
  }),
  'text-too-long': (v) => ({
    title: `${v.file} is a text of ${formatBytes(v.bytes)}; browsers hold no more than ${formatBytes(v.limit)}.`,
    place: '',
    remedy: 'Save the tree with export_module_tree.py: it writes a few hundred bytes a module.',
  }),
  'reading-failed': (v) => ({
    title: `${v.file} could not be read: ${v.reason}.`,
    place: `Byte ${v.byte}.`,
    remedy: 'Check that the file still exists and may be read, then drop it again.',
  }),
  'duplicate-name': (v) => ({
    title: v.name === ''
      ? 'Two modules are the root: both names are empty.'
      : `Two modules are called “${v.name}”.`,
    place: `${capital(v.first)} and ${v.second}.`,
    remedy: 'Names in a model are unique: rename or remove one of the two.',
  }),
  'duplicate-tensor': (v) => ({
    title: `Two tensors are called “${v.name}”.`,
    place: `${capital(v.first)} and ${v.second}.`,
    remedy: 'If these are shards of different models, open one model at a time.',
  }),
  'too-many-modules': (v) => ({
    title: `${v.file} has more than ${formatCount(v.limit)} modules.`,
    place: '',
    remedy: 'Open it anyway with a higher limit; it may become slow.',
  }),
  'names-too-long': (v) => ({
    title: `The names in ${v.file} are longer than ${formatCount(v.limit)} characters in all.`,
    place: '',
    remedy: 'Open it anyway with a higher limit; it may become slow.',
  }),
  'too-deep': (v) => ({
    title: `${v.file} nests modules more than ${formatCount(v.limit)} levels deep.`,
    place: `${capital(v.place)}, “${v.name}”.`,
    remedy: 'Real models have some ten levels. Open it anyway with a higher limit if this is meant.',
  }),
  'no-modules': (v) => ({ title: `${v.file} lists no modules.`, place: '', remedy: accepted }),
  'entry-not-object': (v) => ({
    title: `A module must be an object with name and type, not ${v.found}.`,
    place: entry(v),
    remedy: 'Correct that entry, or export the file again.',
  }),
  'entry-name': (v) => ({
    title: `A module has no name: its “name” is ${v.found}, not a text.`,
    place: entry(v),
    remedy: 'Give it the name that named_modules() gives; the root’s is the empty text.',
  }),
  'entry-type': (v) => ({
    title: `${moduleOf(v)} has no type: it is ${v.found}, not the name of a class.`,
    place: entry(v),
    remedy: 'Write type(module).__name__ there, or null where it is not known.',
  }),
  'entry-field': (v) => ({
    title:
      `“${v.field}” of ${moduleOf(v).replace('The root', 'the root')} is ${v.found}, not ${v.expected}.`,
    place: entry(v),
    remedy: 'Correct that field or leave it out: only name and type are required.',
  }),
  'newer-version': (v) => ({
    title: `${v.file} has version ${v.version} of the format; this Espalier knows up to ${v.newest}.`,
    place: 'Key “version”.',
    remedy: 'Use a newer Espalier, or export the model again with this one’s export_module_tree.py.',
  }),
  'is-plan': (v) => ({ title: `${v.file} is a plan, not a model.`, place: '', remedy: 'Open it as a plan.' }),
  'is-config-list': (v) => ({ title: `${v.file} is a config list, not a model.`, place: '', remedy: 'Open a model first, then import this list.' }),
  'is-model-config': (v) => ({
    title: `${v.file} is a model’s config.json: it describes a model without listing its modules.`,
    place: '',
    remedy: 'Drop the folder’s .safetensors files or their index too, or print(model).',
  }),
  'is-notebook': (v) => ({ title: `${v.file} is a notebook, and none of its outputs is a printed model.`, place: '', remedy: 'Run print(model) in a cell and save the notebook, or use export_module_tree.py there.' }),
  'is-html': (v) => ({
    title: `${v.file} is a web page, not a model file.`,
    place: `It begins with “${v.start}”.`,
    remedy: 'The download led to a page, perhaps one for signing in: download the file itself.',
  }),
  'is-python': (v) => ({
    title: `${v.file} is Python source; Espalier runs no code.`,
    place: `It begins with “${v.start}”.`,
    remedy: accepted,
  }),
  'is-hdf5': (v) => ({ title: `${v.file} is an HDF5 file (Keras); only PyTorch models can be read.`, place: '', remedy: accepted }),
  'is-archive': (v) => ({
    title: `${v.file} is ${article(v.kind)} ${v.kind} file, which is not unpacked.`,
    place: '',
    remedy: 'Unpack it and drop the model file itself.',
  }),
  'is-foreign': (v) => ({
    title: `${v.file} is ${article(v.kind)} ${v.kind} file, not a PyTorch model.`,
    place: '',
    remedy: accepted,
  }),
  'is-pointer': (v) => ({
    title: `${v.file} is a Git LFS pointer: it points to the file, and does not hold it.`,
    place: '',
    remedy: 'Run git lfs pull in that folder and drop the file again.',
  }),
  'safetensors-broken': (v) => ({
    title: `${v.file} has no valid safetensors header: ${v.reason}.`,
    place: `Byte ${v.byte}.`,
    remedy: incomplete,
  }),
  'safetensors-entry': (v) => ({
    title: `The header of ${v.file} describes “${v.name}” wrongly: ${v.reason}.`,
    place: entry(v),
    remedy: 'Save the file again with the safetensors library.',
  }),
  'weight-map': (v) => ({
    title: `“${v.name}” in the weight map is ${v.found}, not the name of a file.`,
    place: `Key “weight_map” of ${v.file}.`,
    remedy: 'Download the index again, or drop the shards themselves.',
  }),
  'pickle-broken': (v) => ({
    title: `The pickle in ${v.file} is damaged: ${v.reason}.`,
    place: `Byte ${v.byte} of ${v.entry}.`,
    remedy: incomplete,
  }),
  'pickle-forbidden': (v) => ({
    title: `${v.file} needs “${v.global}” to be run, and Espalier runs nothing.`,
    place: `Byte ${v.byte} of ${v.entry}.`,
    remedy: 'Save the weights alone with torch.save(model.state_dict(), …), or as safetensors.',
  }),
  'pickle-no-tensors': (v) => ({
    title: `${v.file} holds no tensors under names.`,
    place: `Its pickle is ${v.found}.`,
    remedy: 'Save model.state_dict(), or use export_module_tree.py.',
  }),
  'pickle-too-large': (v) => ({
    title: `The pickle in ${v.file} makes more than ${formatCount(v.limit)} objects.`,
    place: `Byte ${v.byte} of ${v.entry}.`,
    remedy: 'Save the weights alone with torch.save(model.state_dict(), …), or as safetensors.',
  }),
  torchscript: (v) => ({
    title: `${v.file} is a TorchScript archive whose modules are code; Espalier runs none.`,
    place: `It holds “${v.first}”.`,
    remedy: 'Use export_module_tree.py on the model it was made from, or paste print(model).',
  }),
  'onnx-broken': (v) => ({
    title: `${v.file} looks like ONNX, but is damaged: ${v.reason}.`,
    place: `Byte ${v.byte}.`,
    remedy: incomplete,
  }),
  'lines-without-names': (v) => ({
    title: `${formatCount(v.count)} lines of ${v.file} show a module each, but not its name.`,
    place: `Line ${v.line} is the first one. Numbers before a type can be names or only count the lines.`,
    remedy: 'Print the names, too (for name, module in model.named_modules(): print(name, type(module))), or print(model).',
  }),
  'is-graph-code': (v) => ({
    title: `${v.file} is the code of an exported program. It names parameters as arguments (p_fc_weight), and no modules.`,
    place: `It begins with “${v.start}”.`,
    remedy: 'Save the program with torch.export.save and open the .pt2 file, or print(model) before the export.',
  }),
  'is-graph-text': (v) => ({
    title: `${v.file} is the text of an ONNX or TorchScript graph. It lists operations, and no modules.`,
    place: `It begins with “${v.start}”.`,
    remedy: 'Open the .onnx or .pt2 file itself, or paste the text of print(model).',
  }),
  'table-without-names': (v) => ({
    title: `The table in ${v.file} shows types, but no names of modules.`,
    place: `Line ${v.line}.`,
    remedy: 'Call torchinfo.summary(model, row_settings=["var_names"], depth=99), or print(model).',
  }),
  'folder-without-model': (v) => ({
    title: v.count === 0
      ? 'The folder holds no files.'
      : v.count === 1
      ? 'The file does not look like a model.'
      : `None of the ${formatQuantity(v.count, 'file')} looks like a model.`,
    place: v.count === 0 ? '' : `The first is ${v.file}.`,
    remedy: v.count === 0 ? 'Drop the files of the model; hidden files of a folder are left out.' : accepted,
  }),
  'different-models': (v) => ({
    title: `The files are of different models: “${v.first}” and “${v.second}” have ${v.common > 0 ? 'hardly a' : 'no'} module in common.`,
    place: '',
    remedy: 'Open one of them at a time.',
  }),
};

const openAnyway = 'Open it anyway with a higher limit';

/**
 * Words an error; `anyway` says how a limit is raised, where that is not a button of the page. Names from the file are
 * shown as they are: show the result as text, never as HTML.
 */
export function describeReadError(error: ReadError, anyway = openAnyway): ReadErrorText {
  const text = wordOf(error);
  if (!text.remedy.includes(openAnyway)) return text;
  if (limitToRaise(error) !== null) return { ...text, remedy: text.remedy.replace(openAnyway, anyway) };
  return { ...text, remedy: 'Espalier cannot hold more than this: save a smaller part of the model.' };
}

function wordOf<Code extends ReadErrorCode>({ code, values }: ReadError<Code>): ReadErrorText {
  return wordings[code]({ file: 'the file', ...values });
}

function entry({ entry: at, file }: { readonly entry: number; readonly file: string }): string {
  return `Entry ${at + 1} of ${file}.`;
}

function moduleOf({ name }: { readonly name: string }): string {
  return name === '' ? 'The root' : `“${name}”`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Before the name of a format, as it is said. */
function article(kind: string): 'a' | 'an' {
  return /^(?:[AEIOU]|xz)/.test(kind) ? 'an' : 'a';
}
