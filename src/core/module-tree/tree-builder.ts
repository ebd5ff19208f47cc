import { fail, succeed, type Result } from '../result.ts';
import type { ModelGraph } from './model-graph.ts';
import type { Lack, ModuleSpec, ModuleTree, SourceFormat } from './module-tree.ts';
import type { TreeNote } from './tree-note.ts';
import { createNamePacker } from './packed-names.ts';

/** How large a tree may get; a reader's caller can raise them. */
export interface TreeLimits {
  readonly maxModules: number;
  /** UTF-16 units of all names together. */
  readonly maxNameUnits: number;
  /** Levels below the root. */
  readonly maxDepth: number;
}

/** Far above any real model, far below what would exhaust a browser tab. */
export const defaultTreeLimits: TreeLimits = { maxModules: 2_000_000, maxNameUnits: 400_000_000, maxDepth: 1000 };

/** Why entries do not make a tree. Source indices are those given to `add`. */
export type TreeBuildError =
  | { readonly type: 'duplicate-name'; readonly name: string; readonly first: number; readonly second: number }
  | { readonly type: 'too-many-modules'; readonly limit: number }
  | { readonly type: 'names-too-long'; readonly limit: number }
  | { readonly type: 'too-deep'; readonly name: string; readonly sourceIndex: number; readonly limit: number };

/** What a tree says about itself beside its modules. */
export interface TreeHeader {
  readonly model: string;
  readonly source: string | null;
  readonly producer: string | null;
  readonly format: SourceFormat;
  readonly lacks: readonly Lack[];
  /** The data flow, where the source has one. */
  readonly graph?: ModelGraph | null;
  readonly notes?: readonly TreeNote[];
  /** False for sources in which every parent is implied anyway, so that the note would be noise. */
  readonly noteImplied?: boolean;
}

/** Collects modules in any order. */
export interface TreeBuilder {
  /** The number under which an equal spec is kept. */
  readonly internSpec: (spec: ModuleSpec) => number;
  /** Adds a module; `sourceIndex` is its place in the source (by default: how many were added before). */
  readonly add: (name: string, specId: number, sourceIndex?: number) => void;
  readonly count: () => number;
  /** Says that module `name` is the same object as `first`. */
  readonly share: (name: string, first: string) => void;
  /** Says that parameter `name` is the same tensor as parameter `first` (full names). */
  readonly tie: (name: string, first: string) => void;
  /** Changes every spec kept so far (interning is not repeated). */
  readonly mapSpecs: (change: (spec: ModuleSpec) => ModuleSpec) => void;
  /** The tree; the builder must not be used afterwards. */
  readonly finish: (header: TreeHeader) => Result<ModuleTree, TreeBuildError>;
}

/** What is known of a module that no source names: nothing. */
export const unknownSpec: ModuleSpec = {
  type: null,
  className: null,
  parameters: null,
  buffers: null,
  forward: null,
  extraRepr: null,
};

/** The name of a module's parent; the root's parent is itself. */
export function parentName(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(0, dot);
}

/** Creates a builder (rule T1). */
export function createTreeBuilder(limits: TreeLimits = defaultTreeLimits): TreeBuilder {
  const names: string[] = [];
  const specIds: number[] = [];
  const sourceIndices: number[] = [];
  let specs: ModuleSpec[] = [];
  const specIdOfKey = new Map<string, number>();
  const shares: [string, string][] = [];
  const tiedTo = new Map<string, string>();

  function internSpec(spec: ModuleSpec): number {
    const key = JSON.stringify([
      spec.type, spec.className, spec.parameters, spec.buffers, spec.forward, spec.extraRepr, spec.attributes,
    ]);
    const known = specIdOfKey.get(key);
    if (known !== undefined) return known;
    specIdOfKey.set(key, specs.length);
    return specs.push(spec) - 1;
  }

  return {
    internSpec,
    add(name, specId, sourceIndex = names.length) {
      names.push(name);
      specIds.push(specId);
      sourceIndices.push(sourceIndex);
    },
    count: () => names.length,
    share(name, first) {
      shares.push([name, first]);
    },
    tie(name, first) {
      tiedTo.set(name, first);
    },
    mapSpecs(change) {
      specs = specs.map(change);
    },
    finish(header) {
      const ordered = orderEntries(names, sourceIndices, limits);
      if (!ordered.ok) return ordered;
      const { entryOf, impliedNames, rowOfName } = ordered.value;
      const notes: TreeNote[] = [...(header.notes ?? [])];
      let impliedSpec = -1;
      if (impliedNames.length > 0) {
        impliedSpec = internSpec(unknownSpec);
        if (header.noteImplied !== false) {
          notes.push({ type: 'implied-parents', count: impliedNames.length, first: impliedNames[0]! });
        }
      }
      if (ordered.value.reordered) notes.push({ type: 'reordered' });

      const size = entryOf.length;
      const columns = ordered.value;
      const specId = new Uint32Array(size);
      const sourceIndex = new Int32Array(size);
      const typeId = new Uint32Array(size);
      const types: string[] = [];
      const typeIdOfType = new Map<string, number>();
      const typeIdOfSpec = new Int32Array(specs.length).fill(-1);
      const packer = createNamePacker(size);
      for (let row = 0; row < size; row++) {
        const entry = entryOf[row]!;
        const spec = entry < 0 ? impliedSpec : specIds[entry]!;
        packer.append(entry < 0 ? impliedNames[-1 - entry]! : names[entry]!);
        specId[row] = spec;
        sourceIndex[row] = entry < 0 ? -1 : sourceIndices[entry]!;
        let type = typeIdOfSpec[spec]!;
        if (type < 0) {
          const typeName = specs[spec]!.type ?? '';
          type = typeIdOfType.get(typeName) ?? types.push(typeName) - 1;
          typeIdOfType.set(typeName, type);
          typeIdOfSpec[spec] = type;
        }
        typeId[row] = type;
      }

      const sharedWith = new Map<number, number>();
      for (const [name, first] of shares) {
        const row = rowOfName.get(name);
        const firstRow = rowOfName.get(first);
        if (row === undefined) continue;
        if (firstRow === undefined || firstRow === row) {
          notes.push({ type: 'shared-with-missing', name, first });
        } else {
          sharedWith.set(row, firstRow);
        }
      }
      return succeed({
        model: header.model,
        source: header.source,
        producer: header.producer,
        format: header.format,
        lacks: header.lacks,
        size,
        names: packer.finish(),
        depth: columns.depth,
        parent: columns.parent,
        end: columns.end,
        types,
        typeId,
        specs,
        specId,
        sourceIndex,
        sharedWith,
        tiedTo,
        graph: header.graph ?? null,
        notes,
      });
    },
  };
}

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

function orderEntries(
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
