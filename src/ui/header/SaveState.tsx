import { Check, TriangleAlert } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import { useDerived, useDocument, usePlans } from '../shared/use-app.ts';

const selectKept = (state: PlansState) => state.saved?.plan ?? null;
const selectConflict = (state: PlansState) => state.conflict !== null;
const selectSaveState = (state: DerivedState) => state.saveState;

/** Says when the work is not safe in this browser, and when its state was just kept to compare with; quiet otherwise. */
export function SaveState() {
  const saveState = useDerived(selectSaveState);
  const isHeldUp = usePlans(selectConflict);
  const keptPlan = usePlans(selectKept);
  const kept = useDocument((state) => selectPlan(state) === keptPlan);
  return (
    <span
      role="status"
      aria-label="Saving"
      aria-busy={!isHeldUp && (saveState === 'unsaved' || saveState === 'saving')}
      className="text-xs text-muted"
    >
      {saveState === 'failed' && (
        <span
          className="inline-flex items-center gap-1 text-later"
          title="The line below the header gives the reason and the next step."
        >
          <TriangleAlert size={14} aria-hidden="true" />
          Not saved
        </span>
      )}
      {kept && saveState !== 'failed' && (
        <span className="inline-flex items-center gap-1" title="This state is kept to compare with">
          <Check size={14} aria-hidden="true" />
          <span className="sr-only min-[1280px]:not-sr-only">State saved</span>
        </span>
      )}
    </span>
  );
}
