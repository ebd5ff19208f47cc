import { createContext, useContext, useMemo } from 'react';
import type { Severity } from '../../core/diagnostics/finding.ts';
import { countOnes } from '../../core/module-tree/mask-counts.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { TargetGroup } from '../../core/resolve/groups.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ListView } from '../../worker/protocol.ts';
import { hasModuleIn } from '../shared/groups.ts';
import { useDerived } from '../shared/use-app.ts';
import type { VisibleRow } from './visible-rows.ts';

/** What the rows of a tree show, as far as it is not typed: read once, not by each row. */
export interface RowSources {
  readonly tree: ModuleTree;
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
}

/** How the pattern that is being typed concerns a row. */
export interface RowPreview {
  readonly matches: boolean;
  /** Matching modules that the row stands for, itself among them. */
  readonly count: number;
}

/** The row's part of the preview, or `null` when nothing is previewed. A row renders anew only where its part changes. */
function useRowPreview(row: VisibleRow): RowPreview | null {
  const told = useDerived(({ preview }: DerivedState) => {
    const shown = preview?.shown;
    if (!shown || shown.mask.length < row.end) return -1;
    const count = countOnes(shown.mask, shown.matchedBlocks, row.module, row.end);
    return count * 2 + (shown.mask[row.module] === 1 ? 1 : 0);
  });
  return useMemo(() => (told < 0 ? null : { matches: told % 2 === 1, count: told >> 1 }), [told]);
}

/** What a row shows of the list, of the pattern that is typed and of what is chosen. */
export interface RowState {
  readonly tree: ModuleTree;
  readonly closed: boolean;
  readonly preview: RowPreview | null;
  readonly marks: readonly RowMark[];
  readonly groups: readonly RowGroup[];
  readonly severity: Severity | null;
  readonly chosen: boolean;
}

/** What `useRowState` reads; see `RowSourcesProvider`. */
export const RowSourcesContext = createContext<RowSources | null>(null);

/** Reads what a row shows; `null` as long as no model is open. The same object as long as nothing of it changes. */
export function useRowState(row: VisibleRow): RowState | null {
  const sources = useContext(RowSourcesContext);
  const preview = useRowPreview(row);
  const fixed = useMemo(() => sources && stateOf(sources, row), [sources, row]);
  return useMemo(() => fixed && { ...fixed, preview }, [fixed, preview]);
}

/** What a row shows apart from what is typed. */
function stateOf(sources: RowSources, row: VisibleRow): Omit<RowState, 'preview'> {
  const closed = row.state === 'closed';
  return {
    tree: sources.tree,
    closed,
    marks: marksOf(sources, row, closed),
    groups: groupsOf(sources, row, closed),
    severity: severities[sources.list?.severity[row.module] ?? 0] ?? null,
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

/** One sub-config's mark on a row. */
export interface RowMark {
  readonly id: string;
  readonly number: number;
  readonly color: number;
  readonly state: 'selected' | 'excluded';
  /** Modules under the row that it selects. */
  readonly count: number;
}

/** The marks of the sub-configs that concern a row; those that only select beneath a closed one among them. */
function marksOf({ list, marked }: RowSources, row: VisibleRow, closed: boolean): readonly RowMark[] {
  const marks: RowMark[] = [];
  for (const { id, number, color, index } of marked) {
    const view = list?.subConfigs[index];
    if (!view || view.state.length < row.end) continue;
    const own = view.state[row.module];
    if (own === 0 && !closed) continue;
    const count = countOnes(view.state, view.selectedBlocks, row.module, row.end);
    const isRun = row.runLength > 0;
    if (own === 2 && !(closed && count > 0)) marks.push({ id, number, color, state: 'excluded', count: 0 });
    else if ((own === 1 && !isRun) || (closed && count > 0)) marks.push({ id, number, color, state: 'selected', count });
  }
  return marks;
}

/** A group that a row's module, or one beneath a closed row, is in. */
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

/** The gravest finding that points at a module, as the engine codes it. */
const severities: readonly (Severity | null)[] = [null, 'not-checked', 'silent', 'later', 'refused'];
