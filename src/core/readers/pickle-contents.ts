import type { ModuleSpec, ModuleTree, TensorInfo, TreeNote } from '../module-tree/module-tree.ts';
import { createTreeBuilder } from '../module-tree/tree-builder.ts';
import { succeed, type Result } from '../result.ts';
import {
  kindOfPickle,
  pickleField,
  type PickleObject,
  type PickleTensor,
  type PickleValue,
} from './pickle-values.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from './read-error.ts';
import type { FileContent } from './tensor-list.ts';
import type { NamedTensor } from './tensor-tree.ts';

const deepestDict = 5;
/** Entries of one dictionary or list that are looked into. */
const mostItems = 10_000;
/** Names under which checkpoints keep other things than the model. */
const besideTheModel = /optim|sched|scaler|^state$|param_groups|_metadata|ema/i;

interface Candidate {
  readonly path: readonly string[];
  readonly value: PickleValue;
  readonly count: number;
}

/** What the caller says of the file. */
export interface PickleFile {
  readonly model: string;
  readonly limits: ReadLimits;
}

/**
 * Finds the model in what a pickle holds (rule T13): a pickled module with everything below it, or else the
 * dictionary with the most tensors, the optimizer's last. What was passed over is noted.
 */
export function modelInPickle(root: PickleValue, file: PickleFile): Result<FileContent, ReadError> {
  const modules: Candidate[] = [];
  const dicts: Candidate[] = [];
  collect(root, modules, dicts);
  const module = best(modules);
  if (module !== null) return treeOfModule(module, file, notesOf(module, [...modules, ...dicts]));
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

/** Where the model was found, and what else was there that may be one. */
function notesOf(chosen: Candidate, candidates: readonly Candidate[]): readonly TreeNote[] {
  const notes: TreeNote[] = [];
  if (chosen.path.length > 0) {
    notes.push({ type: 'text', text: `Read from “${shorten(chosen.path.join('.'))}” of the checkpoint.` });
  }
  const others = candidates.filter((other) => other !== chosen && !isBeside(other) && !isOnlyNumbers(other));
  if (others.length > 0) {
    const names = others.slice(0, mostNamed).map(({ path, value, count }) => {
      const place = path.length === 0 ? 'the top level' : `“${shorten(path.join('.'))}”`;
      if (kindOfPickle(value) === 'object') return `${place} (a module)`;
      return `${place} (${count === 1 ? '1 tensor' : `${count} tensors`})`;
    });
    const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : '';
    notes.push({ type: 'choice', text: `Not read: ${names.join(', ')}${more}.` });
  }
  return notes;
}

/** Whether a dictionary holds single numbers only, such as the best score: checkpoints keep them beside the model. */
function isOnlyNumbers({ value }: Candidate): boolean {
  const tensors = [...lastOfEach(value).values()];
  return tensors.length > 0 && tensors.every((tensor) => tensor.type === 'none' || tensor.shape?.length === 0);
}

function isBeside({ path }: Candidate): boolean {
  return path.some((key) => besideTheModel.test(key));
}

const mostKeys = 3;

/** What a pickle is that holds no model, to follow "is". */
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
      const keys = namedItems(root).map(([key]) => `“${shorten(key, 30)}”`);
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

/** Whether a dictionary is what an optimizer saves: its tensors have the shapes of parameters, but are none. */
function isOptimizer(value: PickleValue): boolean {
  return pickleField(value, 'param_groups') !== undefined && pickleField(value, 'state') !== undefined;
}

/** A list of names with their tensors, such as `list(model.named_parameters())`, as a dictionary. */
function namedPairs(items: readonly PickleValue[]): PickleValue | null {
  const pairs: [PickleValue, PickleValue][] = [];
  for (const item of items) {
    if (typeof item !== 'object' || item?.type !== 'list' || item.items.length !== 2) return null;
    const [name, tensor] = item.items;
    if (typeof name !== 'string' || tensorOf(tensor ?? null) === null) return null;
    pairs.push([name, tensor!]);
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

/** A tensor, or a NumPy array as pickles of other libraries hold them. */
function tensorOf(value: PickleValue): PickleTensor | null {
  if (typeof value !== 'object' || value === null) return null;
  if (value.type === 'tensor') return value;
  if (value.type !== 'object') return null;
  if (/(?:Uninitialized|Lazy)(?:Parameter|Buffer)$/.test(value.made.path)) {
    return { type: 'tensor', shape: null, dtype: null, identity: null };
  }
  const distributed = distributedTensor(value);
  if (distributed !== null) return distributed;
  // `_reconstruct` is told size and format afterwards; from protocol 5 on `_frombuffer` gets them at once.
  const builder = /^numpy\._?core\.(?:multiarray\.(_reconstruct)|numeric\._frombuffer)$/.exec(value.made.path);
  if (builder === null) return null;
  const told = builder[1] === undefined ? value.args : value.state;
  const items = typeof told === 'object' && told?.type === 'list' ? told.items : [];
  const [sizes, format] = builder[1] === undefined ? [items[2], items[1]] : [items[1], items[2]];
  const shape = typeof sizes === 'object' && sizes?.type === 'list' ? sizes.items : [];
  if (!shape.every((size): size is number => typeof size === 'number')) return null;
  return { type: 'tensor', shape, dtype: numpyDtype(format), identity: null };
}

const numpyTypes: Readonly<Record<string, string>> = {
  f2: 'float16', f4: 'float32', f8: 'float64', b1: 'bool',
  i1: 'int8', i2: 'int16', i4: 'int32', i8: 'int64', u1: 'uint8',
};

function numpyDtype(value: PickleValue | undefined): string | null {
  if (typeof value !== 'object' || value?.type !== 'object') return null;
  const { args } = value;
  const code = typeof args === 'object' && args?.type === 'list' ? args.items[0] : null;
  return typeof code === 'string' && Object.hasOwn(numpyTypes, code) ? numpyTypes[code]! : null;
}

function tieOf(tensor: PickleTensor, name: string, firstOf: Map<string, string>): { readonly tiedTo?: string } {
  if (tensor.identity === null || tensor.shape?.includes(0)) return {};
  const first = firstOf.get(tensor.identity);
  if (first !== undefined) return { tiedTo: first };
  firstOf.set(tensor.identity, name);
  return {};
}

/**
 * The dictionaries that the metadata of a distributed checkpoint describes, and their places: it lists all tensors under
 * one name each, and beside that the keys that led to them. Null for other objects.
 */
function distributedTensors({ made, state }: PickleObject): (readonly [readonly string[], PickleValue])[] | null {
  if (made.path !== 'torch.distributed.checkpoint.metadata.Metadata') return null;
  const keys = new Map(namedItems(pickleField(state, 'planner_data')));
  const dicts = new Map<string, [string[], [PickleValue, PickleValue][]]>();
  for (const [name, described] of namedItems(pickleField(state, 'state_dict_metadata'))) {
    if (tensorOf(described) === null) continue;
    const led = keys.get(name);
    const steps = typeof led === 'object' && led?.type === 'list' ? led.items.map(String) : [name];
    const place = steps.slice(0, -1);
    const id = JSON.stringify(place);
    const [, items] = dicts.get(id) ?? dicts.set(id, [place, []]).get(id)!;
    items.push([steps.at(-1) ?? name, described]);
  }
  return [...dicts.values()].map(([place, items]) => [place, { type: 'dict', items }] as const);
}

/** A tensor as the metadata of a distributed checkpoint describes it. */
function distributedTensor({ made, state }: PickleObject): PickleTensor | null {
  if (made.path !== 'torch.distributed.checkpoint.metadata.TensorStorageMetadata') return null;
  const size = pickleField(state, 'size');
  const sizes = typeof size === 'object' && size?.type === 'list' ? size.items : [null];
  const properties = pickleField(state, 'properties');
  const told = typeof properties === 'object' && properties?.type === 'object' ? properties.state : null;
  const format = typeof told === 'object' && told?.type === 'list' ? told.items[0] : pickleField(told, 'dtype');
  const isFormat = typeof format === 'object' && format?.type === 'global' && format.path.startsWith('torch.');
  return {
    type: 'tensor',
    shape: sizes.every((length) => typeof length === 'number') ? sizes : null,
    dtype: isFormat ? format.path.slice('torch.'.length) : null,
    identity: null,
  };
}

/** Looks through dictionaries, lists and objects, each once, for modules and for dictionaries of tensors. */
function collect(root: PickleValue, modules: Candidate[], dicts: Candidate[]): void {
  const seen = new Set<PickleValue>();
  const waiting: { readonly value: PickleValue; readonly path: readonly string[] }[] = [{ value: root, path: [] }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value.type === 'object') {
      const listed = distributedTensors(value);
      if (listed !== null) waiting.push(...listed.map(([place, dict]) => ({ value: dict, path: [...path, ...place] })));
      else if (childrenOf(value) !== null) {
        modules.push({ path, value, count: 1 });
      }
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

/** The candidate with the most tensors, those that are beside the model last; the first of equals. */
function best(candidates: readonly Candidate[]): Candidate | null {
  let chosen: Candidate | null = null;
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

/** A module's own tensors and children; null for objects that are no modules. */
interface ModuleParts {
  readonly children: readonly (readonly [string, PickleObject])[];
  /** `null` when they cannot be told. */
  readonly parameters: readonly (readonly [string, PickleValue])[] | null;
  readonly buffers: readonly (readonly [string, PickleValue])[] | null;
  readonly className: string;
}

/** What pickles of traced models are built by; their first argument is the state of the module. */
const tracedBy = /^torch\.fx\.(?:graph_module|_lazy_graph_module)\.\w*reduce\w*_graph_module$/;

function stateOf({ made, args, state }: PickleObject): PickleValue {
  if (!tracedBy.test(made.path) || typeof args !== 'object' || args?.type !== 'list') return state;
  return args.items[made.path.includes('package') ? 1 : 0] ?? state;
}

function childrenOf(value: PickleObject): ModuleParts | null {
  const state = stateOf(value);
  if (kindOfPickle(pickleField(state, '_modules') ?? null) === 'dict') {
    const named = (field: string): (readonly [string, PickleValue])[] => namedItems(
      pickleField(state, field),
    );
    return {
      children: named('_modules').filter((item): item is readonly [string, PickleObject] => isObject(item[1])),
      parameters: named('_parameters'),
      buffers: named('_buffers'),
      className: tracedBy.test(value.made.path) ? 'torch.fx.graph_module.GraphModule' : value.made.path,
    };
  }
  if (!value.made.path.startsWith('__torch__.')) return null;
  const attributes = namedItems(value.state);
  return {
    children: attributes.filter(
      (item): item is readonly [string, PickleObject] => isObject(item[1]) && item[1].made.path.startsWith(
        '__torch__.',
      ),
    ),
    parameters: attributes.filter(([, item]) => tensorOf(item) !== null),
    buffers: null,
    className: value.made.path.replace(/^__torch__\./, '').replaceAll(/___torch_mangle_\d+\./g, ''),
  };
}

function isObject(value: PickleValue): value is PickleObject {
  return typeof value === 'object' && value?.type === 'object';
}

function namedItems(value: PickleValue | undefined): (readonly [string, PickleValue])[] {
  if (typeof value !== 'object' || value?.type !== 'dict') return [];
  const items = new Map<string, PickleValue>();
  for (const [key, item] of value.items) if (typeof key === 'string') items.set(key, item);
  return [...items];
}

/** A module that pickles itself in its own way, as quantized layers do. */
const opaqueParts = { children: [], parameters: null, buffers: null } as const;

/** The tree of a pickled module: types, parameters and sharing as they were saved. */
function treeOfModule(
  found: Candidate,
  { model, limits }: PickleFile,
  notes: readonly TreeNote[],
): Result<FileContent, ReadError> {
  const builder = createTreeBuilder(limits);
  const firstName = new Map<PickleObject, string>();
  const firstOf = new Map<string, string>();
  const specs = new Map<PickleObject, number>();
  let missesShape = false;
  let missesDtype = false;
  let hidesTensors = false;
  const waiting: { readonly module: PickleObject; readonly name: string; readonly depth: number }[] = [
    { module: found.value as PickleObject, name: '', depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { module, name, depth } = next;
    if (depth > limits.maxDepth) {
      return readFailure('too-deep', { name: shorten(name), place: 'the pickled model', limit: limits.maxDepth });
    }
    if (builder.count() >= limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
    const parts = childrenOf(module) ?? { ...opaqueParts, className: module.made.path };
    hidesTensors ||= parts.parameters === null;
    const shared = firstName.get(module);
    if (shared === undefined) firstName.set(module, name);
    else builder.share(name, shared);
    let id = specs.get(module);
    if (id === undefined) {
      const spec = specOf(parts);
      const tensors = [...(spec.parameters ?? []), ...(spec.buffers ?? [])];
      missesShape ||= tensors.some(({ shape, isNone }) => shape === null && !isNone);
      missesDtype ||= tensors.some(({ dtype, isNone }) => dtype === null && !isNone);
      id = builder.internSpec(spec);
      specs.set(module, id);
    }
    builder.add(name, id);
    const prefix = name === '' ? '' : `${name}.`;
    if (shared === undefined) {
      for (const [local, value] of parts.parameters ?? []) {
        const tensor = tensorOf(value);
        const tied = tensor === null ? undefined : tieOf(tensor, prefix + local, firstOf).tiedTo;
        if (tied !== undefined) builder.tie(prefix + local, tied);
      }
    }
    for (const [label, child] of parts.children.toReversed()) {
      waiting.push({ module: child, name: prefix + label, depth: depth + 1 });
    }
  }
  const isScript = (found.value as PickleObject).made.path.startsWith('__torch__.');
  const scripted =
    'A TorchScript file: types are those of the classes it was made from; buffers are among the parameters.';
  const tree = builder.finish({
    model,
    source: (found.value as PickleObject).made.path,
    producer: null,
    format: 'torch-checkpoint',
    lacks: [
      ...(hidesTensors ? (['parameters'] as const) : []),
      ...(missesShape || hidesTensors ? (['shapes'] as const) : []),
      ...(missesDtype ? (['dtypes'] as const) : []),
      'forward',
    ],
    notes: isScript ? [{ type: 'text', text: scripted }, ...notes] : notes,
  });
  if (!tree.ok) return treeBuildFailure(tree.error, (index) => `module ${index + 1}`);
  return succeed({ type: 'tree', tree: tree.value satisfies ModuleTree });
}

function specOf(parts: ModuleParts): ModuleSpec {
  return {
    type: parts.className.replace(/^.*\./, ''),
    className: parts.className,
    parameters: parts.parameters === null ? null : tensorsOf(parts.parameters),
    buffers: parts.buffers === null ? null : tensorsOf(parts.buffers),
    forward: null,
    extraRepr: null,
  };
}

function tensorsOf(items: readonly (readonly [string, PickleValue])[]): TensorInfo[] {
  return items.map(([name, value]) => {
    const tensor = tensorOf(value);
    return { name, shape: tensor?.shape ?? null, dtype: tensor?.dtype ?? null, isNone: value === null };
  });
}
