import { FilePlus2, FolderOpen } from 'lucide-react';
import type { PlansState } from '../../store/plans-store.ts';
import { PlanBanner } from '../plans/PlanBanner.tsx';
import { PlanList } from '../plans/PlanList.tsx';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { useActions, usePlans } from '../shared/use-app.ts';

const selectNone = (state: PlansState) => state.plans?.length === 0;

/** All plans of this browser. */
export function PlansDialog() {
  const { setView, newPlan, closePlan } = useActions();
  const none = usePlans(selectNone);
  const close = () => setView({ dialog: null });
  return (
    <Dialog
      title="Plans of this browser"
      width="medium"
      onClose={close}
      footer={
        <>
          <Button icon={<FolderOpen size={14} />} onClick={() => void closePlan()}>
            New plan for another model
          </Button>
          <Button kind="primary" icon={<FilePlus2 size={14} />} onClick={() => void newPlan()}>
            New plan for this model
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="text-muted">
          Each plan is saved here as you work on it. A plan file that is dropped on the page opens as a plan of its own.
        </p>
        <PlanBanner />
        {none ? <p>There are none yet: the first is kept as soon as you open a model.</p> : <PlanList onOpened={close} />}
      </div>
    </Dialog>
  );
}
