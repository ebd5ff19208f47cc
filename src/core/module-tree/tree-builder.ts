import { succeed, type Result } from '../result.ts';
import type { ModelGraph } from './model-graph.ts';
import type { Lack, ModuleSpec, ModuleTree, SourceFormat } from './module-tree.ts';
import type { TreeNote } from './tree-note.ts';
import { createNamePacker } from './packed-names.ts';
import { defaultTreeLimits, type TreeBuildError, type TreeLimits } from './tree-limits.ts';
import { orderEntries } from './order-entries.ts';

/** The header of a tree: everything but its modules. */
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

/** The spec of a module that no source names: nothing is known. */
export const unknownSpec: ModuleSpec = {
  type: null,
  className: null,
  parameters: null,
  buffers: null,
  forward: null,
  extraRepr: null,
};

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
