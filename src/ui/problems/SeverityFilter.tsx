import { type Severity, severityLabels } from '../../core/diagnostics/severity.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { Button } from '../shared/Button.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import type { SeverityCounts } from './problem-list.ts';

/** The number of problems of each severity; a press shows only these. */
export function SeverityFilter({ present, counts, filter, onFilter }: {
  readonly present: readonly Severity[];
  readonly counts: SeverityCounts;
  readonly filter: Severity | null;
  readonly onFilter: (severity: Severity | null) => void;
}) {
  return (
    <div role="group" aria-label="Show" className="flex flex-wrap items-center gap-1 max-sm:order-1 max-sm:w-full max-sm:px-1.5 max-sm:pb-1">
      {present.map((severity) => (
        <Button
          key={severity}
          kind="plain"
          size="small"
          icon={<SeverityIcon severity={severity} named={false} />}
          aria-pressed={filter === severity}
          onClick={() => onFilter(filter === severity ? null : severity)}
        >
          {severityLabels[severity]} ({formatCount(counts[severity])})
        </Button>
      ))}
    </div>
  );
}
