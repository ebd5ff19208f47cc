import type { TreeBuildError, TreeLimits } from '../../module-tree/tree-builder.ts';
import { defaultTreeLimits } from '../../module-tree/tree-builder.ts';
import { fail, type Result } from '../../result.ts';

/** Every way in which a file can fail to be a tree. Worded in `read-error-wording.ts`. */
export type ReadErrorCode =
  | 'empty-file'
  | 'not-recognised'
  | 'not-utf8'
  | 'json-syntax'
  | 'python-syntax'
  | 'print-syntax'
  | 'lines-not-understood'
  | 'gzip-broken'
  | 'zip-broken'
  | 'zip-without-pickle'
  | 'checkpoint-incomplete'
  | 'is-distributed'
  | 'too-large'
  | 'text-too-long'
  | 'reading-failed'
  | 'duplicate-name'
  | 'duplicate-tensor'
  | 'too-many-modules'
  | 'names-too-long'
  | 'too-deep'
  | 'no-modules'
  | 'entry-not-object'
  | 'entry-name'
  | 'entry-type'
  | 'entry-field'
  | 'newer-version'
  | 'is-plan'
  | 'is-config-list'
  | 'is-model-config'
  | 'is-notebook'
  | 'is-html'
  | 'is-python'
  | 'is-hdf5'
  | 'is-archive'
  | 'is-foreign'
  | 'is-pointer'
  | 'safetensors-broken'
  | 'safetensors-entry'
  | 'weight-map'
  | 'pickle-broken'
  | 'pickle-forbidden'
  | 'pickle-no-tensors'
  | 'pickle-too-large'
  | 'torchscript'
  | 'onnx-broken'
  | 'table-without-names'
  | 'folder-without-model'
  | 'different-models';

/** Why a file is no tree, as plain data. `values.file` names the file. */
export interface ReadError {
  readonly code: ReadErrorCode;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Limits of what is read; each can be raised by the caller up to `ceilings`. */
export interface ReadLimits extends TreeLimits {
  /** Bytes after decompression, and bytes of any part that must be held in memory. */
  readonly maxBytes: number;
  /** Lines within a model or list that need not be understood. */
  readonly maxUnreadLines: number;
}

/** What is read without being asked. */
export const defaultReadLimits: ReadLimits = { ...defaultTreeLimits, maxBytes: 500_000_000, maxUnreadLines: 3 };

/** What can be asked for: past these a browser tab fails without a word. */
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
  return limit === undefined || Number(error.values['limit']) >= readCeilings[limit] ? null : limit;
}

/** A failure with the given code. */
export function readFailure(
  code: ReadErrorCode,
  values: Readonly<Record<string, string | number>> = {},
): Result<never, ReadError> {
  return fail({ code, values });
}

/** Says of a builder's error where the entries stand in the source (`describe`: `entry 7`, `line 3`). */
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
