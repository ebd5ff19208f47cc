import { useContext, useLayoutEffect, useRef, type ReactNode, type RefCallback, type UIEvent } from 'react';
import { rowHeight, ScrollFrameContext } from './row-window.ts';

/** What the list asks of its scrolled element. */
interface RowScrollerProps {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly onScroll: (event: { readonly currentTarget: ScrollPlace }) => void;
  readonly children: ReactNode;
}

type ScrollPlace = Pick<HTMLElement, 'clientHeight' | 'scrollHeight' | 'scrollTop'>;

/**
 * The scrolled element of the tree. It is as high as all rows, while the list within knows those of the window only:
 * the list is told how far it is scrolled as if they were all.
 */
export function RowScroller({ ref, onScroll, children, ...rest }: RowScrollerProps) {
  const { start, onScroll: note, onClickBeside } = useContext(ScrollFrameContext);
  const element = useRef<HTMLDivElement>(null);
  /** Where the window began that the list knows of. */
  const told = useRef(0);
  useLayoutEffect(() => {
    if (!element.current || told.current === start) return;
    told.current = start;
    onScroll({ currentTarget: withinWindow(element.current, note(element.current)) });
    // Only when the window has moved: the list tells of everything else itself.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [start]);
  return (
    <div
      {...rest}
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
