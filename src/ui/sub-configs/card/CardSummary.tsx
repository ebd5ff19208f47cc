import type { Finding } from '../../../core/checks/finding.ts';
import type { Severity } from '../../../core/diagnostics/finding.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { useDerived } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { useSubConfigIds } from './use-card-state.ts';

const severities: readonly Severity[] = ['refused', 'later', 'silent', 'not-checked'];
const selectIds = (state: DerivedState) => state.listIds;

/** `selects 48 modules · excludes 2 · 3 targets already taken by #1` */
export function CardSummary({ enabled, findings }: {
  readonly enabled: boolean;
  /** Those that nothing else in the card shows. */
  readonly findings: readonly Finding[];
}) {
  const { mode, view } = useCard();
  const ids = useSubConfigIds(mode);
  const resolvedIds = useDerived(selectIds)[mode];
  const parts: string[] = [];
  if (!enabled) parts.push('off: left out of the list');
  else if (view) {
    parts.push(`selects ${formatQuantity(view.count, 'module')}`);
    if (view.excludedCount > 0) parts.push(`excludes ${formatCount(view.excludedCount)}`);
    for (const { to, count } of view.lostTargets) {
      const number = ids.indexOf(resolvedIds[to] ?? '') + 1;
      parts.push(`${formatQuantity(count, 'target')} already taken by #${number === 0 ? to + 1 : number}`);
    }
  }
  const text = parts.join(' · ');
  return (
    <p className="flex min-h-4 gap-3 pl-[4.75rem] text-xs text-muted">
      <span className="truncate" title={text}>
        {text}
      </span>
      {severities.map((severity) => {
        const count = findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? null : (
          <span key={severity} className="flex shrink-0 items-center gap-1">
            <SeverityIcon severity={severity} />
            {count}
          </span>
        );
      })}
    </p>
  );
}
