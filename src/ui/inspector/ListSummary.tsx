import type { ReactNode } from 'react';
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
import { useResolvedItems } from '../sub-configs/family/use-resolved-items.ts';
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
  const { first, more } = useFirstItems(useResolvedItems(mode));
  return (
    <section aria-label="Summary of the list" className="border-t border-line px-4 py-3">
      <p>
        The {mode} list configures {formatCount(list.configuredCount)} of {formatQuantity(moduleCount, 'module')}.
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {first.map(({ ids, places }) => {
          const views = places.flatMap((place) => list.subConfigs[place] ?? []);
          const [place = 0] = places;
          return places.length > 1 ? (
            <FamilyLine key={ids[0]} ids={ids} first={subConfigs[place]} last={subConfigs[places.at(-1)!]} views={views} mode={mode} />
          ) : (
            <Line key={ids[0]} mark={<Mark subConfig={place} />} title={subConfigs[place]?.title ?? ''} views={views} mode={mode} />
          );
        })}
      </ul>
      {more}
    </section>
  );
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
