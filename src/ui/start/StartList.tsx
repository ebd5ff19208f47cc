import { wordFinding } from '../../core/checks/word-finding.ts';
import { settingsText } from '../../core/config/sub-config-words.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { SubConfigMark } from '../shared/SubConfigMark.tsx';
import { useDocument, useView } from '../shared/use-app.ts';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { CardTitle } from '../sub-configs/card/CardTitle.tsx';
import { useVerdictAlone } from '../verdict/use-verdict-alone.ts';
import { VerdictIcon } from '../verdict/VerdictIcon.tsx';

const selectMode = (state: ViewState) => state.mode;

/** The list as long as no model is open: its sub-configs, and the refusals of NNI that need no model. */
export function StartList() {
  const mode = useView(selectMode);
  const list = useDocument((state) => selectPlan(state).lists[mode]);
  const { state, text, next, findings, numberOf, answer } = useVerdictAlone(mode);
  const { first, more } = useFirstItems(list);
  const refusals = (number: number) => findings.filter(({ where }) => where.subConfig !== null && numberOf(where.subConfig + 1) === number);
  return (
    <section aria-label="Your list" className="flex flex-col gap-1.5">
      <h2 className="font-semibold">
        {formatQuantity(list.length, 'sub-config')} for {mode}, no model yet
      </h2>
      <div className="max-h-80 overflow-y-auto rounded-md border border-line bg-surface">
        <ol className="divide-y divide-line">
          {first.map(({ id, label, color, enabled, config }, at) => (
            <li key={id} className="flex flex-col gap-0.5 px-3 py-1.5">
              <div className="flex min-w-0 items-baseline gap-2">
                <SubConfigMark number={at + 1} color={color} state={enabled ? 'selected' : 'off'} />
                <span className="min-w-0 truncate">
                  <CardTitle label={label} config={config} />
                </span>
                <span className="min-w-0 flex-1 truncate text-xs text-muted">{enabled ? settingsText(config, mode) : 'off: left out of the list'}</span>
              </div>
              {refusals(at + 1).map((finding, index) => (
                // Findings have no identity but their place.
                <p key={index} className="flex items-start gap-1.5 pl-6">
                  <span className="pt-[3px]">
                    <SeverityIcon severity="refused" />
                  </span>
                  {wordFinding(finding, numberOf).title}
                </p>
              ))}
            </li>
          ))}
        </ol>
        {more}
      </div>
      <p role="status" aria-label="Verdict without a model" className={`flex items-start gap-1.5 ${state === 'refused' ? 'text-refused' : 'text-muted'}`}>
        <span className="pt-[3px]">
          <VerdictIcon state={state} />
        </span>
        {next === '' ? text : `${text}. ${next}`}
      </p>
      {answer.type === 'failed' && <UnansweredLine part="The check of the list" failure={answer.failure} onRetry={answer.retry} />}
    </section>
  );
}
