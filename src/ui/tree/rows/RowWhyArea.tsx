import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { AskedRow } from './asked-row.ts';
import { lazyPart } from '../../shared/late-parts/lazy-part.tsx';
import type { VisibleRow } from './visible-rows.ts';
import { LatePart } from '../../shared/late-parts/LatePart.tsx';

const RowWhy = lazyPart(async () => (await import('./RowWhy.tsx')).RowWhy);

/** Milliseconds that the pointer, or the focus of the keyboard, rests on a row before its why is asked for. */
const restBeforeFirst = 400;
/** The same while the why of another row is open. */
const restBeforeNext = 80;
/** Milliseconds between rows in which the tooltip stays. */
const timeToReach = 150;

interface RowWhyAreaProps {
  readonly rowAt: (target: EventTarget) => VisibleRow | null;
  readonly children: ReactNode;
}

/**
 * Explains the row under the pointer or in focus, once it rests there: nothing is computed while rows pass
 * by. Any key, press, drag or scrolling puts it away.
 */
export function RowWhyArea({ rowAt, children }: RowWhyAreaProps) {
  const [asked, setAsked] = useState<AskedRow | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const awaited = useRef<Element | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!asked) return undefined;
    const close = () => setAsked(null);
    // Wherever the focus is: a person who only points at a row has it elsewhere.
    window.addEventListener('keydown', close, true);
    return () => window.removeEventListener('keydown', close, true);
  }, [asked]);

  const later = (element: Element | null, delay: number, act: () => void) => {
    clearTimeout(timer.current);
    awaited.current = element;
    timer.current = setTimeout(act, delay);
  };
  const putAway = () => {
    clearTimeout(timer.current);
    awaited.current = null;
    if (asked) setAsked(null);
  };
  const ask = (target: EventTarget) => {
    if (!(target instanceof Element)) return;
    const element = target.closest<HTMLElement>('[data-row]');
    if (element === awaited.current) return;
    if (!element) {
      later(null, timeToReach, () => setAsked(null));
      return;
    }
    later(element, asked ? restBeforeNext : restBeforeFirst, () => {
      const row = element.isConnected ? rowAt(element) : null;
      setAsked(row && { row, element });
    });
  };

  return (
    <div
      className="contents"
      onPointerOver={(event) => {
        if (event.pointerType !== 'touch' && event.buttons === 0) ask(event.target);
      }}
      onPointerLeave={() => later(null, timeToReach, () => setAsked(null))}
      onFocusCapture={(event) => {
        if (event.target.matches('[data-row]:focus-visible')) ask(event.target);
      }}
      onBlurCapture={putAway}
      onKeyDownCapture={putAway}
      onPointerDownCapture={putAway}
      onDragStartCapture={putAway}
      onScrollCapture={putAway}
    >
      {children}
      <LatePart part="Why the module is selected or not">{asked && <RowWhy asked={asked} />}</LatePart>
    </div>
  );
}
