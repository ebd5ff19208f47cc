import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { saveFailureWords } from '../plans/save-failure-wording.ts';
import { useActions, useDerived } from '../shared/use-app.ts';

const selectFailure = (state: DerivedState) => (state.saveState === 'failed' ? (state.saveFailure ?? 'refused') : null);

/** Says that the plan is not saved, why, and the ways out. Not fetched late: it may be the connection that is lost. */
export function SaveProblem() {
  const failure = useDerived(selectFailure);
  const { savePlanAgain, downloadPlan } = useActions();
  const [refused, setRefused] = useState(false);
  if (failure === null) return null;
  const download = () => {
    setRefused(false);
    downloadPlan().catch(() => setRefused(true));
  };
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-refused-soft px-3 py-1">
      <TriangleAlert size={14} aria-hidden="true" className="shrink-0 text-refused" />
      <p className="min-w-0 flex-1 basis-60">
        <strong className="font-semibold">Not saved.</strong> {saveFailureWords[failure]}{' '}
        {refused ? 'The file could not be made either. Keep this page open, and try again when the connection is back.' : 'Download the plan before you close this page.'}
      </p>
      <Button size="small" onClick={download}>
        Download the plan
      </Button>
      <Button size="small" onClick={() => void savePlanAgain()}>
        Try again
      </Button>
    </div>
  );
}
