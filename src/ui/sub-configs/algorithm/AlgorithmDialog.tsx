import { useMemo, useState } from 'react';
import { scheduledPruners, writeAlgorithm, type Algorithm, type ScheduledPruner } from '../../../core/algorithms/algorithm.ts';
import { describeAlgorithm } from '../../../core/algorithms/algorithm-words.ts';
import { startPlan } from '../../../core/algorithms/start-plan.ts';
import { isSameAlgorithm, type PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { AlgorithmEffect } from '../../../worker/algorithm-calls.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/layers/Dialog.tsx';
import { useActions, useDocument } from '../../shared/use-app.ts';
import { AlgorithmArguments } from './AlgorithmArguments.tsx';
import { AlgorithmChange } from './AlgorithmChange.tsx';
import { classesOf } from './algorithm-draft.ts';
import { suits, wordEffect } from './effect-words.ts';
import { useAlgorithmSurvey } from './use-algorithm-survey.ts';

const selectAlgorithms = (state: DocumentState) => state.history.present.algorithms;

/** Chooses the class that runs the list, and its arguments. It shows the change for the list before the user confirms. */
export function AlgorithmDialog({ mode, onClose }: { readonly mode: Mode; readonly onClose: () => void }) {
  const current = useDocument(selectAlgorithms)[mode];
  const { edit } = useActions();
  const [draft, setDraft] = useState<PlannedAlgorithm>(current);
  const schedule = draft.algorithm.mode === 'pruning' ? (draft.algorithm.schedules[0] ?? null) : null;
  const classes = useMemo(() => classesOf(mode, schedule), [mode, schedule]);
  const candidates = useMemo(() => [current, draft, ...classes.map((algorithm) => startPlan(algorithm, draft.call))], [current, draft, classes]);
  const [before, after, ...each] = useAlgorithmSurvey(mode, candidates);
  const take = () => {
    edit({ type: 'set-algorithm', mode, planned: draft });
    onClose();
  };
  const name = writeAlgorithm(draft.algorithm);
  return (
    <Dialog
      title={`Algorithm for ${mode}`}
      width="wide"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={isSameAlgorithm(draft, current)} onClick={take}>
            Use {name}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col">
          <legend className="mb-1 font-medium">Class of NNI 3.0</legend>
          <div className="divide-y divide-line rounded-md border border-line">
            {classes.map((algorithm, index) => (
              <ClassChoice
                key={algorithm.name}
                algorithm={algorithm}
                mode={mode}
                effect={each[index]}
                isChosen={algorithm.name === draft.algorithm.name}
                onChoose={() => setDraft(startPlan(algorithm, draft.call))}
              />
            ))}
          </div>
        </fieldset>
        {draft.algorithm.mode === 'pruning' && <ScheduleChoice draft={draft} schedule={schedule} onDraft={setDraft} />}
        <AlgorithmArguments draft={draft} onDraft={setDraft} />
        <AlgorithmChange mode={mode} current={current} draft={draft} before={before} after={after} />
      </div>
    </Dialog>
  );
}

function ClassChoice({ algorithm, mode, effect, isChosen, onChoose }: {
  readonly algorithm: Algorithm;
  readonly mode: Mode;
  readonly effect: AlgorithmEffect | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const words = describeAlgorithm(algorithm.mode === 'pruning' ? { ...algorithm, schedules: [] } : algorithm);
  const fits = effect === undefined ? null : suits(effect.outcome);
  const comesTo = effect === undefined ? '' : wordEffect(effect, mode);
  return (
    <label className={`flex cursor-pointer items-start gap-2.5 px-3 py-1.5 ${isChosen ? 'bg-chosen' : 'hover:bg-hover'}`}>
      <input type="radio" name="algorithm" checked={isChosen} data-first-focus={isChosen || undefined} onChange={onChoose} className="mt-1 accent-current" aria-label={algorithm.name} />
      <span className="min-w-0 flex-1">
        <span className="font-mono">{algorithm.name}</span>
        <span className="block text-xs text-muted">
          {words.does} {words.needs}
        </span>
        {comesTo !== '' && (
          <span className={`block text-xs ${fits === false ? 'text-refused' : fits === null ? 'text-muted' : ''}`}>
            {fits === true && 'Suits this list. '}
            {comesTo}
          </span>
        )}
      </span>
    </label>
  );
}

function ScheduleChoice({ draft, schedule, onDraft }: {
  readonly draft: PlannedAlgorithm;
  readonly schedule: ScheduledPruner | null;
  readonly onDraft: (draft: PlannedAlgorithm) => void;
}) {
  const { algorithm } = draft;
  if (algorithm.mode !== 'pruning') return null;
  const choose = (value: string) => {
    const chosen = scheduledPruners.find((one) => one === value);
    onDraft(startPlan({ ...algorithm, schedules: chosen === undefined ? [] : [chosen] }, draft.call));
  };
  return (
    <label className="flex flex-wrap items-center gap-2">
      <span className="font-medium">Schedule</span>
      <select value={schedule ?? ''} onChange={(event) => choose(event.target.value)} className="h-7 rounded border border-line bg-surface px-1 text-sm">
        <option value="">None: the goals are in force at once</option>
        <option value="LinearPruner">LinearPruner: in equal steps</option>
        <option value="AGPPruner">AGPPruner: quickly at first, then slowly</option>
      </select>
    </label>
  );
}
