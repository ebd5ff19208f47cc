import { CircleCheck, CircleHelp, CircleX, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AssertionOutcome } from '../../core/plan/assertions.ts';
import type { Assertion } from '../../core/plan/plan.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { AssertionForm, titleOfSubConfig } from '../plans/AssertionForm.tsx';
import { wordDemand, wordOutcome } from '../plans/assertion-wording.ts';
import { IconButton } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { useActions, useDerived, useDocument, useSubConfigs, useView } from '../shared/use-app.ts';

const selectAsked = (state: ViewState) => state.assertionOf;
const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** The demands on the modules that a list selects: written here, checked on every change, kept with the plan. */
export function AssertionsDialog() {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const about = useView(selectAsked);
  const assertions = useDocument(selectPlan).assertions.filter((assertion) => assertion.mode === mode);
  const [changing, setChanging] = useState<string | null>(null);
  return (
    <Dialog title={`Assertions for ${mode}`} width="wide" onClose={() => setView({ dialog: null, assertionOf: null })}>
      <div className="flex flex-col gap-4">
        <p className="text-muted">
          Demand what the list must select, such as 32 modules and never the vision tower. It is checked on every change;
          failures are listed under Problems, and <code className="font-mono">espalier check</code> of the plan file
          fails with it.
        </p>
        <AssertionForm mode={mode} assertion={null} about={about} onDone={() => {}} />
        {assertions.length > 0 && (
          <ul aria-label="Assertions" className="divide-y divide-line rounded-md border border-line">
            {assertions.map((assertion) => (
              <li key={assertion.id} className="px-3 py-1.5">
                {changing === assertion.id ? (
                  <AssertionForm mode={mode} assertion={assertion} about={assertion.subConfig} onDone={() => setChanging(null)} />
                ) : (
                  <AssertionRow assertion={assertion} onChange={() => setChanging(assertion.id)} />
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}

function AssertionRow({ assertion, onChange }: { readonly assertion: Assertion; readonly onChange: () => void }) {
  const { edit } = useActions();
  const subConfigs = useSubConfigs();
  const list = useDerived(selectLists)[assertion.mode];
  const at = subConfigs.findIndex(({ id }) => id === assertion.subConfig);
  const subConfig = subConfigs[at];
  const about =
    assertion.subConfig === null
      ? 'The whole list'
      : subConfig
        ? titleOfSubConfig(subConfig, at)
        : 'A sub-config that is gone';
  const isOff = subConfig?.enabled === false;
  const outcome = list?.assertions.find((result) => result.assertion.id === assertion.id)?.outcome ?? null;
  const what = `${about} ${wordDemand(assertion.demand)}`;
  return (
    <div className="flex items-center gap-2">
      <OutcomeIcon outcome={outcome} />
      <p className="min-w-0 flex-1 break-words">
        {assertion.label !== '' && <span className="font-medium">{assertion.label}: </span>}
        {what}
        <span className="text-muted">
          {' · '}
          {outcome ? wordOutcome(outcome) : isOff ? 'not checked: the sub-config is off' : 'not checked yet'}
        </span>
      </p>
      <IconButton size="small" label={`Change: ${what}`} icon={<Pencil size={14} />} onClick={onChange} />
      <IconButton
        size="small"
        label={`Remove: ${what}`}
        icon={<Trash2 size={14} />}
        onClick={() => edit({ type: 'remove-assertion', id: assertion.id })}
      />
    </div>
  );
}

function OutcomeIcon({ outcome }: { readonly outcome: AssertionOutcome | null }) {
  if (!outcome || outcome.type === 'not-decided') {
    return <CircleHelp size={14} className="shrink-0 text-not-checked" aria-hidden="true" />;
  }
  return outcome.type === 'holds' ? (
    <CircleCheck size={14} className="shrink-0 text-muted" aria-hidden="true" />
  ) : (
    <CircleX size={14} className="shrink-0 text-refused" aria-hidden="true" />
  );
}
