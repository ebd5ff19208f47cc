import { Braces, ChevronDown, ChevronRight, Crosshair, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { canBeIntended } from '../../core/checks/intended.ts';
import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding, wordWhyAlone } from '../../core/checks/word-finding.ts';
import { severityLabels } from '../../core/diagnostics/severity.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { FixButton } from '../shared/FixButton.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useNumberOf } from '../shared/use-number-of.ts';
import { ProblemPlace } from './ProblemPlace.tsx';
import { useIntend } from './use-intend.ts';
import { useProblemPlaces } from '../shared/use-problem-places.ts';

export interface ProblemRowProps {
  readonly finding: Finding;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** One finding in one line: the fault, its place, and the likeliest repair. The rest opens below. */
export function ProblemRow({ finding, chosen, onChoose }: ProblemRowProps) {
  const { goToCard } = useProblemPlaces();
  const [open, setOpen] = useState(false);
  const numberOf = useNumberOf();
  const { title } = wordFinding(finding, numberOf);
  const [first] = finding.fixes;
  const isOpen = open || chosen;
  return (
    <li aria-current={chosen ? 'true' : undefined} className={isOpen ? 'bg-chosen/40' : 'hover:bg-hover'}>
      {/* On a phone the place and the fix stand below the words. */}
      <div className="flex min-h-7 items-center gap-x-2 py-0.5 pr-2 pl-1.5 max-sm:flex-wrap max-sm:pb-1">
        <IconButton
          size="small"
          label={`${isOpen ? 'Hide' : 'Show'} the reason`}
          aria-expanded={isOpen}
          icon={isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
          onClick={() => setOpen(!isOpen)}
        />
        <SeverityIcon severity={finding.severity} />
        <button
          type="button"
          data-problem=""
          title="Go to the place"
          onClick={() => {
            onChoose();
            goToCard(finding);
          }}
          className={`min-w-0 flex-1 rounded text-left hover:underline max-sm:basis-3/4 ${isOpen ? '[overflow-wrap:anywhere]' : 'truncate max-sm:line-clamp-2 max-sm:whitespace-normal'}`}
        >
          {title}
        </button>
        <div className="max-sm:ml-14 max-sm:flex max-sm:min-w-0 max-sm:flex-1 max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 sm:contents">
          <span className="max-w-1/4 shrink-0 truncate text-xs text-muted max-sm:max-w-full">
            <ProblemPlace finding={finding} />
          </span>
          {/* As wide as most fixes, so that the places stand below each other. */}
          <span className="flex max-w-2/5 shrink-0 max-sm:max-w-full max-sm:min-w-0 sm:min-w-40 sm:justify-end">{first && <FixButton fix={first} />}</span>
        </div>
      </div>
      {isOpen && <Details finding={finding} />}
    </li>
  );
}

/** Why, with the exception; the other ways out; the places; and that it is meant so. */
function Details({ finding }: { readonly finding: Finding }) {
  const { goToText, goToModule } = useProblemPlaces();
  const intend = useIntend();
  const numberOf = useNumberOf();
  const why = wordWhyAlone(finding, numberOf);
  const module = finding.where.modules?.[0];
  return (
    <div className="flex flex-col gap-1 pr-2 pb-2 pl-14 select-text">
      {why !== '' && <p className="max-w-[80ch] [overflow-wrap:anywhere] text-muted">{why}</p>}
      <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
        <span>{severityLabels[finding.severity]}</span>
        {finding.error && <code className="font-mono [overflow-wrap:anywhere]">{finding.error.type}: {finding.error.message}</code>}
      </p>
      <div className="flex flex-wrap gap-1">
        {finding.fixes.slice(1).map((fix, index) => (
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
        {canBeIntended(finding) && (
          <Button kind="plain" size="small" icon={<EyeOff size={12} />} onClick={() => intend(finding, true)}>
            That is intended
          </Button>
        )}
      </div>
    </div>
  );
}
