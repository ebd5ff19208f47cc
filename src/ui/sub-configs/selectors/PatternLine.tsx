import { Wrench } from 'lucide-react';
import { useMemo, type MouseEvent, type ReactNode } from 'react';
import type { KeyPath } from '../../../core/config/value.ts';
import { fitInside } from '../../../core/proposals/fit-inside.ts';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { PreviewState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { Button } from '../../shared/Button.tsx';
import { formatQuantity } from '../../shared/format.ts';
import { useActions, useDocument } from '../../shared/use-app.ts';
import { useValueEditor } from '../card/card-context.ts';
import { useRests } from '../card/use-settled.ts';
import type { PatternProblem } from './pattern-problem.ts';
import { patternRemarks } from './pattern-line.ts';
import type { PatternFacts } from './use-pattern-facts.ts';

/** One live line under a pattern: its matches and near misses, or the reason why it does not work. */
export function PatternLine({ path, pattern, entry, preview, problem, facts, isFocused, about, onExplain }: {
  readonly path: KeyPath;
  readonly pattern: string;
  readonly entry: SelectionEntry | null;
  readonly preview: PreviewState | null;
  readonly problem: PatternProblem | null;
  readonly facts: PatternFacts | null;
  readonly isFocused: boolean;
  /** The button that explains the pattern. */
  readonly about: ReactNode;
  /** Opens the explanation. */
  readonly onExplain: () => void;
}) {
  const rests = useRests(isFocused ? pattern : '');
  const isTold = problem !== null && (problem.type === 'slow' || !isFocused || rests);
  const count = preview?.shown?.count ?? (entry && entry.state.type !== 'invalid' ? entry.count : null);
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-1.5 pl-2 text-xs text-muted">
      {isTold ? (
        <p role="status" className={problem.type === 'invalid' ? 'text-refused' : 'text-silent'}>
          {problem.text}
        </p>
      ) : problem?.type === 'invalid' ? (
        // The reason waits until the typing rests; the matches of the text before are none of this one.
        <span>Not a complete pattern yet</span>
      ) : (
        <Counts count={count} pattern={pattern} entry={entry} facts={facts} path={path} onExplain={onExplain} />
      )}
      <span className="-my-0.5">{about}</span>
    </div>
  );
}

/** The field keeps the focus, so the user can go on typing. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

function Counts({ count, pattern, entry, facts, path, onExplain }: {
  readonly count: number | null;
  readonly pattern: string;
  readonly entry: SelectionEntry | null;
  readonly facts: PatternFacts | null;
  readonly path: KeyPath;
  readonly onExplain: () => void;
}) {
  const { setView } = useActions();
  if (count === null) return null;
  if (count === 0) return <NothingMatched pattern={pattern} facts={facts} path={path} />;
  return (
    <>
      <button
        type="button"
        title="Show them in the model"
        onClick={() => setView({ searchBy: 'match', searchText: pattern, pane: 'tree' })}
        className="rounded text-text underline decoration-line-strong underline-offset-2 hover:decoration-text"
      >
        {formatCount(count)} matched
      </button>
      {patternRemarks(entry, facts).map(({ text, warns, isNamed }) => (
        <span key={text} className={warns ? 'text-silent' : ''}>
          <span aria-hidden="true" className="pr-1.5 text-faint">
            ·
          </span>
          {isNamed ? (
            <button type="button" title="Show which" onMouseDown={keepFocus} onClick={onExplain} className="rounded underline decoration-line-strong underline-offset-2 hover:decoration-current">
              {text}
            </button>
          ) : (
            text
          )}
        </span>
      ))}
    </>
  );
}

const selectPython = (state: DocumentState) => state.history.present.python;

/** `re.match` begins at the start of a name: where the pattern fits further on, that is said with its fix. */
function NothingMatched({ pattern, facts, path }: {
  readonly pattern: string;
  readonly facts: PatternFacts | null;
  readonly path: KeyPath;
}) {
  const { set } = useValueEditor();
  const python = useDocument(selectPython);
  const inside = facts?.inside.count ?? 0;
  const fixed = useMemo(() => (inside > 0 ? fitInside(pattern, python) : null), [inside, pattern, python]);
  if (inside === 0) return <span className="text-silent">0 matched</span>;
  return (
    <>
      <span className="text-silent">
        0 matched: matching starts at the beginning of a name.{' '}
        {formatQuantity(inside, 'name contains', 'names contain')} it later.
      </span>
      {fixed !== null && (
        <Button size="small" icon={<Wrench size={12} className="shrink-0" />} onClick={() => set(path, fixed)}>
          Use {fixed}
        </Button>
      )}
    </>
  );
}
