import { useMemo } from 'react';
import { findingsOfModule } from '../../core/checks/concerned-modules.ts';
import type { Finding } from '../../core/checks/finding.ts';
import type { Fix } from '../../core/diagnostics/fix.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import type { ModuleExplanation } from '../../core/resolve/explain.ts';
import type { OutcomeFailure } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { FixButton } from '../shared/FixButton.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useDerived, useView } from '../shared/use-app.ts';
import { useNumberOf } from '../shared/use-number-of.ts';
import { Mark } from './SentenceText.tsx';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;
const none: readonly Finding[] = [];

/** The findings of a module: refusals, later failures, silent effects, each with its fixes. */
export function ModuleFindings({ explanation }: { readonly explanation: ModuleExplanation }) {
  const findings = useDerived(selectLists)[useView(selectMode)]?.findings ?? none;
  const own = useMemo(() => findingsOfModule(findings, explanation), [findings, explanation]);
  const { failures } = explanation;
  const others = own.filter((finding) => !failures.some((failure) => isSame(finding, failure)));
  if (failures.length === 0 && others.length === 0) return null;
  return (
    <ul aria-label="Findings of the module" className="flex flex-col gap-1">
      {failures.map((failure) => (
        <FailureItem
          key={`${failure.code} ${failure.subConfig} ${failure.target}`}
          failure={failure}
          finding={own.find((finding) => isSame(finding, failure))}
        />
      ))}
      {others.map((finding, index) => (
        // Findings have no identity but their place.
        <FindingItem key={index} finding={finding} />
      ))}
    </ul>
  );
}

function isSame({ code, where, values }: Finding, failure: OutcomeFailure): boolean {
  const target = 'target' in values ? values.target : failure.target;
  return code === failure.code && where.subConfig === failure.subConfig && target === (failure.target ?? target);
}

/** A refusal in the words of its finding; the exception of NNI alone where it has none. */
function FailureItem({ failure: { target, error }, finding }: { readonly failure: OutcomeFailure; readonly finding: Finding | undefined }) {
  const numberOf = useNumberOf();
  const raised = `${error.type}${error.message === '' ? '' : `: ${error.message}`}`;
  const words = finding && wordFinding(finding, numberOf);
  return (
    <li className="flex gap-2 rounded bg-refused-soft px-2 py-1">
      <span className="pt-0.5">
        <SeverityIcon severity="refused" />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]" title={words?.why}>
        {target !== null && <code className="font-mono text-xs">{target}: </code>}
        {words?.title ?? raised}
        <Fixes fixes={finding?.fixes ?? []} />
        {words && (
          <details className="text-xs text-muted">
            <summary className="w-fit cursor-pointer rounded hover:text-text">What NNI raises</summary>
            <code className="font-mono">{raised}</code>
          </details>
        )}
      </span>
    </li>
  );
}

function FindingItem({ finding }: { readonly finding: Finding }) {
  const numberOf = useNumberOf();
  const { title, why } = wordFinding(finding, numberOf);
  return (
    <li className="flex gap-2 px-2 py-0.5">
      <span className="pt-0.5">
        <SeverityIcon severity={finding.severity} />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]" title={why}>
        {finding.where.subConfig !== null && (
          <>
            <Mark subConfig={finding.where.subConfig} />{' '}
          </>
        )}
        {title}
        <Fixes fixes={finding.fixes} />
      </span>
    </li>
  );
}

function Fixes({ fixes }: { readonly fixes: readonly Fix[] }) {
  if (fixes.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1 py-0.5">
      {fixes.map((fix, index) => (
        <FixButton key={index} fix={fix} />
      ))}
    </span>
  );
}
