import { severityCode, severityOfCode, type Severity } from '../../../core/diagnostics/severity.ts';
import { countSelected, markOf, sizeOfMarks, type ModuleMarks } from '../../../core/module-tree/module-marks.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { TargetGroup } from '../../../core/resolve/groups.ts';
import type { ListView } from '../../../worker/list-protocol.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import { formatLarge } from '../../shared/format.ts';
import { hasModuleIn } from '../../shared/groups.ts';
import { sameItems } from '../../shared/use-kept.ts';
import { countInside, wordInside } from './row-amount.ts';
import type { VisibleRow } from './visible-rows.ts';

/** The values that all rows show, except for values that change while typing: read once, not by each row. */
export interface RowSources {
  readonly tree: ModuleTree;
  /** Elements of parameters before each module. */
  readonly sums: Float64Array;
  /** Multiply-adds before each module; null while they have no column. */
  readonly multiplyAdds: Float64Array | null;
  readonly list: ListView | null;
  readonly marked: readonly MarkedSubConfig[];
  /** Modules in focus. */
  readonly chosen: ReadonlySet<number>;
}

/** A sub-config as it marks rows. */
export interface MarkedSubConfig {
  readonly id: string;
  readonly number: number;
  readonly color: number;
  /** Its index in the list that was resolved; -1 when that lacks it. */
  readonly index: number;
  /** How much it compresses, as its row says it: `50 %`, `int8`; empty when it does not say. */
  readonly amount: string;
}

/** The state of a row that does not change while a pattern is typed: settings of the list, and choice. */
export interface RowState {
  readonly tree: ModuleTree;
  readonly closed: boolean;
  /** The first sub-configs that concern the row, and how many more do. */
  readonly marks: readonly RowMark[];
  readonly moreMarks: number;
  readonly groups: readonly RowGroup[];
  readonly severity: Severity | null;
  /** The gravest failure of modules below a closed row; null where the row's own severity is as grave, or none of them fails. */
  readonly severityBelow: Severity | null;
  readonly chosen: boolean;
  /** The settings below a closed row, in words; empty when there are none. */
  readonly inside: string;
  /** Elements of the row's parameters, in words; empty where there are none. */
  readonly parameters: string;
  /** The same for multiply-adds; null while they have no column. */
  readonly multiplyAdds: string | null;
}

/** Rows whose states are kept: a few screens. */
const mostKnown = 500;

/** The states that were asked for, by row: while a pattern is typed, the same rows come and go, and closed ones count all that is in them. */
const known = new WeakMap<RowSources, Map<string, RowState>>();

/** The state of a row; the one of `before` where that says the same, so that the row is not drawn again. */
export function rowStateOf(sources: RowSources, row: VisibleRow, before: RowState | undefined): RowState {
  const states = known.get(sources) ?? new Map<string, RowState>();
  known.set(sources, states);
  // A run is as long as its rows are many, and a closed row says what is in it.
  const key = `${row.id} ${row.end} ${row.state}`;
  const now = states.get(key) ?? stateOf(sources, row);
  const state = before && isSame(before, now) ? before : now;
  if (states.size >= mostKnown) states.clear();
  states.set(key, state);
  return state;
}

function isSame(a: RowState, b: RowState): boolean {
  const { marks: marksBefore, groups: groupsBefore, ...before } = a;
  const { marks, groups, ...now } = b;
  const isSameGroup = (one: RowGroup, other: RowGroup) => one.group === other.group && one.index === other.index;
  return isShallowEqual(before, now) && sameItems(marksBefore, marks, isShallowEqual) && sameItems(groupsBefore, groups, isSameGroup);
}

function isShallowEqual<Values extends object>(a: Values, b: Values): boolean {
  return (Object.keys(a) as (keyof Values)[]).every((key) => a[key] === b[key]);
}

function stateOf(sources: RowSources, row: VisibleRow): RowState {
  const closed = row.state === 'closed';
  const all = marksOf(sources, row, closed);
  const marks = firstMarks(all);
  return {
    tree: sources.tree,
    closed,
    marks,
    moreMarks: all.length - marks.length,
    inside: closed ? insideOf(sources, row, all) : '',
    parameters: sumIn(sources.sums, row),
    multiplyAdds: sources.multiplyAdds && sumIn(sources.multiplyAdds, row),
    groups: groupsOf(sources, row, closed),
    severity: severityOfCode(sources.list?.severity[row.module] ?? 0),
    severityBelow: closed && sources.list ? gravestBelow(sources.list.severity, row) : null,
    chosen: isChosen(sources, row),
  };
}

/** Whether the row is chosen: its module, or of a run every member. */
function isChosen({ chosen }: RowSources, row: VisibleRow): boolean {
  if (row.runLength === 0) return chosen.has(row.module);
  const stride = (row.end - row.module) / row.runLength;
  for (let at = 0; at < row.runLength; at++) if (!chosen.has(row.module + at * stride)) return false;
  return true;
}

/** The gravest severity below a row, if it is a failure and graver than the row's own: warnings would mark every branch. */
export function gravestBelow(codes: Uint8Array, { module, end }: Pick<VisibleRow, 'module' | 'end'>): Severity | null {
  const own = codes[module] ?? 0;
  let gravest = severityCode('later') - 1;
  for (let at = module + 1; at < end; at++) if (codes[at]! > gravest) gravest = codes[at]!;
  return gravest >= severityCode('later') && gravest > own ? severityOfCode(gravest) : null;
}

/** One sub-config's mark on a row. */
export interface RowMark {
  readonly id: string;
  readonly number: number;
  readonly color: number;
  readonly state: 'selected' | 'excluded';
  /** Modules under the row that it selects. */
  readonly count: number;
  /** Whether it selects the row's own module. */
  readonly own: boolean;
  readonly amount: string;
}

/** The marks of the sub-configs that concern a row, including sub-configs that only select below a closed row. */
function marksOf({ list, marked }: RowSources, row: VisibleRow, closed: boolean): readonly RowMark[] {
  const marks: RowMark[] = [];
  for (const { id, number, color, index, amount } of marked) {
    const view = list?.subConfigs[index];
    if (!view || sizeOfMarks(view.marks) < row.end) continue;
    const own = markOf(view.marks, row.module);
    if (own === 0 && !closed) continue;
    const count = countSelected(view.marks, row.module, row.end);
    const isRun = row.runLength > 0;
    if (own === 2 && !(closed && count > 0)) marks.push({ id, number, color, state: 'excluded', count: 0, own: true, amount });
    else if ((own === 1 && !isRun) || (closed && count > 0)) marks.push({ id, number, color, state: 'selected', count, own: own === 1 && !isRun, amount });
  }
  return marks;
}

/** No row has pixels for more bars, and nobody hears more names read out: a list may have thousands of sub-configs below one row. */
const mostMarks = 12;

/** The first marks; one that selects the row's own module, which colours the row, is always among them. */
export function firstMarks(marks: readonly RowMark[]): readonly RowMark[] {
  if (marks.length <= mostMarks) return marks;
  const own = marks.findIndex((mark) => mark.own && mark.state === 'selected');
  return own < mostMarks ? marks.slice(0, mostMarks) : [...marks.slice(0, mostMarks - 1), marks[own]!];
}

/** The sum over the modules of a row, in words; empty for 0. */
function sumIn(sums: Float64Array, { module, end }: VisibleRow): string {
  const count = (sums[end] ?? 0) - (sums[module] ?? 0);
  return count === 0 ? '' : formatLarge(count);
}

/** The settings of the sub-configs below a closed row, those of the same amount together. */
function insideOf({ tree, list, marked }: RowSources, row: VisibleRow, marks: readonly RowMark[]): string {
  const byAmount = new Map<string, ModuleMarks[]>();
  for (const { number, state, count, amount } of marks) {
    const view = list?.subConfigs[marked[number - 1]?.index ?? -1];
    if (!view || state !== 'selected' || count === 0) continue;
    const same = byAmount.get(amount);
    if (same) same.push(view.marks);
    else byAmount.set(amount, [view.marks]);
  }
  if (byAmount.size === 0) return '';
  const inside = countInside(tree, row);
  const parts = [...byAmount].slice(0, mostMarks).map(([amount, own]) => wordInside(inside, own, amount));
  return [...parts, ...(byAmount.size > mostMarks ? [`and ${formatCount(byAmount.size - mostMarks)} more`] : [])].join(' · ');
}

/** A group that a row's module, or one below a closed row, is in. */
export interface RowGroup {
  readonly group: TargetGroup;
  /** Position among all groups, which its letter and colour follow. */
  readonly index: number;
}

const noGroups: readonly RowGroup[] = [];

function groupsOf({ list }: RowSources, row: VisibleRow, closed: boolean): readonly RowGroup[] {
  if (!list || list.groups.length === 0) return noGroups;
  const end = closed || row.runLength > 0 ? row.end : row.module + 1;
  return list.groups.flatMap((group, index) => (hasModuleIn(group, row.module, end) ? [{ group, index }] : []));
}

