import { writeAlgorithm } from '../../../core/algorithms/algorithm.ts';
import { defaultGranularityOf } from '../../../core/algorithms/algorithm-words.ts';
import { isSameAlgorithm, type PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { AlgorithmEffect } from '../../../worker/algorithm-calls.ts';
import { wordEffect } from './effect-words.ts';

/** The result of the list now, and with the class that is chosen. */
export function AlgorithmChange({ mode, current, draft, before, after }: {
  readonly mode: Mode;
  readonly current: PlannedAlgorithm;
  readonly draft: PlannedAlgorithm;
  readonly before: AlgorithmEffect | undefined;
  readonly after: AlgorithmEffect | undefined;
}) {
  if (before === undefined || after === undefined || isSameAlgorithm(current, draft)) return null;
  const granularity = [defaultGranularityOf(current.algorithm), defaultGranularityOf(draft.algorithm)] as const;
  const rows = [
    ...(granularity[0] === granularity[1] ? [] : [['granularity default', granularity[0] ?? '', granularity[1] ?? ''] as const]),
    ['This list', wordEffect(before, mode, true) || 'nothing yet', wordEffect(after, mode, true) || 'nothing yet'] as const,
  ];
  return (
    <section aria-label="Changes for this list">
      <h3 className="mb-1 font-medium">Changes for this list</h3>
      <table className="w-full border-collapse text-left text-sm">
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-0.5 pr-3 font-normal" />
            <th scope="col" className="py-0.5 pr-3 font-normal">
              Now: {writeAlgorithm(current.algorithm)}
            </th>
            <th scope="col" className="py-0.5 font-normal">
              Then: {writeAlgorithm(draft.algorithm)}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, first, second]) => (
            <tr key={label} className="border-t border-line align-top">
              <th scope="row" className="py-1 pr-3 font-normal text-muted">
                {label}
              </th>
              <td className="py-1 pr-3">{first}</td>
              <td className="py-1">{second}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
