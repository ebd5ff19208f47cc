import { listFirst, type TreeNote } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import { partsOfModule, treeOfModule, type PickleFile } from './pickle-modules.ts';
import { distributedTensors, tensorOf, tieOf } from './pickle-tensors.ts';
import { kindOfPickle, pickleEntries, pickleField, type PickleObject, type PickleTensor, type PickleValue } from './pickle-values.ts';
import { readFailure, shorten, type ReadError } from '../messages/read-error.ts';
import type { FileContent } from './tensor-list.ts';
import type { NamedTensor } from './named-tensor.ts';

/** Keys and indices that lead to the value that is looked into. */
const deepestDict = 5;
/** Entries of one dictionary or list that are looked into. */
const mostItems = 10_000;
/** Names under which checkpoints keep other things than the model. */
const besideTheModel = /optim|sched|scaler|^state$|param_groups|_metadata|ema/i;

/** A module or a dictionary of tensors that may be the model, and where it was found. */
interface Candidate<Value extends PickleValue = PickleValue> {
  readonly path: readonly string[];
  readonly value: Value;
  /** Of tensors; 1 for a module. */
  readonly count: number;
}

/**
 * Finds the model in the content of a pickle (rule T13): a pickled module with everything below it, or else the
 * dictionary with the most tensors, the optimizer's last. Other candidates are noted.
 */
export function modelInPickle(root: PickleValue, file: PickleFile): Result<FileContent, ReadError> {
  const modules: Candidate<PickleObject>[] = [];
  const dicts: Candidate[] = [];
  collect(root, modules, dicts);
  const module = best(modules);
  if (module !== null) return treeOfModule(module.value, file, notesOf(module, [...modules, ...dicts]));
  const dict = best(dicts);
  if (dict === null) return readFailure('pickle-no-tensors', { found: describeRoot(root) });
  const notes = notesOf(dict, dicts);
  const firstOf = new Map<string, string>();
  const tensors: NamedTensor[] = [];
  for (const [name, value] of lastOfEach(dict.value)) {
    if (value.type !== 'tensor') continue;
    tensors.push({ name, shape: value.shape, dtype: value.dtype, ...tieOf(value, name, firstOf) });
  }
  return succeed({ type: 'tensors', tensors, format: 'torch-checkpoint', producer: null, notes, lacks: [] });
}

const mostNamed = 3;

/** The place of the model, and other candidates there. */
function notesOf(chosen: Candidate, candidates: readonly Candidate[]): readonly TreeNote[] {
  const notes: TreeNote[] = [];
  if (chosen.path.length > 0) {
    notes.push({ type: 'place-in-checkpoint', path: chosen.path });
  }
  const others = candidates.filter((other) => other !== chosen && !isBeside(other) && !isOnlyNumbers(other));
  if (others.length > 0) {
    const named = others.map(({ path, value, count }) => ({ name: path.join('.'), tensors: kindOfPickle(value) === 'object' ? null : count }));
    notes.push({ type: 'others-in-checkpoint', others: listFirst(named, mostNamed) });
  }
  return notes;
}

/** Whether a dictionary holds single numbers only, such as the best score: checkpoints keep them next to the model. */
function isOnlyNumbers({ value }: Candidate): boolean {
  const tensors = [...lastOfEach(value).values()];
  return tensors.length > 0 && tensors.every((tensor) => tensor.type === 'none' || tensor.shape?.length === 0);
}

function isBeside({ path }: Candidate): boolean {
  return path.some((key) => besideTheModel.test(key));
}

const mostKeys = 3;

/** Describes a pickle that holds no model; the text follows the word "is". */
function describeRoot(root: PickleValue): string {
  if (isOptimizer(root)) return 'the state of an optimizer';
  if (root === null || typeof root === 'boolean') return root === null ? 'None' : 'True or False';
  if (typeof root === 'number') return 'a number';
  if (typeof root === 'string') return 'a text';
  switch (root.type) {
    case 'object':
      return `an instance of ${shorten(root.made.path)}`;
    case 'global':
      return `the class or function ${shorten(root.path)}, not an instance of it`;
    case 'dict': {
      const keys = pickleEntries(root).map(([key]) => `“${shorten(key, 30)}”`);
      const more = keys.length > mostKeys ? ' …' : '';
      return keys.length === 0 ? 'a dictionary without names' : `a dictionary of ${keys.slice(0, mostKeys).join(', ')}${more}`;
    }
    case 'list':
      return root.items.length === 0 ? 'an empty list' : 'a list';
    case 'tensor':
      return 'a single tensor';
    case 'storage':
    case 'bytes':
      return 'bytes';
    default:
      return root satisfies never;
  }
}

/** Whether a dictionary is the state of an optimizer: its tensors have the shapes of parameters, but are none. */
function isOptimizer(value: PickleValue): boolean {
  return pickleField(value, 'param_groups') !== undefined && pickleField(value, 'state') !== undefined;
}

/** A list of names with their tensors, such as `list(model.named_parameters())`, as a dictionary. */
function namedPairs(items: readonly PickleValue[]): PickleValue | null {
  const pairs: [PickleValue, PickleValue][] = [];
  for (const item of items) {
    if (typeof item !== 'object' || item?.type !== 'list' || item.items.length !== 2) return null;
    const [name, tensor] = item.items;
    if (typeof name !== 'string' || tensor === undefined || tensorOf(tensor) === null) return null;
    pairs.push([name, tensor]);
  }
  return pairs.length === 0 ? null : { type: 'dict', items: pairs };
}

/** The tensors of a dictionary under their names; the last of repeated keys counts, as in Python. */
function lastOfEach(value: PickleValue): Map<string, PickleTensor | { readonly type: 'none' }> {
  const tensors = new Map<string, PickleTensor | { readonly type: 'none' }>();
  if (typeof value !== 'object' || value?.type !== 'dict') return tensors;
  for (const [key, item] of value.items) {
    if (typeof key !== 'string') continue;
    const tensor = tensorOf(item);
    if (tensor !== null) tensors.set(key, tensor);
    else if (item === null) tensors.set(key, { type: 'none' });
  }
  return tensors;
}

/** Looks through dictionaries, lists and objects, each once, for modules and for dictionaries of tensors. */
function collect(root: PickleValue, modules: Candidate<PickleObject>[], dicts: Candidate[]): void {
  const seen = new Set<PickleValue>();
  const waiting: { readonly value: PickleValue; readonly path: readonly string[] }[] = [{ value: root, path: [] }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value.type === 'object') {
      const listed = distributedTensors(value);
      if (listed !== null) waiting.push(...listed.map(([place, dict]) => ({ value: dict, path: [...path, ...place] })));
      else if (partsOfModule(value) !== null) modules.push({ path, value, count: 1 });
      else if (path.length < deepestDict) waiting.push({ value: value.state, path });
    } else if (value.type === 'list') {
      if (path.length >= deepestDict) continue;
      const pairs = namedPairs(value.items);
      if (pairs !== null) waiting.push({ value: pairs, path });
      else value.items.slice(0, mostItems).forEach((item, at) => waiting.push({ value: item, path: [...path, String(at)] }));
    } else if (value.type === 'dict' && !isOptimizer(value)) {
      const count = [...lastOfEach(value).values()].filter(({ type }) => type === 'tensor').length;
      if (count > 0) dicts.push({ path, value, count });
      if (path.length >= deepestDict) continue;
      for (const [key, item] of value.items.slice(0, mostItems)) {
        waiting.push({ value: item, path: [...path, typeof key === 'string' ? key : '?'] });
      }
    }
  }
}

/** The candidate with the most tensors, candidates next to the model last; the first of equals. */
function best<Found extends Candidate>(candidates: readonly Found[]): Found | null {
  let chosen: Found | null = null;
  let chosenWeight = -1;
  for (const candidate of candidates) {
    const weight = candidate.count + (isBeside(candidate) ? 0 : 1e9);
    if (weight > chosenWeight) {
      chosen = candidate;
      chosenWeight = weight;
    }
  }
  return chosen;
}

