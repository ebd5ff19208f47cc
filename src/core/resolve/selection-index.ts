import { type ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import { createNameLookup } from '../module-tree/tree-index.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { createHashedNames, type HashedTexts } from '../python/hashed-texts.ts';
import type { PatternSweep, SweepPattern } from '../python-re/sweep-answer.ts';

/** The index of a tree for selections, built on first use and kept. */
export interface SelectionIndex {
  readonly tree: ModuleTree;
  readonly indexOf: (name: string) => number | undefined;
  readonly nameOf: (module: number) => string;
  /** Index into `tree.types`; `undefined` for a type that no module has. */
  readonly typeIdOf: (type: string) => number | undefined;
  /** The type of a module; `null` when the source does not say. */
  readonly typeOf: (module: number) => string | null;
  /** `typeId` for "unknown", or -1. */
  readonly unknownTypeId: number;
  /** Number of modules of each type id. */
  readonly typeCounts: Uint32Array;
  readonly sweep: (pattern: string, python: PythonVersion) => PatternSweep;
  /** The names of the model under their indices, and other texts. */
  readonly texts: HashedTexts;
  /** Modules that an NNI wrapper is attached to already: it is their child `_nni_wrapper`. */
  readonly wrapped: ReadonlySet<number>;
  /** Every module, ascending. */
  readonly allModules: Uint32Array;
  /** A zero for each module: the exclude mask of every selection without excludes. Never written to. */
  readonly noExcludes: Uint32Array<ArrayBuffer>;
  /** The same for a selection without a match. Never written to. */
  readonly noneSelected: Uint8Array<ArrayBuffer>;
}

/** Masks of at most this many patterns are kept, the least recently used going first. */
const keptSweeps = 256;

/** Creates the lookups for selections on a tree; `sweep` runs a pattern over packed names. */
export function createSelectionIndex(tree: ModuleTree, sweep: SweepPattern): SelectionIndex {
  const lookup = createNameLookup(tree);
  const typeIds = new Map(tree.types.map((type, id) => [type, id] as const));
  const unknownTypeId = typeIds.get('') ?? -1;
  const typeCounts = new Uint32Array(tree.types.length);
  for (let module = 0; module < tree.size; module++) typeCounts[tree.typeId[module]!]!++;
  const sweeps = new Map<string, PatternSweep>();

  const indexOf = (name: string): number | undefined => {
    const module = lookup.rowOf(name);
    return module < 0 ? undefined : module;
  };
  let texts: HashedTexts | null = null;
  let wrapped: ReadonlySet<number> | null = null;

  return {
    tree,
    indexOf,
    nameOf: (module) => nameAt(tree.names, module),
    typeIdOf: (type) => (type === '' ? undefined : typeIds.get(type)),
    typeOf(module) {
      const type = tree.types[tree.typeId[module]!]!;
      return type === '' ? null : type;
    },
    unknownTypeId,
    typeCounts,
    sweep(pattern, python) {
      const key = `${python} ${pattern}`;
      const known = sweeps.get(key);
      const result = known ?? sweep(pattern, python, tree.names);
      sweeps.delete(key);
      sweeps.set(key, result);
      if (sweeps.size > keptSweeps) sweeps.delete(sweeps.keys().next().value!);
      return result;
    },
    get texts() {
      return (texts ??= createHashedNames(tree.names, indexOf));
    },
    get wrapped() {
      return (wrapped ??= wrappedModules(tree));
    },
    allModules: Uint32Array.from({ length: tree.size }, (_, module) => module),
    noExcludes: new Uint32Array(tree.size),
    noneSelected: new Uint8Array(tree.size),
  };
}

const wrapperName = '_nni_wrapper';

function wrappedModules(tree: ModuleTree): ReadonlySet<number> {
  const found = new Set<number>();
  for (let module = 1; module < tree.size; module++) {
    const name = nameAt(tree.names, module);
    const parent = tree.parent[module]!;
    if (name.endsWith(wrapperName) && (parent === 0 ? name === wrapperName : name.endsWith(`.${wrapperName}`))) found.add(parent);
  }
  return found;
}
