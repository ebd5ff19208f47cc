import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { startWith } from '../../core/presets/start-config.ts';
import type { Proposal } from '../../core/proposals/proposal.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { Proposing, ViewState } from '../../store/view-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useSubConfigs, useView } from '../shared/use-app.ts';
import { placeBesideTree } from '../shared/layers/place-layer.ts';
import { labelOfEdit } from './proposal-text.ts';
import { ProposalList } from './ProposalList.tsx';
import { SubConfigChoice } from './SubConfigChoice.tsx';
import { useProposals } from './use-proposals.ts';

const selectFocus = (state: ViewState) => state.focus;
const selectMode = (state: ViewState) => state.mode;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Selectors for the chosen modules, next to the tree in which each can be looked at before it is taken. */
export function ProposalPanel({ proposing }: { readonly proposing: Proposing }) {
  const { addSubConfig, edit, reveal, setDraft, setView } = useActions();
  const tree = useDerived(selectTree);
  const modules = useView(selectFocus);
  const mode = useView(selectMode);
  const subConfigs = useSubConfigs();
  const layer = useRef<HTMLDivElement>(null);
  const changed = proposing.type === 'new' ? null : findChanged(subConfigs, proposing.subConfigId);
  const state = useProposals(proposing.type, changed?.config ?? null, modules);

  useLayoutEffect(() => {
    const element = layer.current;
    if (!element) return undefined;
    element.showPopover();
    placeBesideTree(element);
    element.querySelector<HTMLElement>('[role=group] button, button')?.focus();
    const close = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') setView({ proposing: null });
    };
    element.addEventListener('toggle', close);
    return () => element.removeEventListener('toggle', close);
  }, [setView]);
  useEffect(() => {
    // Taken, it closes, and the new card has the focus.
    if (state.type !== 'ready' || layer.current?.matches(':popover-open') !== true) return;
    layer.current.querySelector<HTMLElement>('[data-proposal]')?.focus();
  }, [state]);
  useEffect(() => () => setDraft(null), [setDraft]);

  if (!tree) return null;
  const close = () => layer.current?.hidePopover();
  const take = ({ config }: Proposal) => {
    close();
    if (!changed || proposing.type === 'new') {
      addSubConfig(startWith(mode, config));
      return;
    }
    const number = subConfigs.indexOf(changed) + 1;
    edit({ type: 'set-config', mode, id: changed.id, config, label: labelOfEdit(proposing.type, modules.length, number) });
    reveal({ type: 'sub-config', subConfigId: changed.id });
  };
  const look = ({ config }: Proposal) =>
    setDraft({ subConfigId: '', key: 'op_names_re', index: -1, pattern: '', config });
  const title = `${titles[proposing.type]} ${formatQuantity(modules.length, 'module')}`;
  return (
    <div
      ref={layer}
      popover="auto"
      role="dialog"
      aria-label={title}
      onKeyDown={moveBetween}
      className="fixed m-0 max-h-[80vh] open:flex w-[min(30rem,94vw)] flex-col rounded-md border border-line bg-raised p-0 text-sm text-text shadow-xl"
    >
      <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <h2 className="flex-1 font-semibold">{title}</h2>
        <IconButton size="small" label="Close the proposals" icon={<X size={14} />} onClick={close} />
      </div>
      {proposing.type !== 'new' && (
        <SubConfigChoice
          subConfigs={subConfigs}
          chosen={changed?.id ?? null}
          onChoose={(subConfigId) => setView({ proposing: { type: proposing.type, subConfigId } })}
        />
      )}
      {(proposing.type === 'new' || changed) && (
        <ProposalList
          state={state}
          type={proposing.type}
          modules={modules.length}
          tree={tree}
          onLook={look}
          onTake={take}
        />
      )}
    </div>
  );
}

const titles = { new: 'A sub-config for', add: 'Add', exclude: 'Exclude' } as const;

/** The sub-config of that id; without one, the only one that there is. */
function findChanged(subConfigs: readonly SubConfig[], id: string | null): SubConfig | null {
  return subConfigs.find((one) => one.id === id) ?? (subConfigs.length === 1 ? subConfigs[0]! : null);
}

/** Arrow keys go from proposal to proposal. */
function moveBetween(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-proposal]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = event.key === 'ArrowDown' ? at + 1 : Math.max(0, at - 1);
  event.preventDefault();
  items[Math.min(next, items.length - 1)]?.focus();
}
