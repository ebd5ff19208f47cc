import { pickleItems, storageWithin, type PickleGlobal, type PickleList, type PickleTensor, type PickleValue } from './pickle-values.ts';
import { storageDtype } from './tensor-types.ts';

/** Nothing of these modules has a place in a file of weights. */
const forbiddenModules: ReadonlySet<string> = new Set(
  (
    'os posix nt posixpath ntpath sys subprocess shutil socket runpy importlib pickle cPickle _pickle marshal ctypes ' +
    'pty code codeop commands platform webbrowser asyncio multiprocessing threading signal tempfile pathlib io ' +
    'requests urllib http ' +
    'httplib timeit bdb pdb types operator functools pip site zipimport pydoc logging dill cloudpickle joblib'
  ).split(' '),
);

/** Harmless names of modules that are otherwise forbidden. */
const permitted: ReadonlySet<string> = new Set(
  (
    'functools.partial operator.itemgetter operator.attrgetter types.SimpleNamespace types.MethodType io.BytesIO ' +
    'pathlib.Path pathlib.PosixPath pathlib.WindowsPath pathlib.PurePosixPath pathlib.PureWindowsPath ' +
    'logging.Logger logging.getLogger ' +
    'pathlib._local.PosixPath pathlib._local.WindowsPath'
  ).split(' '),
);

const builtinValues: ReadonlySet<string> = new Set(
  (
    'set frozenset list dict tuple int float str bytes bytearray bool complex object slice range type getattr ' +
    'Ellipsis'
  ).split(' '),
);

/** Whether naming this global shows that a file wants code to be run (rule T12). */
export function isForbidden(path: string): boolean {
  const top = path.split('.', 1)[0]!;
  if (top === 'builtins' || top === '__builtin__') return !builtinValues.has(path.slice(top.length + 1));
  return forbiddenModules.has(top) && !permitted.has(path);
}

/** Sizes from a list; null where some is no size. */
function shapeOf(value: PickleValue | undefined): readonly number[] | null {
  if (typeof value !== 'object' || value?.type !== 'list') return null;
  const sizes: number[] = [];
  for (const size of value.items) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return null;
    sizes.push(size);
  }
  return sizes;
}

/** `torch.float32` as a global; null for everything else. */
function dtypeOf(value: PickleValue | undefined): string | null {
  if (typeof value !== 'object' || value?.type !== 'global') return null;
  const name = value.path.replace(/^torch\./, '');
  return /^(?:[a-z]+\d\w*|bool|float|double|half|long|int|short)$/.test(name) ? name : null;
}

function viewOfStorage(args: readonly PickleValue[], dtype: string | null): PickleTensor {
  const [storage, offset, size, stride] = args;
  const shape = shapeOf(size);
  const from = typeof storage === 'object' && storage?.type === 'storage' ? storage : null;
  const isKnown = from !== null && from.key !== null && shape !== null && typeof offset === 'number';
  // The transpose of a square matrix has its place and its shape, and is another tensor.
  const place = isKnown ? `${from.key} ${offset} ${shape.join(',')} ${shapeOf(stride)?.join(',') ?? ''}` : null;
  return { type: 'tensor', shape, dtype: dtype ?? from?.dtype ?? null, identity: place };
}

/** A storage that is a file of its own within the pickle: bytes, or before protocol 3 a text in their place. */
function storageInBytes(value: PickleValue | undefined): PickleValue {
  if (typeof value !== 'object' || value === null) return null;
  if (value.type === 'bytes') return storageOf(value.storage);
  const text = value.type === 'object' && value.made.path === '_codecs.encode' ? pickleItems(value.args)[0] : null;
  return storageOf(typeof text === 'string' ? storageWithin(text.slice(0, 1000)) : null);
}

/** Storages within a pickle are never shared: each tensor brings its own. */
function storageOf(className: string | null): PickleValue {
  return { type: 'storage', key: null, dtype: className === null ? null : storageDtype(className) };
}

type Call = (args: readonly PickleValue[]) => PickleValue;

/** A parameter: its tensor, then `requires_grad`. */
function parameterOf([data = null, trains]: readonly PickleValue[]): PickleValue {
  return typeof data === 'object' && data?.type === 'tensor' && trains === false ? { ...data, isFrozen: true } : data;
}

const emptyOrItems: Call = (args) => ({ type: 'list', items: [...pickleItems(args[0])] });

const dictionary: Call = (args) => {
  const [first] = args;
  if (typeof first === 'object' && first?.type === 'dict') return { type: 'dict', items: [...first.items] };
  return {
    type: 'dict',
    items: pickleItems(first).map((pair): [PickleValue, PickleValue] => {
      const [key, value] = pickleItems(pair);
      return [key ?? null, value ?? null];
    }),
  };
};

/** Results of the few functions that build tensors and containers, worked out here. */
const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['torch._utils._rebuild_tensor', (args) => viewOfStorage(args, null)],
  ['torch._utils._rebuild_tensor_v2', (args) => viewOfStorage(args, null)],
  ['torch._utils._rebuild_tensor_v3', (args) => viewOfStorage(args, dtypeOf(args[6]))],
  ['torch._utils._rebuild_qtensor', (args) => viewOfStorage(args, null)],
  ['torch.storage._load_from_bytes', (args) => storageInBytes(args[0])],
  ['torch._utils._rebuild_parameter', parameterOf],
  ['torch._utils._rebuild_parameter_with_state', parameterOf],
  [
    'torch._utils._rebuild_meta_tensor_no_storage',
    (args) => ({ type: 'tensor', shape: shapeOf(args[1]), dtype: dtypeOf(args[0]), identity: null }),
  ],
  [
    'torch._utils._rebuild_wrapper_subclass',
    (args) => ({ type: 'tensor', shape: shapeOf(args[2]), dtype: dtypeOf(args[1]), identity: null }),
  ],
  [
    'torch._utils._rebuild_sparse_tensor',
    (args) => ({ type: 'tensor', shape: shapeOf(pickleItems(args[1])[2]), dtype: null, identity: null }),
  ],
  ['torch._tensor._rebuild_from_type_v2', (args) => callGlobal(args[0], pickleItems(args[2]))],
  ['torch._tensor._rebuild_from_type', (args) => callGlobal(args[0], pickleItems(args[2]))],
  ['torch.jit._pickle.restore_type_tag', (args) => args[0] ?? null],
  ...['intlist', 'doublelist', 'boollist', 'tensorlist'].map((kind): [string, Call] => [
    `torch.jit._pickle.build_${kind}`,
    emptyOrItems,
  ]),
  ['torch.Size', emptyOrItems],
  ['collections.OrderedDict', dictionary],
  ['builtins.dict', dictionary],
  ['__builtin__.dict', dictionary],
  ['collections.defaultdict', () => ({ type: 'dict', items: [] })],
  ...['set', 'frozenset', 'list', 'tuple'].flatMap((name): [string, Call][] => [
    [`builtins.${name}`, emptyOrItems],
    [`__builtin__.${name}`, emptyOrItems],
  ]),
]);

/** The result of a pickle's REDUCE. For a function that is not known here, an opaque object. */
export function callGlobal(called: PickleValue | undefined, args: readonly PickleValue[]): PickleValue {
  const list: PickleList = { type: 'list', items: [...args] };
  if (typeof called !== 'object' || called?.type !== 'global') {
    return { type: 'object', made: { type: 'global', path: '?' }, args: list, state: null };
  }
  const known = calls.get(called.path);
  // `_rebuild_from_type_v2` calls its argument: once, and never itself.
  if (known !== undefined && !(isRebuildFromType(called) && isRebuildFromType(args[0]))) return known(args);
  if (called.path === 'copy_reg._reconstructor' || called.path === 'copyreg._reconstructor') {
    const [first] = args;
    if (typeof first === 'object' && first?.type === 'global') return instanceOf(first, list);
  }
  return instanceOf(called, list);
}

function isRebuildFromType(value: PickleValue | undefined): boolean {
  return typeof value === 'object' && value?.type === 'global' && value.path.startsWith('torch._tensor._rebuild');
}

/** An instance of a class: a dictionary for the known ones, else opaque. */
export function instanceOf(made: PickleGlobal, args: PickleValue): PickleValue {
  if (made.path === 'collections.OrderedDict' || made.path === 'collections.defaultdict') {
    return { type: 'dict', items: [] };
  }
  return { type: 'object', made, args, state: null };
}

/**
 * The object behind a persistent id. torch writes `('storage', class, key, location, size)`. Before 1.6 it also wrote `('module',
 * class, file, source)` for a class whose source it saved.
 */
export function resolvePersistentId(id: PickleValue): PickleValue {
  const [tag, storageClass, key] = pickleItems(id);
  if (tag === 'module') return storageClass ?? null;
  if (tag !== 'storage' || (typeof key !== 'string' && typeof key !== 'number')) return null;
  const name = typeof storageClass === 'object' && storageClass?.type === 'global' ? storageClass.path : '';
  return { type: 'storage', key: String(key), dtype: storageDtype(name.replace(/^.*\./, '')) };
}
