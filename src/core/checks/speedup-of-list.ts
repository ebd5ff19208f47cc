import { getKey, isConfigNumber, numberOf, type ConfigValue } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { forecastSpeedup, type SpeedupError, type SpeedupForecast } from '../graph/forecast/forecast-speedup.ts';
import { mostChannels } from '../graph/forecast/trace-reader.ts';
import { findConflictRules, type ConflictRules } from '../graph/forecast/mask-conflicts.ts';
import type { ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { masksOf, predictMasks } from '../masks/predict-masks.ts';
import { leastCommonMultiple } from '../text/common-multiple.ts';

/** The forecast of ModelSpeedup for a model that a pruning list has masked. */
export type ListForecast =
  | { readonly type: 'not-pruned'; readonly error: RaisedError }
  | {
      readonly type: 'forecast';
      readonly forecast: SpeedupForecast;
      /** Whether the numbers are sure, whichever rows the weights choose (rule G24). */
      readonly isExact: boolean;
      /** Operations at which no rule follows ModelSpeedup, for any choice of rows that was tried. */
      readonly notFollowed: readonly string[];
      /** Least and most of the choices of rows that were tried. Not a bound where `mayFail`. */
      readonly params: Range | null;
      readonly macs: Range;
      /** For some choice of rows that was tried, ModelSpeedup raises an error, and for another it does not. */
      readonly mayFail: boolean;
      /** The first error of another choice of rows, where that of `forecast` raises none. */
      readonly otherError: SpeedupError | null;
    };

export type Range = readonly [least: number, most: number];

/** Number of pruned rows of a weight, and the tie to rows of other weights. */
interface PrunedRows {
  readonly total: number;
  readonly dead: number;
  readonly group: string | null;
  /** Equal parts of the rows in which the same places are pruned; 1 without a group. */
  readonly blocks: number;
}

/**
 * Predicts the model after pruning by a list and speedup (rule G24). Only numbers of rows are known, not which rows: the forecast
 * prunes the same places everywhere, and is exact when nothing else could follow. Null when the tree has no graph.
 */
export function forecastList(resolution: Resolution, resolver: Resolver): ListForecast | null {
  const placed = placedForecast(resolution, resolver);
  if (placed?.type !== 'placed' || resolver.tree.graph === null) return placed?.type === 'not-pruned' ? placed : null;
  const found = wholeOf.get(placed);
  if (found !== undefined) return found;
  const made = tryPlaces(placed, resolver.tree, resolver.tree.graph);
  wholeOf.set(placed, made);
  return made;
}

const wholeOf = new WeakMap<Placed, ListForecast>();

function tryPlaces({ pruned, isKnown, forecast }: Placed, tree: ModuleTree, graph: ModelGraph): ListForecast {
  const others = placesFor(tree).map((place) => forecastSpeedup(tree, placeRows(pruned, place))!);
  const rules = findConflictRules(tree, graph);
  const isTied = rules.ok && areTied(pruned, rules.value);
  const notFollowed = [...new Set([forecast, ...others].flatMap((each) => each.notFollowed))].toSorted();
  // ModelSpeedup traces the model by itself: a flow that something else recorded decides nothing for certain.
  const isExact = isKnown && isTied && graph.recordedBy === '' && notFollowed.length === 0 && others.every((other) => sameModel(forecast, other));
  const most = rules.ok && !isExact ? [forecastSpeedup(tree, mostRows(pruned, rules.value))!] : [];
  const all = [forecast, ...(isExact ? [] : others), ...most].filter(({ model }) => model !== null);
  const mayFail = [forecast, ...others].some(({ model }) => model === null) && all.length > 0;
  const otherError = forecast.error === null && !isExact ? (others.find(({ error }) => error !== null)?.error ?? null) : null;
  return {
    type: 'forecast', forecast, isExact, notFollowed, mayFail, otherError, params: rangeOf(all.map(({ model }) => model!.params)), macs: rangeOf(all.map(totalMacs)) ?? [0, 0],
  };
}

interface Placed {
  readonly type: 'placed';
  readonly pruned: Pruned;
  readonly isKnown: boolean;
  readonly forecast: SpeedupForecast;
}

type PlacedForecast = Extract<ListForecast, { readonly type: 'not-pruned' }> | Placed;

const placedOf = new WeakMap<Resolution, PlacedForecast | null>();

/** The forecast with the same places pruned everywhere; without saying whether it is sure. */
function placedForecast(resolution: Resolution, resolver: Resolver): PlacedForecast | null {
  const found = placedOf.get(resolution);
  if (found !== undefined) return found;
  const made = placeAndForecast(resolution, resolver);
  placedOf.set(resolution, made);
  return made;
}

function placeAndForecast(resolution: Resolution, resolver: Resolver): PlacedForecast | null {
  const { tree } = resolver;
  if (tree.graph === null) return null;
  const { verdict } = resolution;
  if (!verdict.accepted) return { type: 'not-pruned', error: verdict.error };
  const prediction = predictMasks(resolution, resolver);
  if (prediction.type === 'failure') return { type: 'not-pruned', error: prediction.error };
  const { pruned, isKnown } = prunedRows(resolution, tree, (module) => masksOf(prediction, module)?.get('weight')?.masked);
  return forecastOfRows(tree, pruned, isKnown);
}

/** Forecasts of lists that prune as many rows, the latest last: most edits and fixes of a list leave the rows as they are. */
const recent = new WeakMap<ModuleTree, Map<string, Placed>>();
const mostRecent = 4;

function forecastOfRows(tree: ModuleTree, pruned: Pruned, isKnown: boolean): Placed {
  const ofTree = recent.get(tree) ?? new Map<string, Placed>();
  recent.set(tree, ofTree);
  const rows = JSON.stringify([isKnown, [...pruned].map(([module, { total, dead, group, blocks }]) => [module, total, dead, group, blocks])]);
  const made = ofTree.get(rows) ?? { type: 'placed', pruned, isKnown, forecast: forecastSpeedup(tree, placeRows(pruned, 'last'))! };
  ofTree.delete(rows);
  ofTree.set(rows, made);
  for (const oldest of ofTree.keys()) {
    if (ofTree.size <= mostRecent) break;
    ofTree.delete(oldest);
  }
  return made;
}

/** Up to so many nodes all choices of rows are tried for a failure; above, the choice that is tried first. It takes a fifth of the work. */
const mostNodesForAll = 400;

/** Only layers with groups are known to fail for some rows alone: their groups must keep equally many. Others are left to the overview. */
function mayDependOnRows({ graph }: ModuleTree): boolean {
  return graph !== null && graph.size <= mostNodesForAll && [...graph.attributes.values()].some((pair) => pair !== null && pair[0] > 1 && pair[0] < pair[1]);
}

/** The error of the first choice of rows that fails, and whether it is certain; null without an error. */
export function forecastFailure(resolution: Resolution, resolver: Resolver): { readonly error: SpeedupError; readonly isSure: boolean } | null {
  const placed = placedForecast(resolution, resolver);
  if (placed?.type !== 'placed') return null;
  const { error } = placed.forecast;
  if (error === null && !wholeOf.has(placed) && !mayDependOnRows(resolver.tree)) return null;
  const whole = forecastList(resolution, resolver);
  if (whole?.type !== 'forecast') return null;
  if (error !== null) return { error, isSure: whole.isExact };
  return whole.otherError === null ? null : { error: whole.otherError, isSure: false };
}

/** Multiply-adds of the small model. */
export function totalMacs({ model }: SpeedupForecast): number {
  return model === null ? 0 : sumOf(model.macs.values());
}

/** Sum of numbers. */
export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function rangeOf(values: readonly (number | null)[]): Range | null {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? null : [Math.min(...numbers), Math.max(...numbers)];
}

function sameModel(a: SpeedupForecast, b: SpeedupForecast): boolean {
  if (a.error?.type !== b.error?.type || a.error?.stage !== b.error?.stage) return false;
  if (a.model === null || b.model === null) return a.model === b.model;
  for (const [row, tensors] of a.model.shapes) {
    for (const [name, shape] of tensors) if (shape.join() !== b.model.shapes.get(row)?.get(name)?.join()) return false;
  }
  return true;
}

type Pruned = ReadonlyMap<number, PrunedRows>;

/** Pruned rows of each weight. Not known where weights decide, or where not whole rows are pruned. */
function prunedRows(
  resolution: Resolution,
  tree: ModuleTree,
  maskedOf: (module: number) => number | null | undefined,
): { readonly pruned: Pruned; readonly isKnown: boolean } {
  const pruned = new Map<number, PrunedRows>();
  const blocksOf = new Map<string, number>();
  let isKnown = true;
  for (const [module, outcome] of resolution.outcomeId.entries()) {
    const setting = resolution.outcomes[outcome]?.targets.find(({ target }) => target === 'weight')?.setting;
    const masked = maskedOf(module);
    const shape = moduleSpec(tree, module).parameters?.find(({ name }) => name === 'weight')?.shape;
    if (setting === undefined || masked === undefined || !shape || shape.length === 0) continue;
    const total = shape[0]!;
    const elements = shape.slice(1).reduce((product, size) => product * size, 1);
    const granularity = getKey(setting, 'granularity');
    const isRowWise = granularity === undefined || granularity === 'default' || granularity === 'out_channel';
    if (masked === null || !isRowWise || elements === 0 || total > mostChannels) {
      isKnown = false;
      continue;
    }
    const group = idOf(getKey(setting, 'dependency_group_id'));
    const block = getKey(setting, 'internal_metric_block');
    const blocks = isConfigNumber(block) ? Math.max(1, numberOf(block)) : 1;
    if (group !== null) blocksOf.set(group, leastCommonMultiple(blocksOf.get(group) ?? 1, blocks));
    pruned.set(module, { total, dead: Math.floor(masked / elements), group, blocks: 1 });
  }
  for (const [module, rows] of pruned) {
    const blocks = rows.group === null ? 1 : blocksOf.get(rows.group)!;
    if (rows.total % blocks === 0) pruned.set(module, { ...rows, blocks });
  }
  return { pruned, isKnown };
}

function idOf(value: ConfigValue | undefined): string | null {
  if (typeof value === 'string') return `s${value}`;
  return isConfigNumber(value) ? `n${numberOf(value)}` : null;
}

/**
 * Where the dead rows of each block are: at the same places everywhere, or, `apart`, at places of their own in each layer or group,
 * as weights choose them.
 */
type Place = 'first' | 'last' | 'spread' | 'halves' | { readonly apart: number };

/** The choices that are tried beside the last rows. */
const places: readonly Place[] = ['first', 'spread', { apart: 1 }, { apart: 2 }];

const cuts = /^aten::(?:chunk|split|split_with_sizes|tensor_split|slice|narrow|glu)$/;

/** Where channels are cut into pieces that meet again, the same places of both halves are a choice of their own. */
function placesFor({ graph }: ModuleTree): readonly Place[] {
  return graph?.ops.some((op) => cuts.test(op)) === true ? [...places, 'halves'] : places;
}

/** Kept rows with the dead ones at the given places of each block. */
function placeRows(pruned: Pruned, place: Place): Map<number, Uint8Array> {
  return new Map([...pruned].map(([module, { total, dead, blocks, group }]) => {
    const rows = new Uint8Array(total).fill(1);
    const step = total / blocks;
    const deadHere = Math.floor(dead / blocks);
    const start = typeof place === 'object' ? mixed(group ?? `${module}`, place.apart) : 0;
    for (let block = 0; block < blocks; block++) {
      for (let k = 0; k < deadHere; k++) {
        const spread = Math.floor(((k + 0.5) * step) / deadHere);
        const halved = k % 2 === 0 ? k / 2 : Math.ceil(step / 2) + (k - 1) / 2;
        const at = place === 'first' ? k : place === 'halves' ? halved : place === 'last' ? step - 1 - k : place === 'spread' ? spread : (start + (place.apart === 1 ? k : spread)) % step;
        rows[block * step + at] = 0;
      }
    }
    return [module, rows] as const;
  }));
}

/** A number that differs from text to text. */
function mixed(text: string, seed: number): number {
  let hash = seed * 2_654_435_761;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619) >>> 0;
  return hash >>> 8;
}

/** Whether rows that are united or balanced are pruned at the same places by the list itself. */
function areTied(pruned: Pruned, { sets, groupCounts }: Pick<ConflictRules, 'sets' | 'groupCounts'>): boolean {
  for (const members of sets) {
    const rows = members.map((module) => pruned.get(module)).filter((found) => found !== undefined);
    // A member that is not pruned keeps everything alive.
    if (rows.length < members.length || rows.length < 2) continue;
    const [first] = rows;
    if (rows.some(({ group, dead }) => group === null || group !== first!.group || dead !== first!.dead)) return false;
  }
  for (const [module, counts] of groupCounts) {
    const rows = pruned.get(module);
    if (rows !== undefined && rows.dead > 0 && counts.some((count) => count > 0 && rows.blocks % count !== 0)) return false;
  }
  return true;
}

/** Kept rows at the most: sets without a common group keep what their members keep together, groups of channels keep all. */
function mostRows(pruned: Pruned, rules: ConflictRules): Map<number, Uint8Array> {
  const most = placeRows(pruned, 'last');
  for (const members of rules.sets) {
    const rows = members.filter((module) => pruned.has(module));
    if (areTied(pruned, { sets: [members], groupCounts: new Map() })) continue;
    const kept = sumOf(rows.map((module) => pruned.get(module)!.total - pruned.get(module)!.dead));
    for (const module of rows) most.set(module, most.get(module)!.map((_, at) => (at < kept ? 1 : 0)));
  }
  for (const [module, counts] of rules.groupCounts) {
    if (most.has(module) && counts.some((count) => count > 1) && !areTied(pruned, { sets: [], groupCounts: new Map([[module, counts]]) })) {
      most.set(module, most.get(module)!.map(() => 1));
    }
  }
  return most;
}
