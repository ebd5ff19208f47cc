import { type ModuleTree } from '../module-tree/module-tree.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { createHashedNames, type HashedTexts } from './hashed-texts.ts';
import type { PatternSweep, SweepPattern } from './pattern-sweep.ts';

/** What selections look up in a tree, built when first asked for and kept. */
export interface TreeIndex {
  readonly tree: ModuleTree;
  readonly indexOf: (name: string) => number | undefined;
  readonly nameOf: (module: number) => string;
  /** Index into `tree.types`; `undefined` for a type that no module has. */
  readonly typeIdOf: (type: string) => number | undefined;
  /** The type of a module; `null` when the source does not tell. */
  readonly typeOf: (module: number) => string | null;
  /** `typeId` that stands for "unknown", or -1. */
  readonly unknownTypeId: number;
  /** Number of modules of each type id. */
  readonly typeCounts: Uint32Array;
  readonly sweep: (pattern: string, python: PythonVersion) => PatternSweep;
  /** The names of the model under their indices, and other texts. */
  readonly texts: HashedTexts;
  /** A zero for each module: what every selection without excludes has. Never written to. */
  readonly noExcludes: Uint32Array<ArrayBuffer>;
}

/** Masks of at most this many patterns are kept, the least recently used going first. */
const keptSweeps = 256;

/** Creates the index of a tree; `sweep` runs a pattern over packed names. */
export function createTreeIndex(tree: ModuleTree, sweep: SweepPattern): TreeIndex {
  let names: Map<string, number> | null = null;
  const typeIds = new Map(tree.types.map((type, id) => [type, id] as const));
  const unknownTypeId = typeIds.get('') ?? -1;
  const typeCounts = new Uint32Array(tree.types.length);
  for (let module = 0; module < tree.size; module++) typeCounts[tree.typeId[module]!]!++;
  const sweeps = new Map<string, PatternSweep>();

  function nameIndex(): Map<string, number> {
    if (names === null) {
      names = new Map();
      for (let module = 0; module < tree.size; module++) names.set(nameAt(tree.names, module), module);
    }
    return names;
  }

  const indexOf = (name: string): number | undefined => nameIndex().get(name);
  let texts: HashedTexts | null = null;

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
    noExcludes: new Uint32Array(tree.size),
  };
}
