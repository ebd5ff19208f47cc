import { Info, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { PlanConflict, PlanNotice, PlansState } from '../../store/plans-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, usePlans } from '../shared/use-app.ts';
import { wordTime } from './plan-wording.ts';
import { wordPlanNotice } from './word-plan-notice.ts';

const selectConflict = (state: PlansState) => state.conflict;
const selectNotice = (state: PlansState) => state.notice;

/** Notices about plans as a whole: another tab changed this one, one was opened, deleted or refused. */
export function PlanBanner() {
  const conflict = usePlans(selectConflict);
  const notice = usePlans(selectNotice);
  return (
    <>
      {conflict && <ConflictBanner conflict={conflict} />}
      {notice && <NoticeBanner notice={notice} />}
    </>
  );
}

function NoticeBanner({ notice }: { readonly notice: PlanNotice }) {
  const { dismissPlanNotice, bringBackPlan, openPlan } = useActions();
  const namesake = notice.type === 'opened' ? notice.namesake : null;
  const { text, isProblem } = wordPlanNotice(notice);
  return (
    <div
      role={isProblem ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1 ${isProblem ? 'bg-refused-soft' : 'bg-sunken'}`}
    >
      {isProblem ? (
        <TriangleAlert size={14} className="shrink-0 text-refused" aria-hidden="true" />
      ) : (
        <Info size={14} className="shrink-0 text-muted" aria-hidden="true" />
      )}
      <p className="min-w-0 flex-1 basis-60 break-words">{text}</p>
      {notice.type === 'deleted' && (
        <Button size="small" onClick={() => void bringBackPlan()}>
          Undo
        </Button>
      )}
      {notice.type === 'new-version' && (
        <Button size="small" onClick={() => location.reload()}>
          Reload
        </Button>
      )}
      {namesake !== null && (
        <Button size="small" onClick={() => void openPlan(namesake)}>
          Open that one
        </Button>
      )}
      <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={dismissPlanNotice} />
    </div>
  );
}

function ConflictBanner({ conflict }: { readonly conflict: PlanConflict }) {
  const { settleConflict } = useActions();
  const [now] = useState(Date.now);
  const changed = conflict.type === 'changed';
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 border-b border-line bg-later-soft px-3 py-1.5">
      <TriangleAlert size={14} className="shrink-0 text-later" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-60">
        {changed
          ? `Another tab changed this plan (${wordTime(conflict.at, now)}); its version stays. ` +
            'Until you choose, nothing done here is saved.'
          : 'Another tab deleted this plan. Until you choose, nothing done here is saved.'}
      </p>
      <Button size="small" kind="primary" onClick={() => void settleConflict('take-saved')}>
        {changed ? 'Load the version of the other tab' : 'Close it'}
      </Button>
      <Button size="small" onClick={() => void settleConflict('keep-mine')}>
        {changed ? 'Keep mine as a copy' : 'Keep it'}
      </Button>
    </div>
  );
}
