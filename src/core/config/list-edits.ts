import { fail, succeed, type Result } from '../result.ts';
import {
  isConfigList,
  isConfigObject,
  getKey,
  withKey,
  withoutKey,
  type ConfigList,
  type ConfigObject,
  type ConfigValue,
  type KeyPath,
} from './value.ts';

/** One change to a list. Paths start at the list: `[subConfigIndex, key, …]`. */
export type ListEdit =
  | { readonly type: 'set'; readonly path: KeyPath; readonly value: ConfigValue }
  | { readonly type: 'remove'; readonly path: KeyPath }
  | { readonly type: 'move'; readonly from: number; readonly to: number };

/** An edit that does not fit the list it was made for. */
export interface ListEditError {
  readonly edit: ListEdit;
  readonly message: string;
}

/** Applies edits in order; each edit sees the results of the earlier ones. Nothing changes when one does not fit. */
export function applyListEdits(
  list: readonly ConfigObject[],
  edits: readonly ListEdit[],
): Result<readonly ConfigObject[], ListEditError> {
  let current = list;
  for (const edit of edits) {
    const next = applyOne(current, edit);
    if (!next?.every(isConfigObject)) return fail({ edit, message: 'The list has changed: this edit does not fit it any more.' });
    current = next;
  }
  return succeed(current);
}

/** The same for a list that may hold anything; `null` when an edit does not fit. */
export function editAnyList(list: ConfigList, edits: readonly ListEdit[]): ConfigList | null {
  return edits.reduce<ConfigList | null>((current, edit) => current && applyOne(current, edit), list);
}

function applyOne(list: ConfigList, edit: ListEdit): ConfigList | null {
  if (edit.type === 'move') {
    const moved = list[edit.from];
    if (moved === undefined || edit.to < 0 || edit.to >= list.length) return null;
    const rest = list.toSpliced(edit.from, 1);
    return rest.toSpliced(edit.to, 0, moved);
  }
  const changed = edit.type === 'set' ? setAt(list, edit.path, edit.value) : removeAt(list, edit.path);
  return isConfigList(changed) ? changed : null;
}

/**
 * The value with `replacement` at `path`. Objects that are missing on the way are made; a list grows by one at its
 * end. `undefined` when the path leads through something else.
 */
export function setAt(value: ConfigValue, path: KeyPath, replacement: ConfigValue): ConfigValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return replacement;
  if (typeof step === 'number') {
    if (!isConfigList(value) || !Number.isInteger(step) || step < 0 || step > value.length) return undefined;
    const item = setAt(value[step] ?? emptyFor(rest), rest, replacement);
    return item === undefined ? undefined : value.toSpliced(step, 1, item);
  }
  if (!isConfigObject(value)) return undefined;
  const inner = setAt(getKey(value, step) ?? emptyFor(rest), rest, replacement);
  return inner === undefined ? undefined : withKey(value, step, inner);
}

/** The value without the part at `path`; `undefined` when `path` has no value. */
export function removeAt(value: ConfigValue, path: KeyPath): ConfigValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (typeof step === 'number') {
    if (!isConfigList(value)) return undefined;
    const item = value[step];
    if (item === undefined) return undefined;
    if (rest.length === 0) return value.toSpliced(step, 1);
    const inner = removeAt(item, rest);
    return inner === undefined ? undefined : value.toSpliced(step, 1, inner);
  }
  if (!isConfigObject(value)) return undefined;
  const item = getKey(value, step);
  if (item === undefined) return undefined;
  if (rest.length === 0) return withoutKey(value, step);
  const inner = removeAt(item, rest);
  return inner === undefined ? undefined : withKey(value, step, inner);
}

/** The value at `path`, or `undefined`. */
export function getAt(value: ConfigValue, path: KeyPath): ConfigValue | undefined {
  let current: ConfigValue | undefined = value;
  for (const step of path) {
    if (typeof step === 'number') current = isConfigList(current) ? current[step] : undefined;
    else current = isConfigObject(current) ? getKey(current, step) : undefined;
  }
  return current;
}

function emptyFor(rest: KeyPath): ConfigValue {
  return typeof rest[0] === 'number' ? [] : { type: 'object', entries: [] };
}
