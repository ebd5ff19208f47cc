import type { Finding } from '../../core/diagnostics/finding.ts';
import { wordFinding, wordFix } from '../../core/diagnostics/wording.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useActions, useDerived } from '../shared/use-app.ts';
import { useCard } from './card-context.ts';

const selectResolved = (state: DerivedState) => state.lists;
const shownAtMost = 6;

/** What NNI would say of this sub-config, with fixes of one click. */
export function CardFindings() {
  const { mode, index } = useCard();
  const findings = useDerived(selectResolved)[mode]?.findings ?? [];
  const own = index < 0 ? [] : findings.filter((finding) => finding.where.subConfig === index);
  if (own.length === 0) return null;
  return (
    <ul aria-label="Findings" className="flex flex-col gap-1 border-t border-line pt-2">
      {own.slice(0, shownAtMost).map((finding, at) => (
        <FindingLine key={at} finding={finding} />
      ))}
      {own.length > shownAtMost && (
        <li className="pl-5 text-xs text-muted">and {own.length - shownAtMost} more in the problems below</li>
      )}
    </ul>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { applyFix } = useActions();
  const { title, why } = wordFinding(finding);
  return (
    <li className="flex items-start gap-1.5 text-xs">
      <span className="mt-px">
        <SeverityIcon severity={finding.severity} />
      </span>
      <span className="min-w-0 flex-1 break-words" title={why}>
        {title}
      </span>
      {finding.fixes.map((fix) => (
        <Button key={wordFix(fix)} size="small" onClick={() => applyFix(fix)}>
          {wordFix(fix)}
        </Button>
      ))}
    </li>
  );
}
