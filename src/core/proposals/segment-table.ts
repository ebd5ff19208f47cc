import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleLabel } from '../module-tree/tree-index.ts';

/** The names of a tree cut at their dots, as numbers, from which patterns are made. The root is one empty segment. */
export interface SegmentTable {
  readonly tree: ModuleTree;
  /** Distinct segments. */
  readonly texts: readonly string[];
  /** Last segment of each module, as an index into `texts`. */
  readonly last: Int32Array;
  /** Number of segments of a module's name. */
  readonly widthOf: (module: number) => number;
  /** The last `count` segments of a module's name, in order. */
  readonly tail: (module: number, count: number) => readonly number[];
  /** Per module a number, equal for modules whose last `count` segments agree; -1 for names with fewer. */
  readonly tailIds: (count: number) => Int32Array;
  /** Per module its ancestor (or itself) with so many segments; -1 for names with fewer. */
  readonly heads: (count: number) => Int32Array;
  /** Per module a number, equal for modules whose names differ in their numbers only. */
  readonly shapes: () => Int32Array;
}

const tables = new WeakMap<ModuleTree, SegmentTable>();

/** The segments of a tree's names, made once. */
export function segmentTable(tree: ModuleTree): SegmentTable {
  let table = tables.get(tree);
  if (!table) tables.set(tree, (table = createTable(tree)));
  return table;
}

function createTable(tree: ModuleTree): SegmentTable {
  const texts: string[] = [];
  const ids = new Map<string, number>();
  const last = new Int32Array(tree.size);
  for (let module = 0; module < tree.size; module++) {
    const label = moduleLabel(tree, module);
    let id = ids.get(label);
    if (id === undefined) {
      id = texts.push(label) - 1;
      ids.set(label, id);
    }
    last[module] = id;
  }
  const widthOf = (module: number): number => Math.max(1, tree.depth[module]!);
  const known = new Map<number, Int32Array>([[1, last]]);
  const knownHeads = new Map<number, Int32Array>();

  function tailIds(count: number): Int32Array {
    const made = known.get(count);
    if (made) return made;
    const shorter = tailIds(count - 1);
    const pairs = new Map<number, number>();
    const result = new Int32Array(tree.size).fill(-1);
    for (let module = 0; module < tree.size; module++) {
      if (tree.depth[module]! < count) continue;
      const above = shorter[tree.parent[module]!]!;
      const key = above * texts.length + last[module]!;
      let id = pairs.get(key);
      if (id === undefined) pairs.set(key, (id = pairs.size));
      result[module] = id;
    }
    known.set(count, result);
    return result;
  }

  let shapes: Int32Array | null = null;
  function findShapes(): Int32Array {
    const shapeOfText = internAll(texts.map((text) => text.replace(/[0-9]+/g, '0')));
    const pairs = new Map<number, number>();
    const result = new Int32Array(tree.size);
    for (let module = 1; module < tree.size; module++) {
      const key = result[tree.parent[module]!]! * texts.length + shapeOfText[last[module]!]!;
      let id = pairs.get(key);
      if (id === undefined) pairs.set(key, (id = pairs.size + 1));
      result[module] = id;
    }
    return result;
  }

  return {
    tree,
    texts,
    last,
    widthOf,
    tail(module, count) {
      const tail: number[] = [];
      for (let row = module; tail.length < count; row = tree.parent[row]!) tail.push(last[row]!);
      return tail.toReversed();
    },
    tailIds,
    heads(count) {
      const made = knownHeads.get(count);
      if (made) return made;
      const result = new Int32Array(tree.size).fill(-1);
      for (let module = 1; module < tree.size; module++) {
        const depth = tree.depth[module]!;
        if (depth === count) result[module] = module;
        else if (depth > count) result[module] = result[tree.parent[module]!]!;
      }
      knownHeads.set(count, result);
      return result;
    },
    shapes: () => (shapes ??= findShapes()),
  };
}

function internAll(texts: readonly string[]): Int32Array {
  const ids = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  });
}
