import { TriangleAlert } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import { useDerived } from '../shared/use-app.ts';

const selectSaveState = (state: DerivedState) => state.saveState;

/** Says when the work is not safe in this browser; quiet otherwise. */
export function SaveState() {
  const saveState = useDerived(selectSaveState);
  return (
    <span role="status" className="text-xs text-muted">
      {saveState === 'failed' && (
        <span
          className="inline-flex items-center gap-1 text-later"
          title="This browser refuses to store the plan. Export it before you close the page."
        >
          <TriangleAlert size={14} aria-hidden="true" />
          Not saved
        </span>
      )}
    </span>
  );
}
