import { writeJson } from '../core/config/json-writer.ts';
import type { SubConfig } from '../core/plan/plan.ts';
import type { DerivedState } from '../store/derived-store.ts';
import type { ViewState } from '../store/view-store.ts';
import { JsonText } from '../ui/list-text/JsonText.tsx';
import { EmptyState } from '../ui/shared/EmptyState.tsx';
import { formatQuantity } from '../ui/shared/format.ts';
import { SubConfigMark } from '../ui/shared/SubConfigMark.tsx';
import { useActions, useDerived, useSubConfigs, useView } from '../ui/shared/use-app.ts';
import { CardTitle } from '../ui/sub-configs/card/CardTitle.tsx';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;
const selectIds = (state: DerivedState) => state.listIds;

/** The sub-configs, read-only: the selection and settings of each, and its number of modules. */
export function ReadOnlyList() {
  const subConfigs = useSubConfigs();
  const mode = useView(selectMode);
  if (subConfigs.length === 0) return <EmptyState title="The list is empty">There is no sub-config for {mode}.</EmptyState>;
  return (
    <>
      <h2 className="flex h-10 shrink-0 items-center border-b border-line bg-surface px-3 font-semibold">{formatQuantity(subConfigs.length, 'sub-config')}</h2>
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-auto p-2">
        {subConfigs.map((subConfig, at) => (
          <ReadOnlyCard key={subConfig.id} subConfig={subConfig} number={at + 1} />
        ))}
      </div>
    </>
  );
}

function ReadOnlyCard({ subConfig: { id, label, color, enabled, config }, number }: { readonly subConfig: SubConfig; readonly number: number }) {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const index = useDerived(selectIds)[mode].indexOf(id);
  const view = useDerived(selectLists)[mode]?.subConfigs[index];
  return (
    <article
      aria-label={`Sub-config ${number}`}
      data-sub-config={id}
      onPointerEnter={() => setView({ highlightedSubConfig: id })}
      onPointerLeave={() => setView({ highlightedSubConfig: null })}
      className="shrink-0 rounded-md border border-line bg-surface px-3 py-2"
    >
      <h3 className="flex items-baseline gap-2">
        <SubConfigMark number={number} color={color} state={enabled ? 'selected' : 'off'} />
        <span className="min-w-0 flex-1 break-words">
          <CardTitle label={label} config={config} />
        </span>
        <span className="shrink-0 text-xs text-muted">{enabled ? view && `selects ${formatQuantity(view.count, 'module')}` : 'off: left out of the list'}</span>
      </h3>
      <pre className="mt-1 overflow-x-auto font-mono text-xs leading-5 select-text">
        <JsonText text={writeJson(config)} />
      </pre>
    </article>
  );
}
