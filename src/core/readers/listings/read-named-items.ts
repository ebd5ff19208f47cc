import type { Lack, ModuleTree } from '../../module-tree/module-tree.ts';
import { createTreeBuilder, unknownSpec } from '../../module-tree/tree-builder.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import { readModuleEntry } from '../tree-json/module-entry.ts';
import { asRecord, describeValue, isShape, ownField } from '../literals/record.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError } from '../messages/read-error.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { readingNotes } from '../lines/reading-notes.ts';
import type { TextSource } from '../lines/text-source.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';
import { type NamedTensor } from '../weights/named-tensor.ts';
import { rootOfChildren } from '../printed/children-listed.ts';
import { readPrint, specOfPrintedText, treeOfPrinted } from '../printed/read-print.ts';
import { torchDtype } from '../weights/tensor-types.ts';

/** The kind of values next to the names. */
type ItemKind = 'types' | 'entries' | 'tensors' | 'names' | 'files';

const shapeText = /^(?:torch\.)?(?:Size)?\(?\[?\s*((?:\d+\s*,\s*)*\d*)\s*,?\s*\]?\)?$/;
const longestShape = 400;
const classText = /^<class '([^']+)'>$/;
/** A tensor as Python prints it; its numbers may be left out, and its shape with them. */
const printedTensor = /^(?:tensor|array|Parameter containing:\s*tensor)\(/;
const tensorSuffix = /(?:^|\.)(?:\w*(?:weight|bias)\w*|running_(?:mean|var)|num_batches_tracked|gamma|beta|W_q)$/;

/** Whether the shapes belong to outputs of modules, as hooks print them: no name is like the name of a tensor. */
function areOutputs(items: readonly NamedItem[]): boolean {
  if (items.length < leastOutputs) return false;
  const names = new Set(items.map(({ name }) => name));
  const parents = new Set(items.flatMap(({ name }) => parentIn(names, name) ?? []));
  // A tensor can hold parts, when it is packed; no other tensor has a name below it.
  if (parents.size > 0) return ![...names].some((name) => lastTensor.test(name.slice(-longestShape)) && parentIn(names, name) === null) && ![...parents].some((name) => lastTensor.test(name.slice(-longestShape)));
  return !items.some(({ name }) => tensorName.test(name.slice(-longestShape))) && (haveOneBatch(items) || !items.some(({ name }) => numberLast.test(name)));
}

/** The name of the module around, if it is one of the names. */
function parentIn(names: ReadonlySet<string>, name: string): string | null {
  const dot = name.lastIndexOf('.');
  const parent = name.slice(0, Math.max(0, dot));
  return dot > 0 && names.has(parent) ? parent : null;
}

/** Whether all shapes have the same first size, as outputs for one batch have. */
function haveOneBatch(items: readonly NamedItem[]): boolean {
  const shapes = items.map(({ name, value }) => tensorOf(name, value).shape);
  const first = shapes[0]?.[0];
  return first !== undefined && shapes.every((shape) => shape !== null && shape.length > 1 && shape[0] === first);
}

const leastOutputs = 3;
/** Names of tensors, packed ones among them. */
const lastTensor = /(?:^|[._])(?:q?weights?|bias|running_\w+|num_batches_tracked|lora_\w+|absmax|quant_\w+|scales?|qzeros|zeros?|W_q)$/i;
const numberLast = /(?:^|\.)\d+$/;
const tensorName = /weight|bias|running|scale|gamma|beta|embed|token|param|mean|var|buffer|lora|kernel|tracked|mask|alpha|inv_freq|position|data|table|query|log|[._]W|[._]b$/i;

/**
 * Reads names with something next to them (rule T5): types, shapes, descriptions, file names, or nothing. Lists
 * of names only are names of tensors, unless one of them is the parent of another: then they name modules.
 * @param frozen names of parameters that do not train
 */
export function readNamedItems(
  items: readonly NamedItem[],
  source: TextSource,
  frozen: ReadonlySet<string> = new Set(),
): Result<ModuleTree, ReadError> {
  const whole = items.filter((item) => !isCut(item));
  const read = readItems(whole, source, frozen);
  if (!read.ok) return read.error.code === 'entry-type' ? (printAmong(items, source) ?? read) : read;
  return whole.length === items.length ? read : succeed({ ...read.value, notes: [...read.value.notes, ...gapNotes(items.filter(isCut), source)] });
}

/** Dots in a name, which no module of torch has, or in a type: the text between two items is left out. */
const cutText = /\.{3}|…/;
const cutType = /^(?:<class '[^']*\.{3}|[\w.]*\.{3}[\w.]*$|[^\n]*…)/;

function isCut({ name, value }: NamedItem): boolean {
  if (hasDots(name)) return true;
  return typeof value === 'string' && hasDots(value) && cutType.test(value.slice(0, longestValue));
}

const longestValue = 1000;

function hasDots(text: string): boolean {
  return text.includes('...') || text.includes('…');
}

const mostShown = 20;

/** Says on which lines something is left out. */
function gapNotes(cut: readonly NamedItem[], { text }: TextSource): readonly TreeNote[] {
  const lines = text.split(/\r\n|\n|\r/);
  const account = createLineAccount(lines);
  const shown = cut.slice(0, mostShown);
  const cutLines = [...lines.keys()].filter((at) => cutText.test(lines[at]!) && shown.some(({ name }) => lines[at]!.includes(name)));
  account.mark(0, 'understood', lines.length);
  // The text may write the dots in another way.
  for (const at of cutLines.length > 0 ? cutLines : [lines.findIndex((line) => line.trim() !== '')]) account.mark(at, 'gap');
  return readingNotes(account.report());
}

/** The one printed model among other values, as in `{"epoch": 3, "model": "Net(…)"}`; null where there is none, or more than one. */
function printAmong(items: readonly NamedItem[], source: TextSource): Result<ModuleTree, ReadError> | null {
  const prints = items.flatMap(({ name, value }) => (typeof value === 'string' && value.includes('\n') ? [{ name, text: value }] : []));
  const [only] = prints;
  const read = only === undefined || prints.length > 1 ? null : readPrint({ ...source, text: only.text });
  if (read?.ok !== true || read.value.size < 2) return null;
  return succeed({ ...read.value, notes: [{ type: 'print-in-value', name: only!.name }, ...read.value.notes] });
}

function readItems(items: readonly NamedItem[], source: TextSource, frozen: ReadonlySet<string>): Result<ModuleTree, ReadError> {
  if (items.length === 0) return readFailure('no-modules');
  const root = rootOfChildren(items);
  if (root !== null) return treeOfPrinted(root, [{ type: 'children-listed' }], source);
  const kind = kindOf(items);
  if (kind === null) {
    const odd = items.findIndex(({ value }) => kindOfValue(value) === null);
    const { name, value } = items[Math.max(0, odd)]!;
    return readFailure(
      'entry-type',
      { entry: Math.max(0, odd), name: shorten(name), found: describeValue(value) },
    );
  }
  if (kind === 'types' || kind === 'entries' || (kind === 'names' && nameModules(items))) {
    return readModules(items, kind, source);
  }
  if (kind === 'tensors' && areOutputs(items)) {
    // A module that is called twice prints two lines.
    const called = new Set(items.map(({ name }) => name));
    const named = readModules([...called].map((name) => ({ name, value: undefined })), 'names', source);
    return named.ok ? succeed({ ...named.value, notes: [...named.value.notes, { type: 'output-shapes' }] }) : named;
  }
  const tensors = items.map(({ name, value }) => {
    const tensor = tensorOf(name, value);
    return frozen.has(name) ? { ...tensor, isFrozen: true as const } : tensor;
  });
  const format = kind === 'files' ? 'weight-index' : 'state-dict-keys';
  return buildTensorTree(tensors, { model: source.modelName, format }, source.limits);
}

/** Whether a text can be the type of a module (`Conv2d`, `<class 'torch.nn…'>`). */
function isTypeText(value: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.<>[\]]*$/u.test(value) || classText.test(value);
}

function kindOfValue(value: unknown): ItemKind | null {
  if (value === undefined) return 'names';
  if (value === null || value === '') return 'types';
  if (typeof value === 'string') {
    if (/\.(?:safetensors|bin|pt|pth)$/.test(value)) return 'files';
    if (value.length <= longestShape && shapeText.test(value)) return 'tensors';
    if (printedTensor.test(value)) return 'tensors';
    return 'types';
  }
  if (isShape(value)) return 'tensors';
  const record = asRecord(value);
  if (record === null) return null;
  if (Object.hasOwn(record, 'shape') || Object.hasOwn(record, 'dtype')) return 'tensors';
  return Object.hasOwn(record, 'type') ? 'entries' : null;
}

function kindOf(items: readonly NamedItem[]): ItemKind | null {
  let kind: ItemKind | null = null;
  for (const { value } of items) {
    const own = kindOfValue(value);
    if (own === null || (kind !== null && own !== kind && value !== null)) return null;
    if (value !== null || kind === null) kind = own;
  }
  return kind;
}

/** Names of modules contain their parents; names of tensors never do. */
function nameModules(items: readonly NamedItem[]): boolean {
  const names = new Set(items.map(({ name }) => name));
  if (names.has('')) return true;
  let tensors = 0;
  for (const name of names) {
    if (tensorSuffix.test(name.slice(-longestShape))) tensors++;
    const dot = name.lastIndexOf('.');
    if (dot > 0 && names.has(name.slice(0, dot))) return true;
  }
  return tensors === 0;
}

function tensorOf(name: string, value: unknown): NamedTensor {
  if (isShape(value)) return { name, shape: value, dtype: null };
  const record = asRecord(value);
  if (record !== null) {
    const shape = ownField(record, 'shape');
    const dtype = ownField(record, 'dtype');
    return {
      name,
      shape: isShape(shape) ? shape : null,
      dtype: typeof dtype === 'string' ? torchDtype(dtype) : null,
      ...(ownField(record, 'requires_grad') === false ? { isFrozen: true } : {}),
    };
  }
  return { name, shape: typeof value === 'string' ? parseShapeText(value) : null, dtype: null };
}

/** `torch.Size([64, 3, 7, 7])`, `(64, 3)`, `[64]` or `64, 3` as numbers; null where it is none of them. */
export function parseShapeText(text: string): readonly number[] | null {
  const inner = shapeText.exec(text.trim())?.[1];
  if (inner === undefined || !/[\d()[\]]/.test(text)) return null;
  const shape = inner.split(',').map((part) => part.trim()).filter((part) => part !== '').map(Number);
  return isShape(shape) ? shape : null;
}

function readModules(
  items: readonly NamedItem[],
  kind: ItemKind,
  source: TextSource,
): Result<ModuleTree, ReadError> {
  const builder = createTreeBuilder(source.limits);
  let typed = false;
  let shapes = false;
  for (const [entry, { name, value }] of items.entries()) {
    const record = asRecord(value);
    if (record !== null) {
      const read = readModuleEntry(record);
      if (!read.ok) {
        const { field, expected, found } = read.error;
        if (field === 'type') return readFailure('entry-type', { entry, name: shorten(name), found });
        return readFailure('entry-field', { entry, name: shorten(name), field: shorten(field), expected, found });
      }
      const { spec } = read.value;
      const listed = Object.hasOwn(record, 'parameters');
      shapes ||= listed;
      typed = true;
      builder.add(name, builder.internSpec(listed ? spec : { ...spec, parameters: null, buffers: null }), entry);
      continue;
    }
    if (typeof value === 'string' && value !== '') {
      const printed = isTypeText(value) ? null : specOfPrintedText(value);
      if (printed !== null) {
        typed = true;
        builder.add(name, builder.internSpec(printed), entry);
        continue;
      }
      if (!isTypeText(value)) {
        return readFailure('entry-type', { entry, name: shorten(name), found: `“${shorten(value, 40)}”` });
      }
      const className = classText.exec(value)?.[1] ?? null;
      const type = (className ?? value).replace(/^.*\./, '');
      typed = true;
      builder.add(name, builder.internSpec({ ...unknownSpec, type, className }), entry);
    } else {
      builder.add(name, builder.internSpec(unknownSpec), entry);
    }
  }
  const lacks: Lack[] = typed ? [] : ['types'];
  if (!shapes) lacks.push('parameters', 'shapes', 'dtypes');
  const tree = builder.finish({
    model: source.modelName,
    source: null,
    producer: null,
    format: kind === 'names' ? 'state-dict-keys' : 'name-type-dump',
    lacks: [...lacks, 'sharing', 'forward'],
    notes: typed ? [] : [{ type: 'types-unknown' }],
  });
  source.onProgress(1);
  return tree.ok ? tree : treeBuildFailure(tree.error, (index) => `entry ${index + 1}`);
}
