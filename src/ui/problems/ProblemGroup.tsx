import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { IconButton } from '../shared/Button.tsx';
import { FixButton } from '../shared/FixButton.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useNumberOf } from '../shared/use-number-of.ts';
import { findingKey, sharedFix } from './problem-list.ts';
import { ProblemRow } from './ProblemRow.tsx';

/** Findings of one cause as one line, which opens to all of them. */
export function ProblemGroup({ findings, current, onChoose }: {
  readonly findings: readonly Finding[];
  readonly current: string | null;
  readonly onChoose: (key: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const first = findings[0]!;
  const isOpen = open || findings.some((finding) => findingKey(finding) === current);
  const numberOf = useNumberOf();
  const count = formatCount(findings.length);
  const shared = useMemo(() => sharedFix(findings), [findings]);
  return (
    <li>
      <div className="flex min-h-7 items-center gap-2 py-0.5 pr-2 pl-1.5 hover:bg-hover">
        <IconButton
          size="small"
          label={`${isOpen ? 'Close' : 'Open'} the ${count} of one cause`}
          aria-expanded={isOpen}
          icon={isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
          onClick={() => setOpen(!isOpen)}
        />
        <SeverityIcon severity={first.severity} />
        <button type="button" data-problem="" onClick={() => setOpen(!isOpen)} className="min-w-0 flex-1 truncate rounded text-left hover:underline max-sm:line-clamp-2 max-sm:whitespace-normal">
          {wordFinding(first, numberOf).title}
        </button>
        <span className="shrink-0 rounded-full bg-chosen px-1.5 text-xs tabular-nums">{count} of this kind</span>
        {shared && (
          <span className="flex max-w-2/5 min-w-0 shrink-0">
            <FixButton fix={shared} />
          </span>
        )}
      </div>
      {isOpen && (
        <ul className="border-l-2 border-line ml-4">
          {findings.map((finding, at) => (
            // Findings have no identity but their place.
            <ProblemRow key={at} finding={finding} chosen={findingKey(finding) === current} onChoose={() => onChoose(findingKey(finding))} />
          ))}
        </ul>
      )}
    </li>
  );
}
