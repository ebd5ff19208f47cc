import type { TargetOutcome } from '../../core/resolve/resolution.ts';
import { formatShape } from '../shared/format.ts';
import { Mark, SentenceText } from './SentenceText.tsx';
import { SettingRow } from './SettingRow.tsx';
import { kernelText, targetKindText } from './wording.ts';
import { loserSentence } from './loser-sentence.ts';

export interface TargetReportProps {
  readonly target: TargetOutcome;
  /** The shape that all modules in view have here. */
  readonly shape: readonly number[] | null;
  readonly shapesDiffer: boolean;
}

/** One target: who configured it, every value with its source, what it comes to, and who lost. */
export function TargetReport({ target, shape, shapesDiffer }: TargetReportProps) {
  const shapeText = shape === null ? (shapesDiffer ? 'several shapes' : null) : formatShape(shape);
  return (
    <section aria-label={`Target ${target.target}`} className="rounded-md border border-line">
      <header className="flex flex-wrap items-center gap-x-2 rounded-t-md bg-sunken px-3 py-1.5">
        <Mark subConfig={target.subConfig} />
        <h3 className="font-mono font-semibold">{target.target}</h3>
        <span className="text-muted">
          {targetKindText(target)}
          {shapeText !== null && ` · ${shapeText}`}
        </span>
      </header>
      <table className="w-full table-fixed border-t border-line">
        <caption className="sr-only">Settings of {target.target}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {target.provenance.map((provenance) => (
            <SettingRow key={provenance.key} provenance={provenance} setting={target.setting} />
          ))}
        </tbody>
      </table>
      {(target.kernel !== null || target.losers.length > 0) && (
        <div className="flex flex-col gap-1 border-t border-line px-3 py-1.5">
          {target.kernel !== null && (
            <p>
              <span className="text-muted">Blocks of </span>
              <span className="font-mono text-xs">{kernelText(target.kernel, shape)}</span>
              <span className="text-muted"> are masked or scaled as one</span>
            </p>
          )}
          {target.losers.map((loser) => (
            <p key={loser.subConfig}>
              <SentenceText sentence={loserSentence(loser, target)} />
            </p>
          ))}
        </div>
      )}
    </section>
  );
}
