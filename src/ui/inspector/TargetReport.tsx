import type { ReactNode } from 'react';
import type { TargetMask } from '../../core/masks/predict-masks.ts';
import type { TargetOutcome } from '../../core/resolve/resolution.ts';
import { formatQuantity } from '../../core/text/format-count.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatShape } from '../shared/format.ts';
import { useView } from '../shared/use-app.ts';
import { loserSentence } from './loser-sentence.ts';
import { readProvenance, type ShownSetting } from './read-provenance.ts';
import { Mark, SentenceText } from './SentenceText.tsx';
import { SettingRow } from './SettingRow.tsx';
import { kernelText, maskText, targetKindText } from './wording.ts';

export interface TargetReportProps {
  readonly target: TargetOutcome;
  /** The shape that all modules in view have here. */
  readonly shape: readonly number[] | null;
  readonly shapesDiffer: boolean;
  /** The predicted mask, over all modules in view. */
  readonly mask: TargetMask | null;
  /** The effect of the class that runs the list. */
  readonly run?: ReactNode;
}

const selectMode = (state: ViewState) => state.mode;

function SettingTable({ title, settings }: { readonly title: string; readonly settings: readonly ShownSetting[] }) {
  return (
    <table className="w-full border-t border-line first:border-t-0">
      <caption className="sr-only">{title}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {settings.map((setting) => (
          <SettingRow key={setting.key} setting={setting} />
        ))}
      </tbody>
    </table>
  );
}

/** One target: the sub-config that configures it, every value with its source, the result, and the sub-configs that lost. */
export function TargetReport({ target, shape, shapesDiffer, mask, run }: TargetReportProps) {
  const mode = useView(selectMode);
  const { own, defaults, unset } = readProvenance(target.setting, target.provenance);
  const shapeText = shape === null ? (shapesDiffer ? 'several shapes' : null) : formatShape(shape);
  return (
    <div role="group" aria-label={`Target ${target.target}`} className="rounded-md border border-line">
      <header className="flex flex-wrap items-center gap-x-2 rounded-t-md bg-sunken px-3 py-1.5">
        <Mark subConfig={target.subConfig} />
        <h3 className="font-mono font-semibold">{target.target}</h3>
        <span className="text-muted">
          {targetKindText(target, mode)}
          {shapeText !== null && ` · ${shapeText}`}
        </span>
      </header>
      {own.length > 0 && <SettingTable title={`Settings of ${target.target}`} settings={own} />}
      {defaults.length + unset.length > 0 && (
        <details className="border-t border-line text-muted">
          <summary className="w-fit cursor-pointer rounded px-3 py-1 text-xs hover:text-text">
            {formatQuantity(defaults.length + unset.length, 'default')}
          </summary>
          {defaults.length > 0 && <SettingTable title={`Defaults of ${target.target}`} settings={defaults} />}
          {unset.length > 0 && (
            <p className="px-3 pb-1.5 text-xs">
              <span className="font-mono">{unset.join(', ')}</span>: null, so nothing is set and NNI decides.
            </p>
          )}
        </details>
      )}
      {(target.kernel !== null || mask !== null) && (
        <div className="border-t border-line px-3 py-1.5">
          {target.kernel !== null && (
            <p>
              <span className="text-muted">In blocks of </span>
              <span className="font-mono text-xs">{kernelText(target.kernel, shape)}</span>
            </p>
          )}
          {mask !== null && (
            <p>
              <span className="text-muted">Masked: </span>
              {maskText(mask)}
            </p>
          )}
        </div>
      )}
      {run}
      {target.losers.length > 0 && (
        <ul aria-label="Came too late" className="flex flex-col gap-1 border-t border-line px-3 py-1.5">
          {target.losers.map((loser) => (
            <li key={loser.subConfig}>
              <SentenceText sentence={loserSentence(loser, target)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
