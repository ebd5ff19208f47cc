import { getKey } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { compareStates, type StatePair } from './compare-states.ts';
import { describeTeacher, type Teacher } from './describe-teacher.ts';
import { linksOf } from './links.ts';
import { describeForwardPass, type ForwardPass } from './met-targets.ts';
import type { Need } from './outcome.ts';
import { knownSize, type KnownSize } from './torch-layers.ts';

/**
 * How the output of a target fits the output of its link:
 * `same` of one shape · `broadcast` torch stretches one to the other · `adapted` the class puts a Linear between ·
 * `mismatch` torch raises · `fails` NNI's wrapper of one of the two raises · `unmet` one of the two never shows in a forward pass · `missing` the teacher has no such module · `open` not known.
 */
export type LinkFit = 'same' | 'broadcast' | 'adapted' | 'mismatch' | 'fails' | 'unmet' | 'missing' | 'open';

/** A shape as far as it is known: all of it, or one dimension. */
export type GivenShape = readonly number[] | KnownSize;

/** The two shapes of a link, and how they go together. */
export interface LinkComparison {
  readonly fit: LinkFit;
  readonly own: GivenShape | null;
  readonly other: GivenShape | null;
  /** The unknown fact that would decide, where `fit` is `open`. */
  readonly need: Need | null;
}

/** All links of a distillation list as columns, in the order of the student's modules. */
export interface LinkSurvey {
  readonly size: number;
  /** Module of the student. */
  readonly module: Uint32Array<ArrayBuffer>;
  /** Module of the teacher; -1 where it has none of that name. */
  readonly teacherModule: Int32Array<ArrayBuffer>;
  /** Index of the sub-config among the enabled ones. */
  readonly subConfig: Uint32Array<ArrayBuffer>;
  /** Index into `targets`. */
  readonly target: Uint32Array<ArrayBuffer>;
  readonly targets: readonly string[];
  /** Index into `comparisons`. */
  readonly comparison: Uint32Array<ArrayBuffer>;
  readonly comparisons: readonly LinkComparison[];
  /** Names that the teacher lacks, by the place of their link. */
  readonly missing: ReadonlyMap<number, string>;
}

/** Surveys the links of a resolved list (rule A-D8). `teacher`: `null` for one of the student's own tree. */
export function surveyLinks(
  { outcomes, outcomeId }: Resolution,
  { tree }: Resolver,
  given: ModuleTree | null,
  adapts: boolean,
): LinkSurvey {
  const pass = describeForwardPass(tree, new Set());
  const teacher = describeTeacher(tree, given, pass, new Set());
  const rows: { module: number; teacherModule: number; subConfig: number; target: number; comparison: number }[] = [];
  const missing = new Map<number, string>();
  const targets = createPool<string>((target) => target);
  const comparisons = createPool<LinkComparison>((comparison) => JSON.stringify(comparison));
  const compare = createComparer({ tree, pass, teacher, adapts });
  for (let module = 0; module < tree.size; module++) {
    for (const { setting, target, subConfig } of outcomes[outcomeId[module]!]?.targets ?? []) {
      for (const link of linksOf(getKey(setting, 'link'), moduleName(tree, module))) {
        const teacherModule = teacher.lookup.rowOf(link);
        if (teacherModule < 0) missing.set(rows.length, link);
        const comparison = comparisons.placeOf(compare(module, target, teacherModule));
        rows.push({ module, teacherModule, subConfig, target: targets.placeOf(target), comparison });
      }
    }
  }
  return {
    size: rows.length,
    module: Uint32Array.from(rows, (row) => row.module),
    teacherModule: Int32Array.from(rows, (row) => row.teacherModule),
    subConfig: Uint32Array.from(rows, (row) => row.subConfig),
    target: Uint32Array.from(rows, (row) => row.target),
    targets: targets.items,
    comparison: Uint32Array.from(rows, (row) => row.comparison),
    comparisons: comparisons.items,
    missing,
  };
}

interface Sides {
  readonly tree: ModuleTree;
  readonly pass: ForwardPass;
  readonly teacher: Teacher;
  readonly adapts: boolean;
}

/** Compares a target with a module of the teacher; -1 means a missing module. */
function createComparer({ tree, pass, teacher, adapts }: Sides): (module: number, target: string, other: number) => LinkComparison {
  return (module, target, other) => {
    const own = shapeGiven(tree, pass, module, target);
    if (other < 0) return { fit: 'missing', own, other: null, need: null };
    const pair = compareStates({ tree, pass, module, target }, { ...teacher, module: other });
    const given = shapeGiven(teacher.tree, teacher.pass, other, target);
    return { fit: fitOf(pair, adapts), own, other: given, need: needOf(pair) };
  };
}

function fitOf(pair: StatePair, adapts: boolean): LinkFit {
  switch (pair.type) {
    case 'agree':
      return 'same';
    case 'nothing':
      return 'unmet';
    case 'fails':
      return 'fails';
    case 'open':
      return 'open';
    case 'shapes': {
      // A Linear between last dimensions that differ (rule A-D5); with equal ones the class leaves the rest to torch.
      if (adapts && pair.adapts === null) return 'open';
      if (adapts && pair.adapts && pair.widths !== null && pair.widths[0] !== pair.widths[1]) return 'adapted';
      return (adapts ? pair.adapts : pair.broadcasts) ? 'broadcast' : 'mismatch';
    }
  }
}

function needOf(pair: StatePair): Need | null {
  if (pair.type === 'open') return pair.need;
  return pair.type === 'shapes' && pair.adapts === null ? 'shapes' : null;
}

/** The shape of a target's value: as recorded, or as its layer decides it. */
function shapeGiven(tree: ModuleTree, pass: ForwardPass, module: number, target: string): GivenShape | null {
  const met = pass.meets(module, target);
  if (met.type !== 'tensor') return null;
  return met.shape ?? knownSize(moduleSpec(tree, module), target);
}

/** Keeps equal items once. */
function createPool<Item>(keyOf: (item: Item) => string): { readonly items: Item[]; readonly placeOf: (item: Item) => number } {
  const items: Item[] = [];
  const places = new Map<string, number>();
  return {
    items,
    placeOf(item) {
      const key = keyOf(item);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, items.length);
      return items.push(item) - 1;
    },
  };
}
