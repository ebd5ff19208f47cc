import { ChevronDown, Copy, FilePlus2, GitCompare, Library, ListChecks, Pencil, Save, Share2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DocumentState } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { closingFirst, MenuItem, Popover } from '../shared/layers/Popover.tsx';
import { earlyActions } from '../actions/early-actions.ts';
import { keysOf } from '../actions/page-action.ts';
import { useActions, useDocument, usePlans, useView } from '../shared/use-app.ts';
import { PlanNameField } from './PlanNameField.tsx';
import { titleOfPlan } from './plan-wording.ts';

const selectName = (state: DocumentState) => state.history.present.name;
const selectRenaming = (state: ViewState) => state.renamingPlan;
const selectOpenId = (state: PlansState) => state.openId;

/** The name of the plan, with actions for the whole plan. */
export function PlanButton() {
  const { edit, setView } = useActions();
  const name = useDocument(selectName);
  const renaming = useView(selectRenaming);
  const setRenaming = (renamingPlan: boolean) => setView({ renamingPlan });
  const button = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    // Where a click elsewhere ended it, the focus is there already.
    if (wasRenaming.current && document.activeElement === document.body) button.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
  if (renaming) {
    return (
      <PlanNameField
        name={name}
        label="Name of the plan"
        onDone={(changed) => {
          setRenaming(false);
          if (changed !== null) edit({ type: 'set-name', name: changed });
        }}
      />
    );
  }
  return (
    <Popover
      label="Plan"
      trigger={(props) => (
        <button
          ref={button}
          type="button"
          aria-label={`Plan: ${titleOfPlan(name)}`}
          title={`${titleOfPlan(name)}: rename, share, compare, other plans`}
          onDoubleClick={() => setRenaming(true)}
          className="flex h-7 min-w-0 items-center gap-1 max-w-full rounded px-2 max-[520px]:h-6 max-[520px]:px-1 hover:bg-hover"
          {...props}
        >
          <span className={`max-w-40 truncate ${name === '' ? 'text-muted' : 'font-medium'}`}>{titleOfPlan(name)}</span>
          <ChevronDown size={12} className="shrink-0 text-muted max-[520px]:hidden" aria-hidden="true" />
        </button>
      )}
    >
      {(close) => <PlanMenu close={close} onRename={() => setRenaming(true)} />}
    </Popover>
  );
}

function PlanMenu({ close, onRename }: { readonly close: () => void; readonly onRename: () => void }) {
  const { setView, keepState, newPlan, duplicatePlan } = useActions();
  const openId = usePlans(selectOpenId);
  const choose = closingFirst(close);
  return (
    <>
      <MenuItem icon={<Pencil size={14} />} onSelect={choose(onRename)}>
        Rename
      </MenuItem>
      <MenuItem icon={<Save size={14} />} hint={keysOf(earlyActions['keep-state'])} onSelect={choose(() => void keepState())}>
        Save this state to compare with
      </MenuItem>
      <MenuItem icon={<GitCompare size={14} />} onSelect={choose(() => setView({ dialog: 'compare' }))}>
        Compare
      </MenuItem>
      <MenuItem icon={<ListChecks size={14} />} onSelect={choose(() => setView({ dialog: 'assertions' }))}>
        Assertions
      </MenuItem>
      <MenuItem icon={<Share2 size={14} />} onSelect={choose(() => setView({ dialog: 'share' }))}>
        Share as a link or a file
      </MenuItem>
      <hr className="my-1 border-line" />
      <MenuItem icon={<FilePlus2 size={14} />} onSelect={choose(() => void newPlan())}>
        New plan for this model
      </MenuItem>
      <MenuItem icon={<Copy size={14} />} onSelect={choose(() => openId !== null && void duplicatePlan(openId))}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Library size={14} />} onSelect={choose(() => setView({ dialog: 'plans' }))}>
        All plans
      </MenuItem>
    </>
  );
}
