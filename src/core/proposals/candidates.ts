import { emptyObject, type ConfigObject } from '../config/value.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { selectorTexts } from '../resolve/selection.ts';
import type { Budget } from './cover-rows.ts';
import { broaderSelectors } from './broader.ts';
import type { ModuleSample, ProposalPurpose } from './proposal.ts';
import type { SegmentTable } from './segment-table.ts';
import { appendSelectors, replaceSelectors, withoutTexts, type Selectors } from './selector-change.ts';
import { findPatterns } from './find-patterns.ts';

/** Broader proposals at most. */
export const mostBroader = 4;

const sampled = 12;

/** The inputs that all candidates of one request share. */
export interface Context {
  readonly resolver: Resolver;
  readonly table: SegmentTable;
  readonly python: PythonVersion;
  readonly goal: Uint8Array;
  readonly wanted: readonly number[];
  readonly budget: Budget;
  /** How a pattern ends: `$` also holds before a line feed that ends a name. */
  readonly end: string;
}

/** A sub-config that may do. */
export interface Candidate {
  readonly config: ConfigObject;
  /** Of candidates that are alike only the shortest is proposed. */
  readonly family: string;
  /** Made of full names alone: tried however much there is to try. */
  readonly plain?: boolean;
}

/** Sub-configs that may select exactly the goal, or more; not tried yet. */
export function candidatesFor(purpose: ProposalPurpose, concerned: readonly number[], context: Context): readonly Candidate[] {
  const { table, budget, end, goal, wanted } = context;
  const names = namesOf(concerned, context);
  const types = typesOf(concerned, context);
  switch (purpose.type) {
    case 'new':
      return rewritten(emptyObject, context);
    case 'add': {
      const { config } = purpose;
      const listed = typesListed(config);
      const unwanted = indicesOf(goal, 0).filter((module) => listed === null || listed.has(typeOf(module, context)));
      const patterns = findPatterns(table, { wanted: concerned, unwanted }, budget, end);
      const added: readonly Sketch[] = [
        ...patterns.map(({ family, patterns: op_names_re }) => ({ family, selectors: { op_names_re } })),
        ...(types ? [{ family: 'types', selectors: { op_types: types } }] : []),
        // Where the list of types would keep the new ones out.
        ...(types && listed ? [{ family: 'names+types', selectors: { op_names: names, op_types: types } }] : []),
        ...broaderSelectors(table, concerned, end).map((selectors) => ({ family: 'broader', selectors })),
      ];
      return [
        { family: 'names', config: appendSelectors(config, { op_names: names }), plain: true },
        ...added.map(({ family, selectors }) => ({ family, config: appendSelectors(config, selectors) })),
        ...rewritten(config, context),
      ];
    }
    case 'exclude': {
      const { config } = purpose;
      const patterns = findPatterns(table, { wanted: concerned, unwanted: wanted }, budget, end);
      const added: readonly Sketch[] = [
        ...patterns.map(({ family, patterns: exclude_op_names_re }) => ({ family, selectors: { exclude_op_names_re } })),
        ...(types ? [{ family: 'types', selectors: { exclude_op_types: types } }] : []),
      ];
      return [
        { family: 'names', config: appendSelectors(config, { exclude_op_names: names }), plain: true },
        { family: 'less', config: withoutTexts(config, 'op_names', new Set(names)) },
        ...added.map(({ family, selectors }) => ({ family, config: appendSelectors(config, selectors) })),
        ...(wanted.length === 0 ? [] : rewritten(config, context)),
      ];
    }
  }
}

/** Selectors before they are put into a sub-config. */
interface Sketch {
  readonly family: string;
  readonly selectors: Selectors;
}

/** All selectors, made from scratch for the final selection. */
function rewritten(config: ConfigObject, context: Context): readonly Candidate[] {
  const names = { op_names: namesOf(context.wanted, context) };
  const isNew = config === emptyObject;
  return [
    { family: 'all names', config: replaceSelectors(config, names), plain: true },
    ...fromScratch(context).map(({ family, selectors }) => ({
      family: isNew ? family : `new ${family}`,
      config: replaceSelectors(config, selectors),
    })),
  ];
}

/** Selectors for the goal that need nothing else: patterns, types, both, either with excludes. */
function fromScratch(context: Context): readonly Sketch[] {
  const { table, goal, wanted, budget, end } = context;
  const outside = indicesOf(goal, 0);
  const types = typesOf(wanted, context);
  const found: Sketch[] = findPatterns(table, { wanted, unwanted: outside }, budget, end).map(
    ({ family, patterns }) => ({ family, selectors: { op_names_re: patterns } }),
  );
  // Everything, and everything but the root.
  if (outside.length < 2) found.push({ family: 'head', selectors: { op_names_re: [goal[0] === 1 ? '.*' : '.+'] } });
  const broader = broaderSelectors(table, wanted, end);
  for (const selectors of broader) found.push({ family: 'broader', selectors });
  if (types) {
    found.push({ family: 'types', selectors: { op_types: types } });
    const listed = new Set(types);
    const unwanted = outside.filter((module) => listed.has(typeOf(module, context)));
    if (unwanted.length < outside.length) {
      for (const { family, patterns } of findPatterns(table, { wanted, unwanted }, budget, end)) {
        found.push({ family: `${family}+types`, selectors: { op_names_re: patterns, op_types: types } });
      }
      for (const selectors of broader) {
        found.push({ family: 'broader+types', selectors: { ...selectors, op_types: types } });
      }
    }
    found.push(...withExcludes({ op_types: types }, context));
  }
  for (const selectors of broader) {
    found.push(...withExcludes(types ? { ...selectors, op_types: types } : selectors, context));
  }
  return found;
}

/** More than these are no exception any more. */
const mostExcluded = 4000;

/** The selectors with excludes for the modules that they match in addition. */
function withExcludes(selectors: Selectors, context: Context): readonly Sketch[] {
  const { resolver, python, goal, wanted, table, budget, end } = context;
  const { selected, count } = resolver.select(replaceSelectors(emptyObject, selectors), python);
  const extra = indicesOf(selected, 1).filter((module) => goal[module] === 0);
  if (extra.length === 0 || extra.length > mostExcluded || count - extra.length < wanted.length) return [];
  const family = 'excludes';
  return [
    ...(extra.length > sampled
      ? []
      : [{ family, selectors: { ...selectors, exclude_op_names: namesOf(extra, context) } }]),
    ...findPatterns(table, { wanted: extra, unwanted: wanted }, budget, end).map(({ patterns }) => ({
      family,
      selectors: { ...selectors, exclude_op_names_re: patterns },
    })),
  ];
}

/** How many modules there are, and the first few. */
export function sampleOf(modules: readonly number[]): ModuleSample {
  return { count: modules.length, first: modules.slice(0, sampled) };
}

/** Modules outside the goal whose names differ from a wanted name only in numbers. */
export function nearOf(table: SegmentTable, goal: Uint8Array, wanted: readonly number[]): ModuleSample {
  const shapes = table.shapes();
  const wantedShapes = new Set(wanted.map((module) => shapes[module]!));
  return sampleOf(indicesOf(goal, 0).filter((module) => wantedShapes.has(shapes[module]!)));
}

function namesOf(modules: readonly number[], { resolver }: Context): readonly string[] {
  return modules.map((module) => nameAt(resolver.tree.names, module));
}

function typeOf(module: number, { resolver: { tree } }: Context): string {
  return tree.types[tree.typeId[module]!]!;
}

/** Lists of types that are longer say nothing. */
const mostTypes = 6;

/** The types of modules in the order of the model; `null` when one is unknown, or they are too many. */
function typesOf(modules: readonly number[], { resolver: { tree } }: Context): readonly string[] | null {
  const ids = new Set<number>();
  for (const module of modules) ids.add(tree.typeId[module]!);
  const types = [...ids].toSorted((a, b) => a - b).map((id) => tree.types[id]!);
  return types.length > mostTypes || types.includes('') ? null : types;
}

/** The types that a sub-config lets through; `null` for all. */
function typesListed(config: ConfigObject): ReadonlySet<string> | null {
  const listed = selectorTexts(config, 'op_types').map(({ value }) => value);
  return listed.length === 0 ? null : new Set(listed);
}

/** `$` also holds before a line feed at the end of a name: models with such names need `\Z`. */
export function endOf({ tree: { names } }: Resolver): string {
  return names.irregular.some((module) => nameAt(names, module).endsWith('\n')) ? '\\Z' : '$';
}

/** The places of a mask that hold this value, in order. */
export function indicesOf(mask: Uint8Array, value: 0 | 1): number[] {
  const indices: number[] = [];
  for (let module = 0; module < mask.length; module++) if (mask[module] === value) indices.push(module);
  return indices;
}
