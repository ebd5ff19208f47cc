import { useContext, useLayoutEffect, useRef, type ReactNode, type RefCallback, type UIEvent } from 'react';
import { rowHeight, ScrollFrameContext } from './row-window.ts';

/** The props that the list passes to its scrolled element. */
interface RowScrollerProps {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly onScroll: (event: { readonly currentTarget: ScrollPlace }) => void;
  readonly children: ReactNode;
}

type ScrollPlace = Pick<HTMLElement, 'clientHeight' | 'scrollHeight' | 'scrollTop'>;

/**
 * The scrolled element of the tree. It is as high as all rows, while the list within knows the rows of the window only:
 * the list gets the scroll position as if it had all rows. It is the tab stop of the tree while the focus is elsewhere: the row
 * that had it last may not be drawn.
 */
export function RowScroller({ ref, onScroll, children, ...rest }: RowScrollerProps) {
  const { start, onScroll: note, onClickBeside } = useContext(ScrollFrameContext);
  const element = useRef<HTMLDivElement>(null);
  /** Where the window began that the list knows of. */
  const reported = useRef(0);
  useLayoutEffect(() => {
    if (!element.current || reported.current === start) return;
    reported.current = start;
    onScroll({ currentTarget: withinWindow(element.current, note(element.current)) });
    // Only when the window has moved: the list reports everything else itself.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [start]);
  useLayoutEffect(() => keepOneTabStop(element.current), []);
  // A list that is drawn again starts at the top.
  useLayoutEffect(() => void (element.current && note(element.current)), [note]);
  // The row that had the focus may have been removed, which no event reports.
  useLayoutEffect(() => setTabStop(element.current, document.activeElement));
  return (
    <div
      {...rest}
      // A tree may hold only items and groups of them that can have the focus.
      role="group"
      tabIndex={0}
      ref={(drawn) => {
        element.current = drawn;
        ref(drawn);
      }}
      onScroll={({ currentTarget }: UIEvent<HTMLDivElement>) =>
        onScroll({ currentTarget: withinWindow(currentTarget, note(currentTarget)) })
      }
      onClick={(event) => {
        if (event.currentTarget === event.target) onClickBeside();
      }}
    >
      {children}
    </div>
  );
}

function withinWindow({ clientHeight, scrollHeight, scrollTop }: HTMLElement, start: number): ScrollPlace {
  return { clientHeight, scrollHeight, scrollTop: Math.max(0, scrollTop - start * rowHeight) };
}

/** Makes the scrolled element the tab stop of the tree as long as the focus is not within; returns how to stop. */
function keepOneTabStop(box: HTMLElement | null): (() => void) | undefined {
  const tree = box?.closest('[role=tree]');
  if (!(tree instanceof HTMLElement)) return undefined;
  // The tree component makes its outer element a tab stop, too; one is enough.
  tree.tabIndex = -1;
  const come = ({ target }: FocusEvent) => setTabStop(box, target);
  const go = ({ relatedTarget }: FocusEvent) => setTabStop(box, relatedTarget);
  tree.addEventListener('focusin', come);
  tree.addEventListener('focusout', go);
  return () => {
    tree.removeEventListener('focusin', come);
    tree.removeEventListener('focusout', go);
  };
}

/** `focused`: the element that has the focus now, in the tree or elsewhere. */
function setTabStop(box: HTMLElement | null, focused: EventTarget | null): void {
  const tree = box?.closest('[role=tree]');
  if (box && tree) box.tabIndex = focused !== box && focused instanceof Node && tree.contains(focused) ? -1 : 0;
}
