import { Braces, Crosshair } from 'lucide-react';
import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import { Button } from '../shared/Button.tsx';
import { FixButton } from '../shared/FixButton.tsx';
import { SeverityIcon, severityLabels } from '../shared/SeverityIcon.tsx';
import { ProblemPlace } from './ProblemPlace.tsx';
import { useProblemPlaces } from './use-problem-places.ts';

export interface ProblemRowProps {
  readonly finding: Finding;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One finding: what, why, the rule, the exception, its places, and what can be done about it. */
export function ProblemRow({ finding, chosen, onChoose }: ProblemRowProps) {
  const { goToCard, goToText, goToModule } = useProblemPlaces();
  const { title, why, rule } = wordFinding(finding);
  const module = finding.where.modules?.[0];
  return (
    <li aria-current={chosen ? 'true' : undefined} className={`flex gap-2 px-3 py-2 ${chosen ? 'bg-chosen' : ''}`}>
      <span className="pt-0.5">
        <SeverityIcon severity={finding.severity} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-0.5 select-text">
        <button
          type="button"
          data-problem=""
          title="Go to the place"
          onClick={() => {
            onChoose();
            goToCard(finding);
          }}
          className="rounded text-left font-medium [overflow-wrap:anywhere] hover:underline"
        >
          {title}
        </button>
        {why !== '' && <p className="[overflow-wrap:anywhere] text-muted">{why}</p>}
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
          <span>{severityLabels[finding.severity]}</span>
          {finding.error && !why.includes(finding.error.type) && <span className="font-mono">{finding.error.type}</span>}
          {rule !== '' && <span>rule {rule}</span>}
          <ProblemPlace finding={finding} />
        </p>
      </div>
      <div className="flex max-w-1/2 shrink-0 flex-wrap content-start items-start justify-end gap-1">
        {finding.fixes.map((fix, index) => (
          <FixButton key={index} fix={fix} />
        ))}
        {module !== undefined && (
          <Button kind="plain" size="small" icon={<Crosshair size={12} />} onClick={() => goToModule(module)}>
            In the model
          </Button>
        )}
        <Button kind="plain" size="small" icon={<Braces size={12} />} onClick={() => goToText(finding)}>
          In the JSON
        </Button>
      </div>
    </li>
  );
}
