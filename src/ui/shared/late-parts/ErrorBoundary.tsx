import { Component, useEffect, useState, type ReactNode } from 'react';
import type { DocumentState } from '../../../store/document-store.ts';
import { Button } from '../Button.tsx';
import { forgetFailedParts } from './lazy-part.tsx';
import { describeStop } from './stop-wording.ts';
import { StoppedLine } from './StoppedLine.tsx';
import { useActions, useDocument } from '../use-app.ts';

interface ErrorBoundaryProps {
  /** The user's name for the part that stops when something in it fails. */
  readonly part: string;
  readonly children: ReactNode;
  /** Put away instead of tried again, e.g. a dialog. */
  readonly onClose?: () => void;
  /** A failure takes one line, instead of a box. */
  readonly size?: 'line';
  /** Nothing but a convenience is missing: shown without words in its place. The part is fetched again when it is shown again. */
  readonly instead?: ReactNode;
}

/**
 * Limits a failure to the part in which it happens. The rest of the page keeps working, and the part shows the fault
 * and the next step.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error: error ?? new Error('Something without a message was thrown.') };
  }

  override componentDidCatch(): void {
    if (this.props.instead !== undefined) forgetFailedParts();
  }

  readonly retry = (): void => {
    forgetFailedParts();
    this.setState({ error: null });
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { part, onClose, size, instead } = this.props;
    if (instead !== undefined) return instead;
    const close = onClose && (() => {
      this.retry();
      onClose();
    });
    return <StoppedPart part={part} error={error} isLine={size === 'line'} onRetry={this.retry} {...(close ? { onClose: close } : {})} />;
  }
}

const selectPlan = (state: DocumentState) => state.history.present;
const selectCanUndo = (state: DocumentState) => state.history.past.length > 0;

function StoppedPart({ part, error, isLine, onRetry, onClose }: {
  readonly part: string;
  readonly error: unknown;
  readonly isLine: boolean;
  readonly onRetry: () => void;
  readonly onClose?: () => void;
}) {
  const { undo } = useActions();
  const plan = useDocument(selectPlan);
  const canUndo = useDocument(selectCanUndo);
  const [stoppedAt] = useState(plan);
  // The user's change may have removed the content that the part could not show.
  useEffect(() => {
    if (plan !== stoppedAt) onRetry();
  }, [plan, stoppedAt, onRetry]);
  const { title, text, isFetch } = describeStop(part, error);
  if (isLine) return <StoppedLine title={title} text={text} onRetry={onRetry} />;
  return (
    <div
      role="alert"
      className={`m-3 flex flex-col gap-2 rounded border border-refused bg-refused-soft p-3 select-text ${onClose ? 'fixed right-0 bottom-8 z-50 w-96 shadow-lg' : ''}`}
    >
      <p className="font-medium">{title}</p>
      <p>{text}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onRetry}>Try again</Button>
        {canUndo && !isFetch && <Button onClick={undo}>Undo the last change</Button>}
        <Button onClick={() => location.reload()}>Reload the page</Button>
        {onClose && <Button onClick={onClose}>Close</Button>}
      </div>
    </div>
  );
}
