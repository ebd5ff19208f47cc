import type { ModuleTree } from '../module-tree/module-tree.ts';
import { childRows, moduleLabel, moduleName } from '../module-tree/tree-index.ts';
import { nearestText } from '../text/near-text.ts';

/** Labels that wrapping a model puts in front of its names. */
const wrappers: ReadonlySet<string> = new Set(['module', 'model', 'self', '_orig_mod', '_fsdp_wrapped_module']);
/** Children of the root that are tried as a prefix. */
const mostPrefixes = 32;

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
  return respelled(labels, tree, indexOf) ?? (wrappers.has(labels[0]!) && labels.length > 1 ? nearestModule(labels.slice(1).join('.'), tree, indexOf) : null);
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

const digits = (text: string): string => text.replaceAll(/\D/g, '');
