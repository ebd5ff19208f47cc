import { fail, succeed, type Result } from '../result.ts';
import type { TreeBuildError, TreeLimits } from './tree-limits.ts';
import { parentName } from './parent-name.ts';

interface OrderedEntries {
  /** Entry of each row in pre-order; `-1 - k` for the k-th implied parent. */
  readonly entryOf: Int32Array;
  readonly impliedNames: readonly string[];
  readonly depth: Uint32Array<ArrayBuffer>;
  readonly parent: Int32Array<ArrayBuffer>;
  readonly end: Uint32Array<ArrayBuffer>;
  readonly rowOfName: ReadonlyMap<string, number>;
  readonly reordered: boolean;
}

/**
 * Puts entries in pre-order, the root first, and implies parents that are left out (rules T1c, T1d).
 * @param sourceIndices The index of each entry in its source, for errors.
 */
export function orderEntries(
  names: readonly string[],
  sourceIndices: readonly number[],
  limits: TreeLimits,
): Result<OrderedEntries, TreeBuildError> {
  if (names.length > limits.maxModules) return fail({ type: 'too-many-modules', limit: limits.maxModules });
  let units = 0;
  for (const name of names) units += name.length;
  if (units > limits.maxNameUnits) return fail({ type: 'names-too-long', limit: limits.maxNameUnits });
  return takeInOrder(names, sourceIndices, limits) ?? sortIntoTree(names, sourceIndices, limits);
}

/** The usual case: the entries already are complete and in pre-order. Null when they are not. */
function takeInOrder(
  names: readonly string[],
  sourceIndices: readonly number[],
  limits: TreeLimits,
): Result<OrderedEntries, TreeBuildError> | null {
  if (names[0] !== '') return null;
  const size = names.length;
  const depth = new Uint32Array(size);
  const parent = new Int32Array(size);
  const end = new Uint32Array(size);
  const entryOf = new Int32Array(size);
  const rowOfName = new Map<string, number>([['', 0]]);
  parent[0] = -1;
  const stack: number[] = [0];
  for (let row = 1; row < size; row++) {
    const name = names[row]!;
    if (name === '') return duplicate(name, sourceIndices[0]!, sourceIndices[row]!);
    const parentOfRow = parentName(name);
    while (stack.length > 0 && names[stack.at(-1)!] !== parentOfRow) end[stack.pop()!] = row;
    if (stack.length === 0) return null;
    if (stack.length > limits.maxDepth) return tooDeep(name, sourceIndices[row]!, limits);
    const first = rowOfName.get(name);
    if (first !== undefined) return duplicate(name, sourceIndices[first]!, sourceIndices[row]!);
    rowOfName.set(name, row);
    entryOf[row] = row;
    parent[row] = stack.at(-1)!;
    depth[row] = stack.length;
    stack.push(row);
  }
  for (const row of stack) end[row] = size;
  return succeed({ entryOf, impliedNames: [], depth, parent, end, rowOfName, reordered: false });
}

/** Nodes in order of first appearance (of themselves or of something below), then a walk in pre-order. */
function sortIntoTree(
  names: readonly string[],
  sourceIndices: readonly number[],
  limits: TreeLimits,
): Result<OrderedEntries, TreeBuildError> {
  const nodeOfName = new Map<string, number>([['', 0]]);
  const nodeNames: string[] = [''];
  const nodeEntries: number[] = [-1];
  const firstChild: number[] = [-1];
  const lastChild: number[] = [-1];
  const nextSibling: number[] = [-1];
  let units = 0;

  function createNode(name: string, parentNode: number): number {
    const node = nodeNames.push(name) - 1;
    nodeOfName.set(name, node);
    nodeEntries.push(-1);
    firstChild.push(-1);
    lastChild.push(-1);
    nextSibling.push(-1);
    if (firstChild[parentNode] === -1) firstChild[parentNode] = node;
    else nextSibling[lastChild[parentNode]!] = node;
    lastChild[parentNode] = node;
    units += name.length;
    return node;
  }

  for (let entry = 0; entry < names.length; entry++) {
    const name = names[entry]!;
    let node = nodeOfName.get(name);
    if (node === undefined) {
      if (levelsOf(name) > limits.maxDepth) return tooDeep(name, sourceIndices[entry]!, limits);
      const missing: string[] = [];
      let ancestor = name;
      while (!nodeOfName.has(ancestor)) {
        missing.push(ancestor);
        ancestor = parentName(ancestor);
      }
      node = nodeOfName.get(ancestor)!;
      for (let i = missing.length - 1; i >= 0; i--) node = createNode(missing[i]!, node);
      if (nodeNames.length > limits.maxModules) {
        return fail({ type: 'too-many-modules', limit: limits.maxModules });
      }
      if (units > limits.maxNameUnits) return fail({ type: 'names-too-long', limit: limits.maxNameUnits });
    }
    const taken = nodeEntries[node]!;
    if (taken >= 0) return duplicate(name, sourceIndices[taken]!, sourceIndices[entry]!);
    nodeEntries[node] = entry;
  }

  const size = nodeNames.length;
  const depth = new Uint32Array(size);
  const parent = new Int32Array(size);
  const end = new Uint32Array(size);
  const entryOf = new Int32Array(size);
  const rowOfName = new Map<string, number>();
  const impliedNames: string[] = [];
  let reordered = false;
  let lastEntry = -1;
  const openRows: number[] = [];
  const openNodes: number[] = [];
  let node = 0;
  for (let row = 0; row < size; row++) {
    const entry = nodeEntries[node]!;
    rowOfName.set(nodeNames[node]!, row);
    if (entry < 0) {
      entryOf[row] = -impliedNames.push(nodeNames[node]!);
    } else {
      entryOf[row] = entry;
      if (entry < lastEntry) reordered = true;
      lastEntry = entry;
    }
    parent[row] = openRows.at(-1) ?? -1;
    depth[row] = openRows.length;
    openRows.push(row);
    openNodes.push(node);
    let next = firstChild[node]!;
    while (next < 0 && openNodes.length > 0) {
      end[openRows.pop()!] = row + 1;
      next = nextSibling[openNodes.pop()!]!;
    }
    node = next;
  }
  return succeed({ entryOf, impliedNames, depth, parent, end, rowOfName, reordered });
}

function levelsOf(name: string): number {
  let levels = 1;
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) levels++;
  return levels;
}

function duplicate(name: string, first: number, second: number): Result<never, TreeBuildError> {
  return fail({ type: 'duplicate-name', name, first, second });
}

function tooDeep(name: string, sourceIndex: number, limits: TreeLimits): Result<never, TreeBuildError> {
  return fail({ type: 'too-deep', name, sourceIndex, limit: limits.maxDepth });
}
