import type { SiblingRuns } from '../module-tree/sibling-runs.ts';
import { nameAt } from '../module-tree/packed-names.ts';
import { explainPattern, type PatternPart } from '../python-re/explain.ts';
import { matchName } from '../python-re/match/match-name.ts';
import { compilePattern, patternErrorText, type CompiledPattern } from '../python-re/pattern.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { InvalidPattern } from '../python-re/sweep-answer.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { findGaps, type CoverageGap } from './coverage-gaps.ts';
import type { ModuleSample } from './proposal.ts';
import { segmentTable } from './segment-table.ts';

/** The description of one pattern on one model. */
export type PatternDescription =
  | { readonly type: 'invalid'; readonly error: InvalidPattern }
  | {
      readonly type: 'described';
      readonly parts: readonly PatternPart[];
      readonly count: number;
      /** A sample of its matches, spread over the model. */
      readonly examples: readonly number[];
      /** Matched although the pattern ends within a word or number of the name: `layer1` in `layer10`. */
      readonly cut: ModuleSample;
      /** Not matched, but a name that is differs from it in numbers only, or in one part between dots. */
      readonly near: ModuleSample;
      /** Not matched, as the pattern fits further on in the name only. */
      readonly inside: ModuleSample;
      readonly gaps: readonly CoverageGap[];
      /** Seconds that Python would need, when it would hang; the rest then covers only the decided names. */
      readonly slowSeconds: number | null;
    };

const shown = 6;

/** Describes a pattern: its parts in words (P21), its matches and near misses, and the equal blocks that it leaves out. */
export function describePattern(
  resolver: Resolver,
  runs: SiblingRuns,
  pattern: string,
  python: PythonVersion,
): PatternDescription {
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) {
    const { type, pos } = compiled.error;
    return { type: 'invalid', error: { type, message: patternErrorText(compiled.error, pattern), position: pos } };
  }
  const swept = resolver.sweep(pattern, python);
  if (swept.type === 'invalid') return swept;
  const { tree } = resolver;
  const hits: number[] = [];
  for (let module = 0; module < tree.size; module++) if (swept.mask[module] === 1) hits.push(module);
  const isSlow = swept.slowSeconds !== null;
  return {
    type: 'described',
    parts: explainPattern(compiled.value),
    count: hits.length,
    examples: spread(hits, shown),
    cut: isSlow ? noModules : findCut(resolver, compiled.value, hits),
    near: findNear(resolver, swept.mask, hits),
    inside: isSlow ? noModules : findInside(resolver, pattern, python, swept.mask),
    gaps: findGaps(tree, runs, swept.mask),
    slowSeconds: swept.slowSeconds,
  };
}

const noModules: ModuleSample = { count: 0, first: [] };

/** Matches that are looked at one by one: the pattern may be one that takes its time. */
const mostInterpreted = 2000;

/** Names in which the match ends between two letters, digits or underscores, where it ends properly in others. */
function findCut({ tree }: Resolver, pattern: CompiledPattern, hits: readonly number[]): ModuleSample {
  const cut: number[] = [];
  let isProper = false;
  for (const module of spread(hits, mostInterpreted)) {
    const name = nameAt(tree.names, module);
    const match = matchName(pattern, name);
    if (match.type !== 'match') continue;
    const isWithin = match.end > 0 && /^\w\w$/.test(name.slice(match.end - 1, match.end + 1));
    if (isWithin) cut.push(module);
    else isProper = true;
  }
  return isProper ? sampleOf(cut) : noModules;
}

/** Other names of the shapes that are matched; where there are none, names that differ in their last part. */
function findNear({ tree }: Resolver, mask: Uint8Array, hits: readonly number[]): ModuleSample {
  if (hits.length === 0) return noModules;
  const table = segmentTable(tree);
  const shapes = table.shapes();
  const matched = new Set(hits.map((module) => shapes[module]!));
  const alike: number[] = [];
  for (let module = 1; module < tree.size; module++) {
    if (mask[module] === 0 && matched.has(shapes[module]!)) alike.push(module);
  }
  if (alike.length > 0) return sampleOf(alike);
  const kinds = new Set(hits.map((module) => `${tree.parent[module]} ${tree.typeId[module]}`));
  const siblings: number[] = [];
  for (let module = 1; module < tree.size; module++) {
    if (mask[module] === 0 && kinds.has(`${tree.parent[module]} ${tree.typeId[module]}`)) siblings.push(module);
  }
  return sampleOf(siblings);
}

/** Names that `re.search` would find and `re.match` does not. */
function findInside(
  { sweep }: Resolver,
  pattern: string,
  python: PythonVersion,
  mask: Uint8Array,
): ModuleSample {
  // Flags for the whole pattern are refused behind its start.
  const searched = sweep(`(?:.*[^\\w]|)(?:${pattern})`, python);
  if (searched.type === 'invalid' || searched.slowSeconds !== null) return noModules;
  const inside: number[] = [];
  for (let module = 0; module < mask.length; module++) {
    if (mask[module] === 0 && searched.mask[module] === 1) inside.push(module);
  }
  return sampleOf(inside);
}

function sampleOf(modules: readonly number[]): ModuleSample {
  return { count: modules.length, first: spread(modules, shown) };
}

/** At most so many of the items, evenly over the list, in its order. */
function spread(items: readonly number[], most: number): readonly number[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * (items.length - 1)) / (most - 1))]!);
}
