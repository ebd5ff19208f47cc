import { pythonStringRepr } from '../../python/string-repr.ts';
import { NotSupported } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyClass, PyDescriptor, PyInstance, PyList, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Function = (given: Arguments) => PyValue;

function textAt({ positional }: Arguments, at = 0): string {
  const value = decided(positional[at] ?? null);
  const path = value instanceof PyInstance ? pathOf.get(value) : undefined;
  if (path !== undefined) return textOfPath(path);
  if (typeof value !== 'string') throw new NotSupported();
  return value;
}

function join(parts: readonly string[]): string {
  return parts.reduce((path, part) => (part.startsWith('/') || path === '' ? part : path.endsWith('/') ? path + part : `${path}/${part}`));
}

function splitExtension(path: string): readonly [string, string] {
  const [, root = '', extension = ''] = /^([^]*?(?:^|\/)\.*[^/.][^/]*?)(\.[^./]*)$/.exec(path) ?? [];
  return root === '' ? [path, ''] : [root, extension];
}

function directory(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '');
}

/** A path as pathlib keeps it: `/` at the start or not, and its parts. */
interface Path {
  readonly isAbsolute: boolean;
  readonly parts: readonly string[];
}

const pathOf = new WeakMap<PyInstance, Path>();

function parsePath(text: string): Path {
  if (text.startsWith('//') && !text.startsWith('///')) throw new NotSupported();
  return { isAbsolute: text.startsWith('/'), parts: text.split('/').filter((part) => part !== '' && part !== '.') };
}

function textOfPath({ isAbsolute, parts }: Path): string {
  return (isAbsolute ? '/' : '') + parts.join('/') || '.';
}

function joinPath(first: Path, given: Arguments): Path {
  return given.positional.reduce<Path>((path, _, at) => {
    const next = parsePath(textAt(given, at));
    return next.isAbsolute ? next : { isAbsolute: path.isAbsolute, parts: [...path.parts, ...next.parts] };
  }, first);
}

/** The name of a path in two parts; a point at its start or end begins no suffix. */
function nameParts({ parts }: Path): readonly [stem: string, suffix: string] {
  const name = parts.at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return dot > 0 && dot < name.length - 1 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

function renamed(path: Path, name: string): PyInstance {
  if (path.parts.length === 0 || name === '' || name.includes('/')) throw new NotSupported();
  return makePath({ ...path, parts: [...path.parts.slice(0, -1), name] });
}

/** Attributes that ask nothing of the disk. */
const properties: Readonly<Record<string, (path: Path) => PyValue>> = {
  name: ({ parts }) => parts.at(-1) ?? '',
  parent: (path) => makePath({ ...path, parts: path.parts.slice(0, -1) }),
  parts: ({ isAbsolute, parts }) => new PyTuple([...(isAbsolute ? ['/'] : []), ...parts]),
  stem: (path) => nameParts(path)[0],
  suffix: (path) => nameParts(path)[1],
  suffixes: ({ parts }) => {
    const name = parts.at(-1) ?? '';
    return new PyList(name.endsWith('.') ? [] : name.replace(/^\.+/, '').split('.').slice(1).map((part) => `.${part}`));
  },
};

const methods: Readonly<Record<string, (path: Path, given: Arguments) => PyValue>> = {
  __eq__: (path, { positional: [other = null] }) => {
    const second = other instanceof PyInstance ? pathOf.get(other) : undefined;
    return second !== undefined && textOfPath(second) === textOfPath(path);
  },
  __fspath__: textOfPath,
  __repr__: (path) => `PosixPath(${pythonStringRepr(textOfPath(path))})`,
  __rtruediv__: (path, given) => makePath(joinPath(parsePath(textAt(given)), { positional: [makePath(path)], named: new Map() })),
  __str__: textOfPath,
  __truediv__: (path, given) => makePath(joinPath(path, given)),
  as_posix: textOfPath,
  is_absolute: ({ isAbsolute }) => isAbsolute,
  joinpath: (path, given) => makePath(joinPath(path, given)),
  with_name: (path, given) => renamed(path, textAt(given)),
  with_stem: (path, given) => renamed(path, textAt(given) + nameParts(path)[1]),
  with_suffix: (path, given) => {
    const suffix = textAt(given);
    if (suffix !== '' && !/^\.[^/.]+$/.test(suffix)) throw new NotSupported();
    return renamed(path, nameParts(path)[0] + suffix);
  },
};

function ownPath({ positional: [self = null] }: Arguments): Path {
  const path = self instanceof PyInstance ? pathOf.get(self) : undefined;
  if (!path) throw new NotSupported();
  return path;
}

const pathClass = new PyClass(
  'PosixPath',
  new Map<string, PyValue>([
    ...Object.entries(properties).map(([name, find]) => [name, new PyDescriptor('property', new PyBuiltin(name, (given) => find(ownPath(given))))] as const),
    ...Object.entries(methods).map(
      ([name, method]) => [name, new PyBuiltin(name, (given) => method(ownPath(given), { positional: given.positional.slice(1), named: given.named }))] as const,
    ),
  ]),
  [],
);

/** A path as a value. Of POSIX, as on most machines that train. */
function makePath(path: Path): PyInstance {
  const made = new PyInstance(pathClass);
  pathOf.set(made, path);
  return made;
}

/** Paths as texts (`os.path`) and as objects (`pathlib`), of POSIX. */
export const pathFunctions: Readonly<Record<string, Function>> = {
  'os.path.basename': (given) => textAt(given).replace(/^[^]*\//, ''),
  'os.path.dirname': (given) => directory(textAt(given)),
  'os.path.join': (given) => join(given.positional.map((_, at) => textAt(given, at))),
  'os.path.split': (given) => new PyTuple([directory(textAt(given)), textAt(given).replace(/^[^]*\//, '')]),
  'os.path.splitext': (given) => new PyTuple(splitExtension(textAt(given))),
  'pathlib.Path': (given) => {
    if (given.named.size > 0) throw new NotSupported();
    return makePath(joinPath(parsePath(''), given));
  },
  'pathlib.PurePath': (given) => makePath(joinPath(parsePath(''), given)),
  'pathlib.PurePosixPath': (given) => makePath(joinPath(parsePath(''), given)),
};
