import { selectPlan } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import { PlanList } from '../plans/PlanList.tsx';
import { titleOfPlan } from '../plans/plan-wording.ts';
import { Button } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDocument, usePlans } from '../shared/use-app.ts';

const selectCount = (state: PlansState) => state.plans?.length ?? 0;

/** The plans to continue, and the plan that waits for its model. */
export function StartPlans() {
  const count = usePlans(selectCount);
  return (
    <>
      <WaitingPlan />
      {count > 0 && (
        <section aria-label="Your plans" className="flex flex-col gap-1.5">
          <h2 className="font-semibold">Go on with a plan</h2>
          <div className="max-h-72 overflow-y-auto">
            <PlanList />
          </div>
        </section>
      )}
    </>
  );
}

/** A plan whose model is not on this machine, as when it came by a link. */
function WaitingPlan() {
  const { closePlan } = useActions();
  const { name, tree } = useDocument(selectPlan);
  if (!tree) return null;
  return (
    <div role="status" className="flex items-center gap-3 rounded-md border border-line bg-sunken px-3 py-2">
      <p className="min-w-0 flex-1">
        <span className="font-medium">{titleOfPlan(name)}</span> was made for {tree.name} (
        {formatQuantity(tree.moduleCount, 'module')}), which is not in this browser. Open its file below to go on.
      </p>
      <Button size="small" onClick={() => void closePlan()}>
        Start another plan instead
      </Button>
    </div>
  );
}
