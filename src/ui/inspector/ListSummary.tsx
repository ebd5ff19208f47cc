import { useMemo, type ReactNode } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import { showKeys } from '../actions/keys.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { ListView, SubConfigView } from '../../worker/list-protocol.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { EmptyState } from '../shared/EmptyState.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useDerived, useView } from '../shared/use-app.ts';
import { Mark } from './SentenceText.tsx';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { FamilyMarks } from '../sub-configs/family/FamilyMarks.tsx';
import { useFamily } from '../sub-configs/family/use-family.ts';
import { useListItems } from '../sub-configs/pane/use-list-items.ts';
import { useResolvedSubConfigs, type NumberedSubConfig } from '../shared/use-resolved-sub-configs.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;
const selectModuleCount = (state: DerivedState) => state.student?.tree.size ?? 0;

/** Nothing is in focus: how to look at a module, and the effect of the list as a whole. */
export function ListSummary() {
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const moduleCount = useDerived(selectModuleCount);
  return (
    <>
      <EmptyState title="Pick a module to see its settings">
        Click a row of the model, or press Enter on it: every target, every value with where it comes
        from, and why the module is selected or not. Choose several with Shift or {showKeys('Mod')} to compare them.
      </EmptyState>
      {list && list.subConfigs.length > 0 && <Counts list={list} moduleCount={moduleCount} mode={mode} />}
    </>
  );
}

function Counts({ list, moduleCount, mode }: {
  readonly list: ListView;
  readonly moduleCount: number;
  readonly mode: Mode;
}) {
  const subConfigs = useResolvedSubConfigs();
  const lines = useSummaryLines(mode, subConfigs);
  const { first, more } = useFirstItems(lines);
  return (
    <section aria-label="Summary of the list" className="border-t border-line px-4 py-3">
      <p>
        The {mode} list configures {formatCount(list.configuredCount)} of {formatQuantity(moduleCount, 'module')}.
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {first.map((indices) => {
          const views = indices.flatMap((index) => list.subConfigs[index] ?? []);
          const ids = indices.flatMap((index) => subConfigs[index]?.id ?? []);
          const [index = 0] = indices;
          // The items of the list have no identity but their place.
          return indices.length > 1 ? (
            <FamilyLine key={index} ids={ids} first={subConfigs[index]} last={subConfigs[indices.at(-1)!]} views={views} mode={mode} />
          ) : (
            <Line key={index} mark={<Mark subConfig={index} />} title={subConfigs[index]?.title ?? ''} views={views} mode={mode} />
          );
        })}
      </ul>
      {more}
    </section>
  );
}

/** The places in the list of each line: of one sub-config, or of a family, which is one card, too (rule K2). */
function useSummaryLines(mode: Mode, subConfigs: readonly (NumberedSubConfig | null)[]): readonly (readonly number[])[] {
  const items = useListItems(mode);
  return useMemo(() => {
    const familyOf = new Map(items.flatMap(({ family, ids }) => (family === null ? [] : ids.map((id) => [id, family] as const))));
    const lines: number[][] = [];
    let last: string | undefined;
    subConfigs.forEach((subConfig, index) => {
      const family = subConfig ? familyOf.get(subConfig.id) : undefined;
      if (family !== undefined && family === last) lines.at(-1)!.push(index);
      else lines.push([index]);
      last = family;
    });
    return lines;
  }, [items, subConfigs]);
}

interface LineProps {
  readonly views: readonly SubConfigView[];
  readonly mode: Mode;
}

function Line({ mark, title, views, mode }: LineProps & { readonly mark: ReactNode; readonly title: string }) {
  return (
    <li className="flex items-baseline gap-2">
      {mark}
      <span className="min-w-0">
        {title !== '' && <span className="font-medium [overflow-wrap:anywhere]">{title}: </span>}
        {describeCounts(views, mode)}
      </span>
    </li>
  );
}

function FamilyLine({ ids, first, last, views, mode }: LineProps & {
  readonly ids: readonly string[];
  readonly first: NumberedSubConfig | null | undefined;
  readonly last: NumberedSubConfig | null | undefined;
}) {
  const { title } = useFamily(mode, ids);
  if (!first || !last) return null;
  return <Line mark={<FamilyMarks first={first} last={last} />} title={title} views={views} mode={mode} />;
}

function describeCounts(views: readonly SubConfigView[], mode: Mode): string {
  const sum = (of: (view: SubConfigView) => number): number => views.reduce((total, view) => total + of(view), 0);
  const [count, excludedCount] = [sum((view) => view.count), sum((view) => view.excludedCount)];
  // A pruner skips a bias that the module has as None; a quantizer does not.
  const configured = sum(({ wonTargets, emptyTargets }) => wonTargets - (mode === 'pruning' ? emptyTargets : 0));
  const lost = sum(({ lostTargets }) => lostTargets.reduce((total, target) => total + target.count, 0));
  return [
    count === 0 ? 'selects nothing' : `selects ${formatQuantity(count, 'module')}`,
    ...(excludedCount > 0 ? [`excludes ${formatCount(excludedCount)}`] : []),
    ...(count > 0 ? [`configures ${formatQuantity(configured, 'target')}`] : []),
    ...(lost > 0 ? [`${formatQuantity(lost, 'target')} already taken`] : []),
  ].join(', ');
}
