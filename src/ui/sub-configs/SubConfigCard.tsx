import { memo, useState } from 'react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ConfigObject } from '../../core/config/value.ts';
import { getKey } from '../../core/config/value.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import { selectorKeys, type SelectionEntry } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useActions, useDerived, useDocument, useView } from '../shared/use-app.ts';
import { CardContext, type CardPlace } from './card-context.ts';
import { CardFindings } from './CardFindings.tsx';
import { CardHeader } from './CardHeader.tsx';
import { SelectorSection } from './SelectorSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';
import { TargetSettingsSection, TargetsSection } from './TargetsSection.tsx';

const selectMode = (state: ViewState) => state.mode;
const selectCollapsed = (state: ViewState) => state.collapsedSubConfigs;
const selectLists = (state: DocumentState) => state.history.present.lists;
const selectResolved = (state: DerivedState) => state.lists;
const selectIds = (state: DerivedState) => state.listIds;
const noEntries: readonly SelectionEntry[] = [];
const positive = selectorKeys.filter((key) => !key.startsWith('exclude_'));
const excluding = selectorKeys.filter((key) => key.startsWith('exclude_'));

/** One sub-config: what it selects, which targets, what is set. Subscribes to its own part of the plan only. */
export const SubConfigCard = memo(function SubConfigCard({ id }: { readonly id: string }) {
  const mode = useView(selectMode);
  const { setView } = useActions();
  const list = useDocument(selectLists)[mode];
  const collapsed = useView(selectCollapsed).has(id);
  const index = useDerived(selectIds)[mode].indexOf(id);
  const entries = useDerived(selectResolved)[mode]?.subConfigs[index]?.entries ?? noEntries;
  const at = list.findIndex((candidate) => candidate.id === id);
  const subConfig: SubConfig | undefined = list[at];
  if (!subConfig) return null;
  const place: CardPlace = { id, mode, number: at + 1, index: subConfig.enabled ? index : -1 };
  return (
    <CardContext value={place}>
      <article
        aria-label={`Sub-config ${at + 1}`}
        data-sub-config={id}
        onPointerEnter={() => setView({ highlightedSubConfig: id })}
        onPointerLeave={() => setView({ highlightedSubConfig: null })}
        className={`rounded-md border border-line bg-surface ${subConfig.enabled ? '' : 'opacity-75'}`}
      >
        <CardHeader subConfig={subConfig} count={list.length} collapsed={collapsed} />
        {!collapsed && (
          <div className="flex flex-col gap-2 border-t border-line px-3 py-2">
            {positive.map((selector) => (
              <SelectorSection key={selector} config={subConfig.config} selector={selector} entries={entries} />
            ))}
            <Excludes config={subConfig.config} entries={entries} />
            <hr className="border-line" />
            <TargetsSection config={subConfig.config} />
            <SettingsSection config={subConfig.config} path={[]} />
            <TargetSettingsSection config={subConfig.config} />
            <CardFindings />
          </div>
        )}
      </article>
    </CardContext>
  );
});

function Excludes({ config, entries }: { readonly config: ConfigObject; readonly entries: readonly SelectionEntry[] }) {
  const inUse = excluding.some((key) => getKey(config, key) !== undefined);
  const [asked, setAsked] = useState(false);
  const open = asked || inUse;
  return (
    <div className="flex flex-col gap-1">
      <button
        type="button"
        aria-expanded={open}
        disabled={inUse}
        onClick={() => setAsked(!asked)}
        className="flex items-center gap-1 self-start rounded text-xs font-medium text-muted enabled:hover:text-text"
      >
        {open ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
        Exclude
      </button>
      {open &&
        excluding.map((selector) => <SelectorSection key={selector} config={config} selector={selector} entries={entries} />)}
    </div>
  );
}
