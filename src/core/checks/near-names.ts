import type { ModuleTree } from '../module-tree/module-tree.ts';
import { childRows, moduleLabel, moduleName } from '../module-tree/tree-index.ts';

/** Slips of the hand in one name: more make it another name. */
const mostSlips = 2;
/** Labels that wrapping a model puts in front of its names. */
const wrappers: ReadonlySet<string> = new Set(['module', 'model', '_orig_mod', '_fsdp_wrapped_module']);
/** Children of the root that are tried as a prefix. */
const mostPrefixes = 32;

/**
 * The one candidate that a text was likely meant to be: the same but for case, `_` and `-`, else the nearest by letters
 * added, left out, taken for another or swapped. Numbers must agree; `null` when none is near or several are.
 */
export function nearestText(text: string, candidates: Iterable<string>): string | null {
  let nearest: { readonly text: string; readonly slips: number } | null = null;
  let isSingle = true;
  for (const candidate of candidates) {
    if (candidate === text) continue;
    const slips = slipsBetween(text, candidate);
    if (slips === null || (nearest && slips > nearest.slips)) continue;
    isSingle = nearest?.slips !== slips;
    nearest = { text: candidate, slips };
  }
  return isSingle ? (nearest?.text ?? null) : null;
}

/**
 * The one module that a name was likely meant for: without labels in front (`module.`), with the label that all of the
 * model lies below (`model.`), else with a label that is spelled otherwise at one level; `null` when none is plain.
 */
export function nearestModule(
  name: string,
  tree: ModuleTree,
  indexOf: (name: string) => number | undefined,
): string | null {
  const labels = name.split('.');
  // Of several labels in front, some may be the model's own.
  for (let taken = 1; wrappers.has(labels[taken - 1] ?? ''); taken++) {
    const inner = labels.slice(taken).join('.');
    if (inner !== '' && indexOf(inner) !== undefined) return inner;
  }
  const prefixed = childRows(tree, 0)
    .slice(0, mostPrefixes)
    .map((child) => `${moduleName(tree, child)}.${name}`)
    .filter((candidate) => indexOf(candidate) !== undefined);
  if (prefixed.length > 0) return prefixed.length === 1 ? prefixed[0]! : null;
  return respelled(labels, tree, indexOf);
}

/** Follows the labels from the root; where one is missing, its nearest sibling takes its place. */
function respelled(
  labels: readonly string[],
  tree: ModuleTree,
  indexOf: (name: string) => number | undefined,
): string | null {
  let row = 0;
  let name = '';
  for (const label of labels) {
    const exact = name === '' ? label : `${name}.${label}`;
    const found = indexOf(exact);
    if (found === undefined) {
      const children = new Map(childRows(tree, row).map((child) => [moduleLabel(tree, child), child]));
      const near = nearestText(label, children.keys()) ?? otherNumber(label, [...children.keys()]);
      if (near === null) return null;
      row = children.get(near)!;
      name = moduleName(tree, row);
    } else {
      row = found;
      name = exact;
    }
  }
  return name === '' ? null : name;
}

/** `fc1` is the only `fc`, and `bn` the only `bn1`: a first number is added or left out. */
function otherNumber(label: string, siblings: readonly string[]): string | null {
  const base = (text: string): string => text.replace(/\d+$/, '');
  const alike = siblings.filter((sibling) => base(sibling) === base(label) && base(sibling) !== '');
  const [only] = alike;
  if (alike.length !== 1 || only === undefined || only === label) return null;
  return /^[a-z_]*[01]?$/i.test(label) && /^[a-z_]*[01]?$/i.test(only) && (digits(label) === '' || digits(only) === '') ? only : null;
}

/** How many slips lie between two texts; `null` for more than a text of that length is meant to bear. */
function slipsBetween(text: string, candidate: string): number | null {
  const [a, b] = [fold(text), fold(candidate)];
  if (a === b) return 0;
  const most = Math.min(mostSlips, Math.floor(a.length / 3));
  if (Math.abs(a.length - b.length) > most || digits(a) !== digits(b)) return null;
  const slips = distance(a, b);
  return slips <= most ? slips : null;
}

/** The slips between two texts, however short, as long as they are not more than `most`; else `null`. */
export function slipsAtMost(text: string, candidate: string, most: number): number | null {
  const [a, b] = [fold(text), fold(candidate)];
  const slips = Math.abs(a.length - b.length) > most ? null : distance(a, b);
  return slips !== null && slips <= most ? slips : null;
}

const fold = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '');
const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** Optimal string alignment: letters added, left out, replaced, or two neighbours swapped. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
