import { showKeys } from '../actions/keys.ts';
import { useMemo, useState } from 'react';
import { modes } from '../../core/config/mode.ts';
import { comparePlans } from '../../core/plan/compare.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import { wordAlgorithmChange, wordAssertionChange, wordTemplateChange } from '../plans/compare-wording.ts';
import { ModeComparison } from '../plans/ModeComparison.tsx';
import { PlanChoice } from '../plans/PlanChoice.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { useActions, useDerived, usePlans } from '../shared/use-app.ts';

const selectModel = (state: DerivedState) => state.student?.reference ?? null;
const selectFirst = (state: PlansState) =>
  state.onDisk ? 'disk' : state.saved ? 'saved' : state.opened ? 'opened' : (state.plans?.find(({ id }) => id !== state.openId)?.id ?? 'now');

/** Compares two plans, or one plan at two times: changes in the lists, and differences in the resolved settings. */
export function CompareDialog() {
  const { setView } = useActions();
  const first = usePlans(selectFirst);
  const [sources, setSources] = useState({ before: first, after: 'now' });
  const [before, setBefore] = useState<Plan | null>(null);
  const [after, setAfter] = useState<Plan | null>(null);
  return (
    <Dialog title="Compare plans" width="wide" onClose={() => setView({ dialog: null })}>
      <div className="flex flex-col gap-4">
        <div className="flex gap-4">
          <PlanChoice
            label="Before"
            source={sources.before}
            onSource={(source) => setSources({ ...sources, before: source })}
            onPlan={setBefore}
          />
          <PlanChoice
            label="After"
            source={sources.after}
            onSource={(source) => setSources({ ...sources, after: source })}
            onPlan={setAfter}
          />
        </div>
        {before && after ? (
          <Comparison before={before} after={after} />
        ) : (
          <p className="text-muted">One of the plans could not be read. Choose another.</p>
        )}
      </div>
    </Dialog>
  );
}

function Comparison({ before, after }: { readonly before: Plan; readonly after: Plan }) {
  const model = useDerived(selectModel);
  const compared = useMemo(() => comparePlans(before, after), [before, after]);
  const strangers = [...new Set([before, after].map(({ tree }) => tree))].filter(
    (tree) => tree !== null && tree.digest !== model?.digest,
  );
  return (
    <>
      {compared.isSame && (
        <p role="status">
          No difference: the lists, templates, assertions and the version of Python are the same.
          {before === after && ` Press ${showKeys('Mod+S')} to save a state, change the plan, and compare again.`}
        </p>
      )}
      {model === null ? (
        <p className="text-muted">Without a model only the lists are compared. Open one to see what resolves differently.</p>
      ) : (
        strangers.map((tree) => (
          <p key={tree?.digest} className="text-muted">
            Made for {tree?.name}: both are resolved on {model.name}, which is open.
          </p>
        ))
      )}
      {compared.python && (
        <p>
          Python {compared.python.before} → {compared.python.after}
        </p>
      )}
      {compared.algorithms.length > 0 && (
        <ul aria-label="Algorithms">
          {compared.algorithms.map((change) => (
            <li key={change.mode}>{wordAlgorithmChange(change)}</li>
          ))}
        </ul>
      )}
      {compared.templates.length > 0 && (
        <ul aria-label="Templates">
          {compared.templates.map((change) => (
            <li key={wordTemplateChange(change)}>{wordTemplateChange(change)}</li>
          ))}
        </ul>
      )}
      {compared.assertions.length > 0 && (
        <ul aria-label="Assertions">
          {compared.assertions.map((change) => (
            <li key={`${change.type} ${change.assertion.id}`} className="break-words">
              {wordAssertionChange(change, before, after)}
            </li>
          ))}
        </ul>
      )}
      {modes.map((mode) => (
        <LatePart key={mode} part={`The comparison of ${mode}`}>
          <ModeComparison mode={mode} before={before} after={after} changes={compared.lists[mode]} />
        </LatePart>
      ))}
    </>
  );
}
