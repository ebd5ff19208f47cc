import { memo } from 'react';
import type { KeyPath } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import { asResolved } from '../../../core/diagnostics/number-of.ts';
import { wordFinding, wordFindingAt } from '../../../core/checks/word-finding.ts';
import { wordFix, type Fix } from '../../../core/diagnostics/fix.ts';
import { FixButton } from '../../shared/FixButton.tsx';
import { SeverityIcon } from '../../shared/SeverityIcon.tsx';
import { sameItems } from '../../shared/use-kept.ts';
import { useNumberOf } from '../../shared/use-number-of.ts';
import { useCard, useFieldFindings } from './card-context.ts';
import { fieldId, fixesAt, isToldElsewhere, placeIn } from './finding-places.ts';

const atFieldAtMost = 3;
const atFootAtMost = 6;

/** NNI's findings about the sub-config as a whole. */
export function CardFindings() {
  const { findings } = useCard();
  if (findings.atFoot.length === 0) return null;
  return (
    <div className="border-t border-line pt-2">
      <FindingList label="Findings" findings={findings.atFoot} fixesOf={({ fixes }) => fixes} placeOf={({ where }) => where.path} most={atFootAtMost} />
    </div>
  );
}

interface FieldFindingsProps {
  readonly path: KeyPath;
  /** A remark of the field itself. */
  readonly without?: Finding | undefined;
}

/** The findings and remarks of one field; left alone while a text is typed there. */
export const FieldFindings = memo(function FieldFindings({ path, without }: FieldFindingsProps) {
  const { config } = useCard();
  const hasFixes = (finding: Finding) => fixesAt(path, finding, config).length > 0;
  const findings = useFieldFindings(path).filter(
    (finding) => finding !== without && (!isToldElsewhere(path, finding, config) || hasFixes(finding)),
  );
  if (findings.length === 0) return null;
  return (
    <FindingList
      label={`Findings of ${fieldId(path)}`}
      findings={findings}
      fixesOf={(finding) => fixesAt(path, finding, config)}
      placeOf={(finding) => placeIn(path, finding)}
      most={atFieldAtMost}
    />
  );
}, sameField);

function sameField(a: FieldFindingsProps, b: FieldFindingsProps): boolean {
  return a.without === b.without && sameItems(a.path, b.path);
}

function FindingList({ findings, fixesOf, placeOf, most, label }: {
  readonly findings: readonly Finding[];
  /** The fixes that are offered here. */
  readonly fixesOf: (finding: Finding) => readonly Fix[];
  /** The place of the finding that is shown here. */
  readonly placeOf: (finding: Finding) => KeyPath;
  readonly most: number;
  readonly label?: string;
}) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2.5">
      {findings.slice(0, most).map((finding, at, shown) => (
        <FindingLine key={keyAmong(shown, at)} finding={finding} place={placeOf(finding)} fixes={fixesOf(finding)} />
      ))}
      {findings.length > most && (
        <li className="pl-5 text-xs text-muted">and {findings.length - most} more in the problems below</li>
      )}
    </ul>
  );
}

/** The React key of a line. After a fix, the button under the finger must not become the fix of the next finding. */
function keyAmong(findings: readonly Finding[], at: number): string {
  const words = findings.slice(0, at + 1).map((finding) => `${fieldId(finding.where.path)} ${wordFinding(finding, asResolved).title}`);
  const own = words[at]!;
  return `${own} ${words.indexOf(own) === at ? 0 : at}`;
}

interface FindingLineProps {
  readonly finding: Finding;
  readonly place: KeyPath;
  readonly fixes: readonly Fix[];
}

/** Drawn again only for another finding, not with every change of the card. */
const FindingLine = memo(function FindingLine({ finding, place, fixes }: FindingLineProps) {
  const numberOf = useNumberOf();
  const { title, why } = wordFindingAt(finding, place, numberOf);
  return (
    <li className="flex flex-wrap items-start gap-x-1.5 gap-y-1 text-xs">
      <span className="flex min-w-3/5 flex-1 gap-1.5">
        <span className="mt-px">
          <SeverityIcon severity={finding.severity} />
        </span>
        <span className="min-w-0 [overflow-wrap:anywhere]" title={why}>
          {title}
        </span>
      </span>
      <span className="-my-1 flex max-w-full min-w-0 flex-wrap gap-1">
        {fixes.map((fix) => (
          <FixButton key={wordFix(fix, asResolved)} kind="plain" fix={fix} />
        ))}
      </span>
    </li>
  );
}, sameLine);

function sameLine(a: FindingLineProps, b: FindingLineProps): boolean {
  return a.finding === b.finding && sameItems(a.place, b.place) && sameItems(a.fixes, b.fixes);
}
