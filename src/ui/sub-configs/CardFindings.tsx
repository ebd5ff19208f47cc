import { Wrench } from 'lucide-react';
import type { KeyPath } from '../../core/config/value.ts';
import type { Finding } from '../../core/diagnostics/finding.ts';
import { wordFinding, wordFix } from '../../core/diagnostics/wording.ts';
import { Button } from '../shared/Button.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useActions } from '../shared/use-app.ts';
import { useCard, useFieldFindings } from './card-context.ts';
import { fieldId } from './finding-places.ts';

const atFieldAtMost = 3;
const atFootAtMost = 6;

/** What NNI would say of the sub-config as a whole. */
export function CardFindings() {
  const { findings } = useCard();
  if (findings.atFoot.length === 0) return null;
  return (
    <div className="border-t border-line pt-2">
      <FindingList label="Findings" findings={findings.atFoot} most={atFootAtMost} />
    </div>
  );
}

/** What there is to tell of one field. */
export function FieldFindings({ path, without }: {
  readonly path: KeyPath;
  /** One that the field tells by itself. */
  readonly without?: Finding | undefined;
}) {
  const findings = useFieldFindings(path).filter((finding) => finding !== without);
  if (findings.length === 0) return null;
  return <FindingList label={`Findings of ${fieldId(path)}`} findings={findings} most={atFieldAtMost} />;
}

function FindingList({ findings, most, label }: {
  readonly findings: readonly Finding[];
  readonly most: number;
  readonly label?: string;
}) {
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {findings.slice(0, most).map((finding, at) => (
        <FindingLine key={at} finding={finding} />
      ))}
      {findings.length > most && (
        <li className="pl-5 text-xs text-muted">and {findings.length - most} more in the problems below</li>
      )}
    </ul>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { applyFix } = useActions();
  const { title, why } = wordFinding(finding);
  return (
    <li className="flex flex-wrap items-start gap-x-1.5 gap-y-1 text-xs">
      <span className="flex min-w-40 flex-1 gap-1.5">
        <span className="mt-px">
          <SeverityIcon severity={finding.severity} />
        </span>
        <span className="min-w-0 [overflow-wrap:anywhere]" title={why}>
          {title}
        </span>
      </span>
      <span className="-my-1 flex flex-wrap gap-1">
        {finding.fixes.map((fix, at) => (
          <Button key={at} kind="plain" size="small" icon={<Wrench size={12} />} onClick={() => applyFix(fix, wordFix(fix))}>
            {wordFix(fix)}
          </Button>
        ))}
      </span>
    </li>
  );
}
