import type { Mode } from '../../core/config/mode.ts';
import { showKeys } from '../actions/keys.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { ListView } from '../../worker/list-protocol.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { EmptyState } from '../shared/EmptyState.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useDerived, useView } from '../shared/use-app.ts';
import { Mark } from './SentenceText.tsx';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';

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
  const { first, more } = useFirstItems(list.subConfigs);
  return (
    <section aria-label="Summary of the list" className="border-t border-line px-4 py-3">
      <p>
        The {mode} list configures {formatCount(list.configuredCount)} of {formatQuantity(moduleCount, 'module')}.
      </p>
      <ul className="mt-2 flex flex-col gap-1">
        {first.map((view, index) => {
          const title = subConfigs[index]?.title ?? '';
          return (
            // The items of the list have no identity but their place.
            <li key={index} className="flex items-baseline gap-2">
              <Mark subConfig={index} />
              <span className="min-w-0">
                {title !== '' && <span className="font-medium [overflow-wrap:anywhere]">{title}: </span>}
                {describeCounts(view, mode)}
              </span>
            </li>
          );
        })}
      </ul>
      {more}
    </section>
  );
}

function describeCounts({ count, excludedCount, wonTargets, emptyTargets, lostTargets }: ListView['subConfigs'][number], mode: Mode): string {
  // A pruner skips a bias that the module has as None; a quantizer does not.
  const configured = wonTargets - (mode === 'pruning' ? emptyTargets : 0);
  const lost = lostTargets.reduce((sum, target) => sum + target.count, 0);
  return [
    count === 0 ? 'selects nothing' : `selects ${formatQuantity(count, 'module')}`,
    ...(excludedCount > 0 ? [`excludes ${formatCount(excludedCount)}`] : []),
    ...(count > 0 ? [`configures ${formatQuantity(configured, 'target')}`] : []),
    ...(lost > 0 ? [`${formatQuantity(lost, 'target')} already taken`] : []),
  ].join(', ');
}
