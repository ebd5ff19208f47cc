import { succeed, type Result } from '../result.ts';
import { compareTrees } from './compare-trees.ts';
import { renameGraph } from './model-graph.ts';
import type { Lack, ModuleSpec, ModuleTree, TensorInfo } from './module-tree.ts';
import type { TreeDisagreement } from './tree-disagreement.ts';
import { isChoice, type TreeNote } from './tree-note.ts';
import { createTreeBuilder, unknownSpec } from './tree-builder.ts';
import type { TreeBuildError, TreeLimits } from './tree-limits.ts';
import { moduleName, moduleSpec } from './tree-index.ts';

/** A tree completed by another. */
export interface MergedTree {
  readonly tree: ModuleTree;
  readonly disagreements: readonly TreeDisagreement[];
}

/**
 * Completes one tree with another file of the same model (rule T23): types, shapes, number formats and
 * sharing that the first lacks. Where both say something, the first is kept and the difference listed, but for shapes
 * that were only worked out, which give way. Names follow the tree that lists modules without parameters.
 */
export function mergeTrees(
  first: ModuleTree,
  second: ModuleTree,
  limits?: TreeLimits,
): Result<MergedTree, TreeBuildError> {
  const firstIsPartial = first.lacks.includes('modules-without-parameters');
  const secondIsPartial = second.lacks.includes('modules-without-parameters');
  const [base, other] = firstIsPartial && !secondIsPartial ? [second, first] : [first, second];
  const swapped = base === second;
  const isPartial = firstIsPartial && secondIsPartial;
  const renamed = renameInto(base, other);
  const otherRows = new Map<string, number>();
  for (let row = 0; row < other.size; row++) {
    const name = moduleName(other, row);
    otherRows.set(renamed.get(name) ?? name, row);
  }
  const disagreements: TreeDisagreement[] = [];
  type About = TreeDisagreement['about'];
  const report = (about: About, module: string, tensor: string, own: string, theirs: string): void => {
    const [one, two] = swapped ? [theirs, own] : [own, theirs];
    disagreements.push({ about, module, tensor, first: one, second: two });
  };
  const builder = createTreeBuilder(limits);
  const listsTensors = other.lacks.includes('modules-without-parameters') && !other.lacks.includes('module-names');
  for (let row = 0; row < base.size; row++) {
    const name = moduleName(base, row);
    const otherRow = otherRows.get(name);
    otherRows.delete(name);
    const own = moduleSpec(base, row);
    if (otherRow === undefined) {
      if (!other.lacks.includes('modules-without-parameters')) report('module', name, '', 'present', '');
      builder.add(
        name,
        builder.internSpec(listsTensors ? withoutUnknownTensors(own) : own),
        base.sourceIndex[row],
      );
    } else {
      const merged = mergeSpecs(own, moduleSpec(other, otherRow), (about, tensor, mine, theirs) =>
        report(about, name, tensor, mine, theirs),
      );
      builder.add(name, builder.internSpec(merged), base.sourceIndex[row]);
    }
  }
  for (const [name, row] of otherRows) {
    if (!isPartial) report('module', name, '', '', 'present');
    else builder.add(name, builder.internSpec(moduleSpec(other, row)), base.size + row);
  }
  for (const [row, firstRow] of base.sharedWith) builder.share(moduleName(base, row), moduleName(base, firstRow));
  for (const [name, tied] of other.tiedTo) builder.tie(name, tied);
  for (const [name, tied] of base.tiedTo) builder.tie(name, tied);
  const built = builder.finish({
    model: first.model,
    source: base.source ?? other.source,
    producer: base.producer ?? other.producer,
    format: 'merged',
    lacks: [],
    graph: base.graph ?? (other.graph && renameGraph(other.graph, (name) => renamed.get(name) ?? name)),
    notes: mergedNotes(base, other, renamed.size),
    noteImplied: false,
  });
  if (!built.ok) return built;
  const tree = { ...built.value, lacks: remainingLacks(built.value, base, other) };
  return succeed({ tree, disagreements });
}

/** New names for modules of `other` where one prefix makes most of them names of `base`; usually none. */
function renameInto(base: ModuleTree, other: ModuleTree): ReadonlyMap<string, string> {
  const { lost, kept, renames } = compareTrees(other, base);
  const [best] = renames;
  const isWrapped = best !== undefined && (best.type === 'add-prefix' || best.type === 'remove-prefix');
  if (!isWrapped || kept > lost.length) return new Map();
  // The wrapper itself has no counterpart.
  const wrappers = lost.filter((name) => best.text.startsWith(`${name}.`)).length;
  if (best.pairs.length < (lost.length - wrappers) * 0.9) return new Map();
  return new Map(best.pairs);
}

type Report = (about: 'type' | 'tensor' | 'shape' | 'dtype', tensor: string, own: string, theirs: string) => void;

function attributesOf(attributes: ModuleSpec['attributes']): Pick<ModuleSpec, 'attributes'> {
  return attributes === undefined ? {} : { attributes };
}

function mergeSpecs(own: ModuleSpec, theirs: ModuleSpec, report: Report): ModuleSpec {
  if (own.type !== null && theirs.type !== null && own.type !== theirs.type) {
    report('type', '', own.type, theirs.type);
  }
  const merged = {
    type: own.type ?? theirs.type,
    className: own.className ?? theirs.className,
    forward: own.forward ?? theirs.forward,
    extraRepr: own.extraRepr ?? theirs.extraRepr,
    ...attributesOf(own.attributes ?? theirs.attributes),
  };
  const theirTensors = new Map(
    [...(theirs.parameters ?? []), ...(theirs.buffers ?? [])].map((info) => [info.name, info]),
  );
  if (own.parameters === null && own.buffers === null) {
    return { ...merged, parameters: theirs.parameters, buffers: theirs.buffers };
  }
  const take = (infos: readonly TensorInfo[] | null): TensorInfo[] =>
    (infos ?? []).map((info) => {
      const found = theirTensors.get(info.name);
      theirTensors.delete(info.name);
      if (found === undefined) {
        if (!info.isNone && theirs.parameters !== null && isSaved(info)) report('tensor', info.name, 'present', '');
        return info;
      }
      return mergeTensor(info, found, report);
    });
  const parameters = take(own.parameters);
  const buffers = take(own.buffers);
  const theirBuffers = new Set((theirs.buffers ?? []).map(({ name }) => name));
  for (const info of theirTensors.values()) {
    if (info.isNone) continue;
    const isBuffer = theirBuffers.has(info.name);
    // A reader that works shapes out knows all parameters of a layer, or leaves them unknown.
    if ((isBuffer ? own.buffers : own.parameters) !== null) report('tensor', info.name, '', 'present');
    (isBuffer ? buffers : parameters).push(info);
  }
  return {
    ...merged,
    parameters: own.parameters === null && theirs.parameters === null ? null : parameters,
    buffers: own.buffers === null && theirs.buffers === null ? null : buffers,
  };
}

/** Counters and caches are often not saved. */
function isSaved(info: TensorInfo): boolean {
  return info.name !== 'num_batches_tracked' && info.name !== 'position_ids';
}

function mergeTensor(own: TensorInfo, theirs: TensorInfo, report: Report): TensorInfo {
  if (own.isNone !== theirs.isNone) {
    report('tensor', own.name, own.isNone ? 'None' : 'present', theirs.isNone ? 'None' : 'present');
    return own.isNone ? theirs : own;
  }
  const ownShape = own.shape === null ? null : own.shape.join(', ');
  const theirShape = theirs.shape === null ? null : theirs.shape.join(', ');
  const differ = ownShape !== null && theirShape !== null && ownShape !== theirShape;
  if (differ) report('shape', own.name, `[${ownShape}]`, `[${theirShape}]`);
  if (own.dtype !== null && theirs.dtype !== null && own.dtype !== theirs.dtype) {
    report('dtype', own.name, own.dtype, theirs.dtype);
  }
  // Without a number format a shape was worked out from printed arguments, not read.
  const shape = differ && own.dtype === null ? theirs.shape : (own.shape ?? theirs.shape);
  const frozen = own.isFrozen === true || theirs.isFrozen === true ? { isFrozen: true as const } : {};
  return { name: own.name, shape, dtype: own.dtype ?? theirs.dtype, isNone: own.isNone, ...frozen };
}

/** A module that a complete list of tensors does not mention has none. */
function withoutUnknownTensors(spec: ModuleSpec): ModuleSpec {
  return spec.parameters === null
    ? { ...spec, parameters: [], buffers: spec.buffers ?? unknownSpec.buffers }
    : spec;
}

function remainingLacks(tree: ModuleTree, base: ModuleTree, other: ModuleTree): Lack[] {
  const lacks = new Set(base.lacks.filter((lack) => other.lacks.includes(lack)));
  for (const lack of ['types', 'parameters', 'shapes', 'dtypes'] as const) lacks.delete(lack);
  for (const spec of tree.specs) {
    if (spec.type === null) lacks.add('types');
    if (spec.parameters === null) lacks.add('parameters');
    for (const info of spec.parameters ?? []) {
      if (info.isNone) continue;
      if (info.shape === null) lacks.add('shapes');
      if (info.dtype === null) lacks.add('dtypes');
    }
  }
  if (lacks.has('parameters')) lacks.add('shapes');
  return [...lacks];
}

/** Whether a note on one file still holds for the model that several files make. */
function holdsForMerged(note: TreeNote): boolean {
  return note.type !== 'types-unknown' && note.type !== 'reordered' && !isChoice(note);
}

function mergedNotes(base: ModuleTree, other: ModuleTree, renamed: number): readonly TreeNote[] {
  const notes = [...base.notes, ...other.notes].filter(holdsForMerged);
  return renamed > 0 ? [...notes, { type: 'names-matched', model: other.model, count: renamed }] : notes;
}
