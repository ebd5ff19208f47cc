import { FileUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { readPlan as readPlanText } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import { wordPlanError } from './plan-error-wording.ts';
import { Button } from '../shared/Button.tsx';
import { useActions, useDocument, usePlans } from '../shared/use-app.ts';
import { titleOfPlan, wordTime } from './plan-wording.ts';

/** `now`, `saved`, `opened`, `disk`, `file`, or the id of a plan of this browser. */
export type PlanSource = string;

const selectPlans = (state: PlansState) => state.plans;
const selectSaved = (state: PlansState) => state.saved;
const selectOpened = (state: PlansState) => state.opened;
const selectOnDisk = (state: PlansState) => state.onDisk;
const selectOpenId = (state: PlansState) => state.openId;

/** A field to choose one side of a comparison; gives the plan chosen, or `null` while there is none. */
export function PlanChoice({ label, source, onSource, onPlan }: {
  readonly label: string;
  readonly source: PlanSource;
  readonly onSource: (source: PlanSource) => void;
  readonly onPlan: (plan: Plan | null) => void;
}) {
  const { readPlan } = useActions();
  const present = useDocument(selectPlan);
  const plans = usePlans(selectPlans) ?? [];
  const saved = usePlans(selectSaved);
  const opened = usePlans(selectOpened);
  const onDisk = usePlans(selectOnDisk);
  const openId = usePlans(selectOpenId);
  const picker = useRef<HTMLInputElement>(null);
  const [now] = useState(Date.now);
  const [file, setFile] = useState<{ readonly name: string; readonly plan: Plan } | null>(null);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    let left = false;
    const known = { now: present, saved: saved?.plan, opened: opened?.plan, disk: onDisk?.plan, file: file?.plan }[source];
    if (known) onPlan(known);
    else void readPlan(source).then((plan) => !left && onPlan(plan));
    return () => {
      left = true;
    };
  }, [source, present, saved, opened, onDisk, file, readPlan, onPlan]);

  const take = async (picked: File) => {
    const read = readPlanText(await picked.text());
    setProblem(read.ok ? '' : `${picked.name}: ${wordPlanError(read.error)}`);
    if (!read.ok) return;
    setFile({ name: picked.name, plan: read.value });
    onSource('file');
  };

  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label className="flex flex-col gap-1">
        <span className="font-medium">{label}</span>
        <select
          value={source}
          onChange={(event) => onSource(event.target.value)}
          className="h-7 w-full min-w-0 rounded border border-line-strong bg-surface px-2"
        >
          <option value="now">This plan now</option>
          {saved && <option value="saved">This plan as saved {wordTime(saved.at, now)}</option>}
          {opened && <option value="opened">This plan as opened {wordTime(opened.at, now)}</option>}
          {onDisk && <option value="disk">Its file on disk {wordTime(onDisk.at, now)}</option>}
          {file && <option value="file">File {file.name}</option>}
          {plans
            .filter(({ id }) => id !== openId)
            .map(({ id, name, model, changedAt }) => (
              <option key={id} value={id}>
                {titleOfPlan(name)} ({model ?? 'no model'}, {wordTime(changedAt, now)})
              </option>
            ))}
        </select>
      </label>
      <div>
        <Button
          size="small"
          icon={<FileUp size={12} />}
          aria-label={`Choose a plan file: ${label}`}
          onClick={() => picker.current?.click()}>
          Choose a plan file
        </Button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={`Plan file for: ${label}`}
          onChange={(event) => {
            const [picked] = event.target.files ?? [];
            event.target.value = '';
            if (picked) void take(picked);
          }}
        />
      </div>
      {problem !== '' && (
        <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
          {problem}
        </p>
      )}
    </div>
  );
}
