import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { PlansState, PlanSummary } from '../../store/plans-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { closingFirst, MenuItem, Popover } from '../shared/layers/Popover.tsx';
import { useActions, usePlans } from '../shared/use-app.ts';
import { PlanNameField } from './PlanNameField.tsx';
import { titleOfPlan, wordCounts, wordModel, wordTime } from './plan-wording.ts';

const selectPlans = (state: PlansState) => state.plans;
const selectOpenId = (state: PlansState) => state.openId;

/** The plans of this browser, the last changed first. */
export function PlanList({ onOpened }: { readonly onOpened?: () => void }) {
  const plans = usePlans(selectPlans);
  const openId = usePlans(selectOpenId);
  const [now] = useState(Date.now);
  if (!plans || plans.length === 0) return null;
  return (
    <ul aria-label="Plans of this browser" className="divide-y divide-line rounded-md border border-line">
      {plans.map((plan) => (
        <PlanRow
          key={plan.id}
          plan={plan}
          isOpen={plan.id === openId}
          now={now}
          {...(onOpened === undefined ? {} : { onOpened })}
        />
      ))}
    </ul>
  );
}

function PlanRow({ plan, isOpen, now, onOpened }: {
  readonly plan: PlanSummary;
  readonly isOpen: boolean;
  readonly now: number;
  readonly onOpened?: () => void;
}) {
  const { openPlan, renamePlan } = useActions();
  const [renaming, setRenaming] = useState(false);
  const title = titleOfPlan(plan.name);
  // Opening puts the dialog away by itself; one that fails leaves it, with its message.
  const open = () => {
    if (isOpen) onOpened?.();
    else void openPlan(plan.id);
  };
  return (
    <li className="flex items-center gap-1 pr-1.5">
      {renaming ? (
        <div className="flex-1 px-2 py-1.5">
          <PlanNameField
            name={plan.name}
            label={`Name of ${title}`}
            onDone={(name) => {
              setRenaming(false);
              if (name !== null) void renamePlan(plan.id, name);
            }}
          />
        </div>
      ) : (
        <button
          type="button"
          aria-current={isOpen ? 'true' : undefined}
          onClick={open}
          className="min-w-0 flex-1 rounded-md px-3 py-2 text-left -outline-offset-2 hover:bg-hover"
        >
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{title}</span>
            {isOpen && <span className="shrink-0 text-xs text-muted">open here</span>}
            <span className="ml-auto shrink-0 pl-1 text-xs text-muted">{wordTime(plan.changedAt, now)}</span>
          </span>
          <span className="line-clamp-2 text-xs wrap-anywhere text-muted">
            {wordModel(plan)} · {wordCounts(plan.counts)}
          </span>
        </button>
      )}
      <RowMenu plan={plan} title={title} onRename={() => setRenaming(true)} />
    </li>
  );
}

function RowMenu({ plan, title, onRename }: {
  readonly plan: PlanSummary;
  readonly title: string;
  readonly onRename: () => void;
}) {
  const { duplicatePlan, deletePlan } = useActions();
  return (
    <Popover
      label={`Actions of ${title}`}
      align="end"
      trigger={(props) => (
        <IconButton label={`Actions of ${title}`} icon={<EllipsisVertical size={14} />} size="small" {...props} />
      )}
    >
      {(close) => {
        const choose = closingFirst(close);
        return (
          <>
            <MenuItem icon={<Pencil size={14} />} onSelect={choose(onRename)}>
              Rename
            </MenuItem>
            <MenuItem icon={<Copy size={14} />} onSelect={choose(() => void duplicatePlan(plan.id))}>
              Duplicate
            </MenuItem>
            <MenuItem icon={<Trash2 size={14} />} danger onSelect={choose(() => void deletePlan(plan.id))}>
              Delete
            </MenuItem>
          </>
        );
      }}
    </Popover>
  );
}
