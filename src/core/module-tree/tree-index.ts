import type { ModuleSpec, ModuleTree } from './module-tree.ts';
import { nameAt } from './packed-names.ts';

/** Looks modules up by name. */
export interface NameLookup {
  /** Row of the module of that full name; -1 when the tree has none. */
  readonly rowOf: (name: string) => number;
}

/** Creates a look-up; the table of names is made at the first question. */
export function createNameLookup(tree: ModuleTree): NameLookup {
  let rows: Map<string, number> | null = null;
  return {
    rowOf(name) {
      if (rows === null) {
        rows = new Map();
        for (let row = 0; row < tree.size; row++) rows.set(nameAt(tree.names, row), row);
      }
      return rows.get(name) ?? -1;
    },
  };
}

/** Full name of a row. */
export function moduleName(tree: ModuleTree, row: number): string {
  return nameAt(tree.names, row);
}

/** Type name of a row; null when the source does not say. */
export function moduleType(tree: ModuleTree, row: number): string | null {
  const type = tree.types[tree.typeId[row]!]!;
  return type === '' ? null : type;
}

/** The spec of a row: everything but its name. */
export function moduleSpec(tree: ModuleTree, row: number): ModuleSpec {
  return tree.specs[tree.specId[row]!]!;
}

/** Byte in `names.bytes` at which the row's own part of its name starts. */
export function labelStart(tree: ModuleTree, row: number): number {
  const start = tree.names.offsets[row]!;
  const parent = tree.parent[row]!;
  if (parent <= 0) return start;
  return start + tree.names.offsets[parent + 1]! - tree.names.offsets[parent]! + 1;
}

/** The row's name below its parent (`0` of `layer1.0`); the root's is empty. */
export function moduleLabel(tree: ModuleTree, row: number): string {
  const start = labelStart(tree, row) - tree.names.offsets[row]!;
  // Bytes before the label may be more than its UTF-16 units: cut from the bytes, not from the text.
  if (start === 0) return nameAt(tree.names, row);
  const offsets = new Uint32Array([tree.names.offsets[row]! + start, tree.names.offsets[row + 1]!]);
  return nameAt({ ...tree.names, offsets }, 0);
}

/** Rows from the root (included) to the row (included). */
export function pathTo(tree: ModuleTree, row: number): number[] {
  const path: number[] = [];
  for (let at = row; at >= 0; at = tree.parent[at]!) path.push(at);
  return path.toReversed();
}

/** The rows right below `row`, in order. */
export function childRows(tree: ModuleTree, row: number): number[] {
  const children: number[] = [];
  const end = tree.end[row]!;
  for (let child = row + 1; child < end; child = tree.end[child]!) children.push(child);
  return children;
}

/** Whether anything is below the row. */
export function hasChildren(tree: ModuleTree, row: number): boolean {
  return tree.end[row]! > row + 1;
}

/** For each type id, how many modules have that type. */
export function countTypes(tree: ModuleTree): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(tree.types.length);
  for (let row = 0; row < tree.size; row++) counts[tree.typeId[row]!]!++;
  return counts;
}

/** Elements of a spec's own parameters; null where a shape is unknown. */
function parameterElements(spec: ModuleSpec): number | null {
  if (spec.parameters === null) return null;
  let total = 0;
  for (const parameter of spec.parameters) {
    if (parameter.isNone) continue;
    if (parameter.shape === null) return null;
    total += parameter.shape.reduce((product, size) => product * size, 1);
  }
  return total;
}

/** Totals of own parameters along the rows, as `prefixSums` does for masks. */
export interface ParameterSums {
  /** Element `i`: parameter elements of the rows before `i`; shared modules and tied tensors count once. */
  readonly elements: Float64Array<ArrayBuffer>;
  /** Whether every shape is known; else the sums are a lower bound. */
  readonly complete: boolean;
}

/** Sums up parameter elements; a parameter that several modules share is counted at the first. */
export function sumParameters(tree: ModuleTree): ParameterSums {
  const ofSpec = tree.specs.map(parameterElements);
  const elements = new Float64Array(tree.size + 1);
  let complete = true;
  for (let row = 0; row < tree.size; row++) {
    let own = tree.sharedWith.has(row) ? 0 : ofSpec[tree.specId[row]!]!;
    if (own === null) {
      complete = false;
      own = 0;
    }
    elements[row + 1] = own;
  }
  for (const [name, count] of tiedElements(tree)) elements[name + 1]! -= count;
  for (let row = 0; row < tree.size; row++) elements[row + 1]! += elements[row]!;
  return { elements, complete };
}

function tiedElements(tree: ModuleTree): [row: number, elements: number][] {
  if (tree.tiedTo.size === 0) return [];
  const index = createNameLookup(tree);
  const tied: [number, number][] = [];
  for (const full of tree.tiedTo.keys()) {
    const dot = full.lastIndexOf('.');
    const row = index.rowOf(dot < 0 ? '' : full.slice(0, dot));
    if (row < 0 || tree.sharedWith.has(row)) continue;
    const tensor = moduleSpec(tree, row).parameters?.find(({ name }) => name === full.slice(dot + 1));
    if (tensor?.shape) tied.push([row, tensor.shape.reduce((product, size) => product * size, 1)]);
  }
  return tied;
}
