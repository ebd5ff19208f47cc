import { choosesNothing } from '../../../core/config/sub-config-words.ts';
import type { ConfigObject } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import type { Origin, SubConfig } from '../../../core/plan/plan.ts';
import { severities } from '../../../core/diagnostics/severity.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { useDerived } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { useSubConfigIds } from './use-card-state.ts';

const selectIds = (state: DerivedState) => state.listIds;

/** `selects 48 modules · excludes 2 · 3 targets already taken by #1` */
export function CardSummary({ subConfig: { enabled, config, origin } }: { readonly subConfig: SubConfig }) {
  const counts = useCounts(enabled, config);
  const from = origin && wordOrigin(origin);
  const parts = from ? [...counts, from.short] : counts;
  if (parts.length === 0) return null;
  const text = parts.join(' · ');
  const title = from ? [...counts, from.long].join(' · ') : text;
  return (
    <p className="-mt-1 truncate pb-1.5 pl-[3.9rem] text-xs text-muted" title={title}>
      {text}
    </p>
  );
}

/** The same at the end of the one line of a closed card, and how many findings it has. */
export function CardCounts({ enabled, findings }: { readonly enabled: boolean; readonly findings: readonly Finding[] }) {
  const { view, config } = useCard();
  const parts = useCounts(enabled, config);
  return (
    <span className="head-counts flex shrink-0 items-center gap-2 pl-1 text-xs text-muted" title={parts.join(' · ')}>
      {severities.map((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? null : (
          <span key={severity} className="flex items-center gap-1">
            <SeverityIcon severity={severity} />
            {count}
          </span>
        );
      })}
      {enabled ? view && !choosesNothing(config) && formatQuantity(view.count, 'module') : 'off'}
    </span>
  );
}

/** Where the script writes one sub-config: the line, and all of it where there is room. */
function wordOrigin({ list, line, call }: Origin): { readonly short: string; readonly long: string } {
  const place = line === null ? 'made by a call' : `line ${line}`;
  return {
    short: `script, ${place}`,
    long: `imported from ${list === '' ? 'a list' : list} of a script, ${place}${call === null ? '' : ` (${call})`}`,
  };
}

function useCounts(enabled: boolean, config: ConfigObject): readonly string[] {
  const { mode, view } = useCard();
  const ids = useSubConfigIds(mode);
  const resolvedIds = useDerived(selectIds)[mode];
  if (!enabled) return ['off: left out of the list'];
  if (!view || choosesNothing(config)) return [];
  const parts = [`selects ${formatQuantity(view.count, 'module')}`];
  if (view.excludedCount > 0) parts.push(`excludes ${formatCount(view.excludedCount)}`);
  for (const { to, count } of view.lostTargets) {
    const number = ids.indexOf(resolvedIds[to] ?? '') + 1;
    parts.push(`${formatQuantity(count, 'target')} already taken by #${number === 0 ? to + 1 : number}`);
  }
  return parts;
}
