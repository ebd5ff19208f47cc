import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { countTypes } from '../module-tree/tree-index.ts';

/** A module type with the number of its modules. */
export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** Modules of one spec that a sub-config selects. */
export interface SelectedSpec {
  readonly spec: ModuleSpec;
  readonly count: number;
  readonly firstModule: number;
}

const typesOfTree = new WeakMap<ModuleTree, readonly TypeCount[]>();
const specsOfMask = new WeakMap<Uint8Array, readonly SelectedSpec[]>();

/** The known types of a model, the commonest first; worked out once. */
export function typeCounts(tree: ModuleTree): readonly TypeCount[] {
  const known = typesOfTree.get(tree);
  if (known) return known;
  const counts = countTypes(tree);
  const types = tree.types
    .map((type, id): TypeCount => ({ type, count: counts[id] ?? 0 }))
    .filter(({ type }) => type !== '')
    .toSorted((a, b) => b.count - a.count);
  typesOfTree.set(tree, types);
  return types;
}

/** The specs among the selected modules, in order of appearance; `state` holds 1 for each that is selected. */
export function selectedSpecs(tree: ModuleTree, state: Uint8Array): readonly SelectedSpec[] {
  const known = specsOfMask.get(state);
  if (known) return known;
  const counts = new Uint32Array(tree.specs.length);
  const order: { readonly id: number; readonly firstModule: number }[] = [];
  const size = Math.min(tree.size, state.length);
  for (let module = 0; module < size; module++) {
    if (state[module] !== 1) continue;
    const id = tree.specId[module]!;
    if (counts[id] === 0) order.push({ id, firstModule: module });
    counts[id]!++;
  }
  const specs = order.map(({ id, firstModule }): SelectedSpec => {
    return { spec: tree.specs[id]!, count: counts[id]!, firstModule };
  });
  specsOfMask.set(state, specs);
  return specs;
}

/** The module types among specs, each once. */
export function typesOf(specs: readonly SelectedSpec[]): readonly string[] {
  return [...new Set(specs.flatMap(({ spec }) => (spec.type === null ? [] : [spec.type])))];
}
