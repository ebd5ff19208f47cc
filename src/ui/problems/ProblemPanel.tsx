import { memo, useMemo, useRef, type KeyboardEvent } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { wordFinding } from '../../core/checks/word-finding.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { Button } from '../shared/Button.tsx';
import type { DerivedState } from '../../store/derived-store.ts';
import { useDerived } from '../shared/use-app.ts';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { useNumberOf } from '../shared/use-number-of.ts';
import type { Standing } from '../verdict/use-shown-verdict.ts';
import { findingKey, groupByCause } from './problem-list.ts';
import { ProblemGroup } from './ProblemGroup.tsx';
import { ProblemPlace } from './ProblemPlace.tsx';
import { ProblemRow } from './ProblemRow.tsx';
import { useIntend } from './use-intend.ts';

export interface ProblemPanelProps {
  readonly findings: readonly Finding[];
  /** Findings that the author of the plan intends. */
  readonly intended: readonly Finding[];
  readonly standing: Standing;
  readonly isEmptyList: boolean;
  /** Key of the finding that was gone to last. */
  readonly current: string | null;
  readonly onChoose: (key: string) => void;
}

/** The findings; arrow keys move from one to the next. */
export const ProblemPanel = memo(function ProblemPanel({ findings, intended, standing, isEmptyList, current, onChoose }: ProblemPanelProps) {
  const list = useRef<HTMLUListElement>(null);
  const groups = useMemo(() => groupByCause(findings), [findings]);
  const { first, more } = useFirstItems(groups);

  const move = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-problem]') ?? [])];
    const at = rows.findIndex((row) => row.parentElement?.contains(document.activeElement));
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = next === undefined ? undefined : rows[next];
    if (!row) return;
    event.preventDefault();
    row.focus();
  };

  const note = findings.length === 0 ? null : standingNotes[standing];
  const none = wordNone(standing, isEmptyList);
  return (
    <>
      {note !== null && <p className="shrink-0 border-t border-line px-3 py-1.5 text-muted">{note}</p>}
      <div className="min-h-0 flex-auto overflow-auto border-t border-line bg-surface">
        {findings.length === 0 ? (
          none !== null && <p className="px-3 py-3">{none}</p>
        ) : (
          <ul ref={list} aria-label="Findings" onKeyDown={move} className="divide-y divide-line">
            {first.map((group) =>
              group.length === 1 ? (
                <ProblemRow
                  key={rowKey(group[0]!)}
                  finding={group[0]!}
                  chosen={findingKey(group[0]!) === current}
                  onChoose={() => onChoose(findingKey(group[0]!))}
                />
              ) : (
                <ProblemGroup key={`${group[0]!.severity} ${group[0]!.code}`} findings={group} current={current} onChoose={onChoose} />
              ),
            )}
          </ul>
        )}
        {more}
        {intended.length > 0 && <IntendedList findings={intended} />}
        <NeverChecked />
      </div>
    </>
  );
});

/** What the problems are about, where that is not the list as the page shows it. */
const standingNotes: Readonly<Record<Standing, string | null>> = {
  judged: null,
  checking: 'Checking … These are the problems before the last change.',
  'not-checked': 'Not checked. These are the problems before the last change.',
  'text-broken': 'These are the problems of the list in force. The changes in the JSON text are not in it.',
};

/** The line in place of problems; `null` where the bar above says that there are none. */
function wordNone(standing: Standing, isEmptyList: boolean): string | null {
  switch (standing) {
    case 'checking':
      return 'Checking …';
    case 'not-checked':
      return 'Not checked.';
    case 'text-broken':
      return isEmptyList
        ? 'The list in force is empty. The changes in the JSON text are not in it.'
        : 'The list in force has no problems. The changes in the JSON text are not in it.';
    case 'judged':
      return isEmptyList ? 'Nothing to check yet: add a sub-config first.' : null;
  }
}

/** A row that is open stays with its finding when findings above it are settled. */
function rowKey(finding: Finding): string {
  return `${findingKey(finding)} ${JSON.stringify(finding.values)}`;
}

const selectHasFlow = (state: DerivedState) => (state.student?.tree.graph ?? null) !== null;

/** The facts that no check can know; a recorded forward pass has the shapes of inputs and outputs. */
function NeverChecked() {
  const hasFlow = useDerived(selectHasFlow);
  return (
    <p className="border-t border-line px-3 py-2 text-xs text-muted">
      Never checked here: anything that depends on the values of the weights
      {hasFlow
        ? '. Inputs and outputs have the shapes of the recorded forward pass; another input may give others.'
        : ', and the shapes of inputs and outputs, which this file does not contain. A tree that is exported with an input has them.'}
    </p>
  );
}

/** The findings that the user marked as intended, each with a way to unmark it. */
function IntendedList({ findings }: { readonly findings: readonly Finding[] }) {
  const numberOf = useNumberOf();
  const intend = useIntend();
  return (
    <details className="border-t border-line px-3 py-1.5 text-muted">
      <summary className="w-fit cursor-pointer rounded">{formatCount(findings.length)} intended, and not counted</summary>
      <ul aria-label="Intended" className="flex flex-col">
        {findings.map((finding, at) => (
          // Findings have no identity but their place.
          <li key={at} className="flex min-h-7 items-center gap-2">
            <SeverityIcon severity={finding.severity} />
            <span className="min-w-0 flex-1 truncate" title={wordFinding(finding, numberOf).title}>
              {wordFinding(finding, numberOf).title}
            </span>
            <ProblemPlace finding={finding} />
            <Button size="small" onClick={() => intend(finding, false)}>
              Show again
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
