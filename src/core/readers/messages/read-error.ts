import type { TreeBuildError, TreeLimits } from '../../module-tree/tree-limits.ts';
import { defaultTreeLimits } from '../../module-tree/tree-limits.ts';
import { fail, type Result } from '../../result.ts';

/** The name of the file, which all errors get in the end; some codes have no other value. */
interface NoValues {
  readonly file?: string;
}

/** Where an entry is, from 0; `name` is the module's, shortened. */
interface Entry {
  readonly entry: number;
}
interface NamedEntry extends Entry {
  readonly name: string;
}
/** The first characters of a text that is no model. */
interface Start {
  readonly start: string;
}
/** The limit that was passed. */
interface Limit {
  readonly limit: number;
}
/** A fault at a byte (from 0). */
interface BrokenAt {
  readonly reason: string;
  readonly byte: number;
}
/** A name that occurs twice, and where: `entry 3`, `line 7`. */
interface Twice {
  readonly name: string;
  readonly first: string;
  readonly second: string;
}
interface SyntaxAt {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}
/** A zip file: how many entries it has, and the name of the first. */
interface ZipEntries {
  readonly entries: number;
  readonly first: string;
}

/** Every way in which a file can fail to be a tree, with the values of its message. Worded in `read-error-wording.ts`. */
export interface ReadErrorValues {
  readonly 'empty-file': NoValues;
  readonly 'not-recognised': Start;
  readonly 'not-utf8': { readonly byte: number; readonly line: number };
  readonly 'json-syntax': SyntaxAt;
  readonly 'python-syntax': SyntaxAt;
  readonly 'print-syntax': { readonly line: number; readonly reason: 'run' | 'unclosed'; readonly text: string };
  /** `shown`: the first of these lines, worded. */
  readonly 'lines-not-understood': Limit & { readonly count: number; readonly shown: string };
  readonly 'gzip-broken': BrokenAt & { readonly bytes: number };
  readonly 'zip-broken': BrokenAt & { readonly isCut?: boolean };
  readonly 'zip-without-pickle': ZipEntries;
  readonly 'checkpoint-incomplete': ZipEntries;
  readonly 'is-distributed': NoValues;
  readonly 'too-large': Limit & { readonly bytes: number };
  readonly 'text-too-long': Limit & { readonly bytes: number };
  readonly 'reading-failed': BrokenAt;
  readonly 'duplicate-name': Twice;
  readonly 'duplicate-tensor': Twice;
  readonly 'too-many-modules': Limit;
  readonly 'names-too-long': Limit;
  readonly 'too-deep': Limit & { readonly name: string; readonly place: string };
  readonly 'no-modules': NoValues;
  readonly 'entry-not-object': Entry & { readonly found: string };
  readonly 'entry-name': Entry & { readonly found: string };
  readonly 'entry-type': NamedEntry & { readonly found: string };
  readonly 'entry-field': NamedEntry & { readonly field: string; readonly expected: string; readonly found: string };
  readonly 'newer-version': { readonly version: number; readonly newest: number };
  readonly 'is-plan': NoValues;
  readonly 'is-config-list': NoValues;
  readonly 'is-model-config': NoValues;
  readonly 'is-notebook': NoValues;
  readonly 'is-html': Start;
  readonly 'is-python': Start;
  readonly 'is-hdf5': NoValues;
  readonly 'is-archive': { readonly kind: string };
  readonly 'is-foreign': { readonly kind: string };
  readonly 'is-pointer': NoValues;
  readonly 'safetensors-broken': BrokenAt;
  readonly 'safetensors-entry': NamedEntry & { readonly reason: string };
  readonly 'weight-map': { readonly name: string; readonly found: string };
  readonly 'pickle-broken': BrokenAt & { readonly entry: string };
  readonly 'pickle-forbidden': { readonly global: string; readonly byte: number; readonly entry: string };
  readonly 'pickle-no-tensors': { readonly found: string };
  readonly 'pickle-too-large': Limit & { readonly byte: number; readonly entry: string };
  readonly torchscript: { readonly first: string };
  readonly 'onnx-broken': BrokenAt;
  readonly 'table-without-names': { readonly line: number };
  /** Lines that show types or whole modules, one each, and no names. */
  readonly 'lines-without-names': { readonly line: number; readonly count: number };
  /** The code that torch.export prints. */
  readonly 'is-graph-code': Start;
  /** An ONNX or TorchScript graph as text. */
  readonly 'is-graph-text': Start;
  readonly 'folder-without-model': { readonly count: number };
  /** `common`: how many names the two have in common. */
  readonly 'different-models': { readonly first: string; readonly second: string; readonly common: number };
}

export type ReadErrorCode = keyof ReadErrorValues;

/** Why a file is no tree, as plain data. `file` names the file. */
export type ReadError<Code extends ReadErrorCode = ReadErrorCode> = {
  [Each in Code]: { readonly code: Each; readonly values: ReadErrorValues[Each] & NoValues };
}[Code];

/** Limits of reading; the caller can raise each up to `ceilings`. */
export interface ReadLimits extends TreeLimits {
  /** Bytes after decompression, and bytes of any part that must be held in memory. */
  readonly maxBytes: number;
  /** Lines within a model or list that need not be understood. */
  readonly maxUnreadLines: number;
}

/** The limits that hold without another choice. */
export const defaultReadLimits: ReadLimits = { ...defaultTreeLimits, maxBytes: 500_000_000, maxUnreadLines: 3 };

/** The highest limits: past these a browser tab fails without a message. */
export const readCeilings: ReadLimits = {
  maxModules: 20_000_000,
  maxNameUnits: 2_000_000_000,
  maxDepth: 5000,
  maxBytes: 2_000_000_000,
  maxUnreadLines: 1_000_000_000,
};

const raisable: Readonly<Partial<Record<ReadErrorCode, keyof ReadLimits>>> = {
  'too-many-modules': 'maxModules',
  'names-too-long': 'maxNameUnits',
  'too-deep': 'maxDepth',
  'too-large': 'maxBytes',
  'lines-not-understood': 'maxUnreadLines',
};

/** The limit to raise so that the file can be opened after all; null when raising none would help. */
export function limitToRaise(error: ReadError): keyof ReadLimits | null {
  const limit = raisable[error.code];
  return limit === undefined || !('limit' in error.values) || error.values.limit >= readCeilings[limit] ? null : limit;
}

/** A failure with the given code and its values. */
export function readFailure<Code extends ReadErrorCode>(
  code: Code,
  ...[values]: NoValues extends ReadErrorValues[Code] ? [] : [values: ReadErrorValues[Code] & NoValues]
): Result<never, ReadError> {
  return fail({ code, values: values ?? {} } as ReadError);
}

/** The same error with the name of its file, unless it has one. */
export function withFile(error: ReadError, file: string): ReadError {
  return { code: error.code, values: { file, ...error.values } } as ReadError;
}

/** Adds to a builder's error the places of the entries in the source (`describe`: `entry 7`, `line 3`). */
export function treeBuildFailure(
  error: TreeBuildError,
  describe: (sourceIndex: number) => string,
): Result<never, ReadError> {
  if (error.type === 'duplicate-name') {
    const { name, first, second } = error;
    return readFailure(error.type, { name: shorten(name), first: describe(first), second: describe(second) });
  }
  if (error.type === 'too-deep') {
    const { name, sourceIndex, limit } = error;
    return readFailure(error.type, { name: shorten(name), place: describe(sourceIndex), limit });
  }
  return readFailure(error.type, { limit: error.limit });
}

/** At most `length` units of a text from outside, for use in a message. */
export function shorten(text: string, length = 80): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
