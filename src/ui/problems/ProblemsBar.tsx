import { ChevronDown, ChevronUp } from 'lucide-react';
import { useDeferredValue, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { severities, type Severity } from '../../core/diagnostics/severity.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Splitter } from '../layout/Splitter.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import {
  countSeverities,
  findingKey,
  orderFindings,
  shortSeverityLabel,
  stepInRing,
} from './problem-list.ts';
import { useStanding, useUnfinished } from '../verdict/use-shown-verdict.ts';
import { useTextError } from '../verdict/use-text-error.ts';
import { VerdictLine } from '../verdict/VerdictLine.tsx';
import { FixAll } from './FixAll.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';
import { SeverityFilter } from './SeverityFilter.tsx';
import { useProblemPlaces } from '../shared/use-problem-places.ts';

const selectMode = (state: ViewState) => state.mode;
const selectOpen = (state: ViewState) => state.problemsOpen;
const selectStep = (state: ViewState) => state.problemStep;
const selectLists = (state: DerivedState) => state.lists;
const none: readonly Finding[] = [];
/** Pixels of the open panel at most until it is resized, and its bounds. */
const usualHeight = 240;
const leastHeight = 96;
const mostHeight = 720;
/** The part of the window that the panel takes at most. */
const mostOfWindow = 0.7;

/** NNI's verdict on the list: a line that opens to the list of findings. */
export function ProblemsBar() {
  const { setView } = useActions();
  const open = useView(selectOpen);
  const mode = useView(selectMode);
  // One list for the problems and the verdict: they never speak of two.
  const list = useDeferredValue(useDerived(selectLists)[mode]);
  const [only, setOnly] = useState<Severity | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const findings = list?.findings ?? none;
  const counts = useMemo(() => countSeverities(findings), [findings]);
  // A severity that has gone must not hide the rest.
  const filter = only !== null && counts[only] > 0 ? only : null;
  const shown = useMemo(() => orderFindings(findings, filter), [findings, filter]);
  const intended = useMemo(() => findings.filter((finding) => finding.intended === true), [findings]);
  /** As resized; `null` for as much as the problems need. */
  const [height, setHeight] = useState<number | null>(null);
  const bar = useRef<HTMLElement>(null);
  const panelId = useId();
  // A new card is no alarm; the open panel shows all the same.
  const isBegun = useUnfinished(mode, list) !== null;
  const textError = useTextError(mode);
  const standing = useStanding(mode, textError);
  // Counts of the list of before would contradict the verdict next to them.
  const isJudged = standing === 'judged';
  useProblemSteps(shown, current, setCurrent);
  if (!list) return null;
  const Chevron = open ? ChevronDown : ChevronUp;
  const present = severities.filter((severity) => counts[severity] > 0);
  // They have the counts: the button does not say them again.
  const filters = open && present.length > 1;
  return (
    <section
      aria-label="Problems"
      ref={bar}
      style={open ? heightStyle(findings.length === 0 ? null : height) : undefined}
      className="flex shrink-0 flex-col border-t border-line bg-sunken"
    >
      {open && <Splitter label="Height of the problems" edge="top" size={height ?? usualHeight} sizeNow={() => bar.current?.offsetHeight} least={leastHeight} most={mostHeight} onResize={setHeight} />}
      <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 pr-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={panelId}
          title="F8 goes to the next problem, Shift+F8 to the one before"
          onClick={() => setView({ problemsOpen: !open })}
          className="flex min-h-8 shrink-0 items-center gap-3 px-3 text-left -outline-offset-2 hover:bg-hover"
        >
          <span className="inline-flex items-center gap-1 font-medium">
            <Chevron size={14} aria-hidden="true" />
            Problems
          </span>
          {severities.map((severity) =>
            counts[severity] === 0 || !isJudged || (isBegun && !open) || filters ? null : (
              <span key={severity} className="inline-flex shrink-0 items-center gap-1">
                <SeverityIcon severity={severity} named={false} />
                {formatCount(counts[severity])} {shortSeverityLabel(severity, counts[severity])}
              </span>
            ),
          )}
          {findings.length === 0 && list.subConfigs.length > 0 && isJudged && <span>No problems found</span>}
        </button>
        {filters && <SeverityFilter present={present} counts={counts} filter={filter} onFilter={setOnly} />}
        {(!isBegun || open) && <FixAll findings={isJudged ? shown : none} />}
        <VerdictLine list={list} standing={standing} textError={textError} />
      </div>
      <div id={panelId} hidden={!open} className={open ? 'flex min-h-0 flex-auto flex-col' : ''}>
        {open && (
          <ProblemPanel
            findings={shown}
            intended={intended}
            standing={standing}
            isEmptyList={list.subConfigs.length === 0}
            current={current}
            onChoose={setCurrent}
          />
        )}
      </div>
      <p role="status" className="sr-only">
        {findings.length > 0 && isJudged && (open || !isBegun) && `Problems: ${formatCount(findings.length)}, refused: ${formatCount(counts.refused)}`}
      </p>
    </section>
  );
}

function heightStyle(height: number | null) {
  const most = innerHeight * mostOfWindow;
  return height === null ? { maxHeight: Math.min(usualHeight, most) } : { height: Math.min(height, most) };
}

/** Goes to the next problem, or to the one before, when that is asked for: its field comes into view. */
function useProblemSteps(
  shown: readonly Finding[],
  current: string | null,
  setCurrent: (key: string) => void,
): void {
  const { goToCard } = useProblemPlaces();
  const step = useView(selectStep);
  const done = useRef(step?.stamp);
  const go = useEffectEvent((by: 1 | -1) => {
    const at = shown.findIndex((finding) => findingKey(finding) === current);
    const next = stepInRing(at < 0 ? null : at, by, shown.length);
    const finding = next === null ? undefined : shown[next];
    if (!finding) return;
    setCurrent(findingKey(finding));
    goToCard(finding);
  });
  useEffect(() => {
    if (!step || step.stamp === done.current) return;
    done.current = step.stamp;
    go(step.by);
  }, [step]);
}
