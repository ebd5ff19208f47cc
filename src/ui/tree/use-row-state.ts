import type { Severity } from '../../core/diagnostics/finding.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { hasModuleIn } from '../shared/groups.ts';
import type { TargetGroup } from '../../core/resolve/groups.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';
import type { VisibleRow } from './visible-rows.ts';

/** How the pattern that is being typed concerns a row. */
export interface RowPreview {
  readonly matches: boolean;
  /** Matching modules that the row stands for, itself among them. */
  readonly count: number;
}

const selectPreview = (state: DerivedState) => state.preview?.shown ?? null;

/** The row's part of the preview, or `null` when nothing is previewed. Costs two look-ups. */
export function useRowPreview(row: VisibleRow): RowPreview | null {
  const shown = useDerived(selectPreview);
  if (!shown || shown.mask.length < row.end) return null;
  return {
    matches: shown.mask[row.module] === 1,
    count: shown.matchedBefore[row.end]! - shown.matchedBefore[row.module]!,
  };
}

/** One sub-config's mark on a row. */
export interface RowMark {
  readonly id: string;
  readonly number: number;
  readonly color: number;
  readonly state: 'selected' | 'excluded';
  /** Modules under the row that it selects. */
  readonly count: number;
}

const selectFocus = (state: ViewState) => state.focus;
const chosenSets = new WeakMap<readonly number[], ReadonlySet<number>>();

/** Whether the row is chosen: its module, or of a run every member. */
export function useRowChosen(row: VisibleRow): boolean {
  const focus = useView(selectFocus);
  let chosen = chosenSets.get(focus);
  if (!chosen) chosenSets.set(focus, (chosen = new Set(focus)));
  if (row.runLength === 0) return chosen.has(row.module);
  const stride = (row.end - row.module) / row.runLength;
  for (let at = 0; at < row.runLength; at++) if (!chosen.has(row.module + at * stride)) return false;
  return true;
}

const selectLists = (state: DerivedState) => state.lists;
const selectIds = (state: DerivedState) => state.listIds;
const selectPlanLists = (state: DocumentState) => state.history.present.lists;
const selectMode = (state: ViewState) => state.mode;

/** The marks of the sub-configs that concern a row; those that only select beneath a closed one among them. */
export function useRowMarks(row: VisibleRow, closed: boolean): readonly RowMark[] {
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const ids = useDerived(selectIds)[mode];
  const subConfigs = useDocument(selectPlanLists)[mode];
  if (!list) return [];
  const marks: RowMark[] = [];
  subConfigs.forEach((subConfig, at) => {
    const view = list.subConfigs[ids.indexOf(subConfig.id)];
    if (!view || view.state.length < row.end) return;
    const own = view.state[row.module];
    const count = view.selectedBefore[row.end]! - view.selectedBefore[row.module]!;
    const isRun = row.runLength > 0;
    if (own === 2 && !(closed && count > 0)) {
      marks.push({ id: subConfig.id, number: at + 1, color: subConfig.color, state: 'excluded', count: 0 });
    } else if ((own === 1 && !isRun) || (closed && count > 0)) {
      marks.push({ id: subConfig.id, number: at + 1, color: subConfig.color, state: 'selected', count });
    }
  });
  return marks;
}

/** A group that a row's module, or one beneath a closed row, is in. */
export interface RowGroup {
  readonly group: TargetGroup;
  /** Position among all groups, which its letter and colour follow. */
  readonly index: number;
}

/** The groups that concern a row. */
export function useRowGroups(row: VisibleRow, closed: boolean): readonly RowGroup[] {
  const mode = useView(selectMode);
  const groups = useDerived(selectLists)[mode]?.groups ?? [];
  const end = closed || row.runLength > 0 ? row.end : row.module + 1;
  return groups.flatMap((group, index) => (hasModuleIn(group, row.module, end) ? [{ group, index }] : []));
}

const severities: readonly (Severity | null)[] = [null, 'not-checked', 'silent', 'later', 'refused'];

/** The gravest finding that points at the row's module. */
export function useRowSeverity(row: VisibleRow): Severity | null {
  const mode = useView(selectMode);
  const severity = useDerived(selectLists)[mode]?.severity[row.module] ?? 0;
  return severities[severity] ?? null;
}
