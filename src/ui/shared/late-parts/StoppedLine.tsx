import type { EngineFailure } from '../../../worker/protocol.ts';
import { Button } from '../Button.tsx';
import { describeStop } from './stop-wording.ts';

/** One line that says what is missing, and a button that asks for it again. */
export function StoppedLine({ title, text, isInset = true, onRetry }: {
  readonly title: string;
  /** The rest of the message, shown as a tooltip. */
  readonly text?: string;
  /** Indented as lines of the page are; not in a box that has its own padding. */
  readonly isInset?: boolean;
  readonly onRetry: () => void;
}) {
  return (
    <span role="alert" title={text} className={`flex shrink-0 items-center gap-2 py-1 text-xs text-refused ${isInset ? 'px-3' : ''}`}>
      {title}.
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </span>
  );
}

/** The same for a call that the engine did not answer; `part` is the user's name for the answer (`The data flow`). */
export function UnansweredLine({ part, failure, isInset = false, onRetry }: {
  readonly part: string;
  readonly failure: EngineFailure;
  readonly isInset?: boolean;
  readonly onRetry: () => void;
}) {
  if (failure.type !== 'not-fetched') return <StoppedLine title="The engine did not answer" isInset={isInset} onRetry={onRetry} />;
  const { title, text } = describeStop(part, failure.reason);
  return <StoppedLine title={title} text={text} isInset={isInset} onRetry={onRetry} />;
}
