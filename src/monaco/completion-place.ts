import { selectorKeys } from '../core/config/selector-keys.ts';
import { getLocation } from 'jsonc-parser';
import type { KeyPath } from '../core/config/value.ts';

/** The kind of name that belongs at a place in the text. */
export type WantedName = 'module' | 'pattern' | 'module-type' | 'target' | 'teacher-module';

export interface CompletionPlace {
  readonly wanted: WantedName;
  /** The typed part of the name. */
  readonly typed: string;
  /** Range of the string literal that the name replaces, quotes included; empty where there is none yet. */
  readonly offset: number;
  readonly length: number;
  /** The place of the value in the list. */
  readonly path: KeyPath;
  /** A key is wanted, not a value. */
  readonly isKey: boolean;
  /** A list is wanted, and one name was begun in its place. */
  readonly asList: boolean;
}

/** A name that completion offers. */
export interface NameOffer {
  readonly name: string;
  /** Shown behind it, e.g. the module's type. */
  readonly detail: string;
}

/** The completion that the model offers at `offset`; `null` where there is none. The text may be broken. */
export function completionPlaceAt(text: string, offset: number): CompletionPlace | null {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const begun = listPlaceAt(text, offset);
  if (begun) return begun;
  const wanted = wantedAt(path, isAtPropertyKey);
  if (!wanted) return null;
  const kind = { wanted, path, isKey: isAtPropertyKey, asList: false };
  const within =
    previousNode?.type === 'string' || (isAtPropertyKey && previousNode) ? holdsOffset(previousNode, offset) : false;
  if (!within || !previousNode) return { ...kind, typed: '', offset, length: 0 };
  const { offset: start, length } = previousNode;
  return { ...kind, typed: unquote(text.slice(start, offset)), offset: start, length };
}

/** A word without quotes where a list of names is wanted: behind `"op_types": Con`. */
function listPlaceAt(text: string, offset: number): CompletionPlace | null {
  const word = /[\w.]+$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const start = offset - word.length;
  if (word === '' || !wantsListAt(text.slice(0, start), start)) return null;
  const { path } = getLocation(text.slice(0, start), start);
  const wanted = wantedInLists.get(String(path[1]));
  return wanted ? { wanted, typed: word, offset: start, length: word.length, path, isKey: false, asList: true } : null;
}

/** Keys whose value is a list of names. */
export const listKeys: ReadonlySet<string> = new Set([...selectorKeys, 'target_names']);

/** Whether a list is wanted at `offset`, where nothing of it is there yet: behind `"op_types": `. */
export function wantsListAt(text: string, offset: number): boolean {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const isFree = !previousNode || previousNode.offset + previousNode.length < offset;
  return !isAtPropertyKey && isFree && path.length === 2 && listKeys.has(String(path[1]));
}

function holdsOffset(node: { readonly offset: number; readonly length: number }, offset: number): boolean {
  return node.offset < offset && offset <= node.offset + node.length;
}

const wantedInLists: ReadonlyMap<string, WantedName> = new Map([
  ['op_names', 'module'],
  ['exclude_op_names', 'module'],
  ['op_names_re', 'pattern'],
  ['exclude_op_names_re', 'pattern'],
  ['op_types', 'module-type'],
  ['exclude_op_types', 'module-type'],
  ['target_names', 'target'],
  ['link', 'teacher-module'],
]);

const wantedByKey: ReadonlyMap<string, WantedName> = new Map([
  ['module_name', 'module'],
  ['target_name', 'target'],
  ['link', 'teacher-module'],
]);

function wantedAt(path: KeyPath, isAtPropertyKey: boolean): WantedName | null {
  const last = path.at(-1);
  const above = path.at(-2);
  if (isAtPropertyKey) return path.length === 3 && above === 'target_settings' ? 'target' : null;
  if (typeof last === 'string') return wantedByKey.get(last) ?? null;
  if (typeof above === 'string') return wantedInLists.get(above) ?? null;
  return path.at(-3) === 'fuse_names' ? 'module' : null;
}

/** The start of a string literal, read as far as it goes. */
function unquote(literal: string): string {
  try {
    return JSON.parse(`${literal}"`) as string;
  } catch {
    return literal.slice(1);
  }
}
