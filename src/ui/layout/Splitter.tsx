import type { KeyboardEvent, PointerEvent } from 'react';
import { followPointer } from './follow-pointer.ts';

export interface SplitterProps {
  readonly label: string;
  /** The edge of the pane at which the splitter lies. */
  readonly edge: 'left' | 'right' | 'top';
  /** Pixels of the pane: its width, or its height for the edge at its top. */
  readonly size: number;
  /** Pixels of the pane on the screen, where its content can make it smaller than `size`. */
  readonly sizeNow?: () => number | undefined;
  readonly least: number;
  readonly most: number;
  readonly onResize: (size: number) => void;
}

const keyStep = 16;

/** Keys that enlarge the pane, and that make it smaller. */
const arrowKeys = { left: ['ArrowLeft', 'ArrowRight'], right: ['ArrowRight', 'ArrowLeft'], top: ['ArrowUp', 'ArrowDown'] } as const;

const upright = {
  line: 'w-px cursor-col-resize',
  handle: 'inset-y-0 -right-1 -left-1',
};
const level = {
  line: 'h-px cursor-row-resize',
  handle: 'inset-x-0 -top-1 -bottom-1',
};

/** A divider that sizes the pane next to it: drag, or arrow keys, Home and End. */
export function Splitter({ label, edge, size, sizeNow, least, most, onResize }: SplitterProps) {
  const { line, handle } = edge === 'top' ? level : upright;
  const resize = (wanted: number) => onResize(Math.round(Math.max(least, Math.min(most, wanted))));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const start = sizeNow?.() ?? size;
    followPointer(event, (right, down) => resize(start + { left: -right, right, top: -down }[edge]));
  };
  const press = (event: KeyboardEvent) => {
    const [larger, smaller] = arrowKeys[edge];
    const start = sizeNow?.() ?? size;
    const wanted = { [larger]: start + keyStep, [smaller]: start - keyStep, Home: least, End: most }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };
  return (
    // A focusable separator is the ARIA pattern of a window splitter.
    <div
      role="separator"
      aria-orientation={edge === 'top' ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
      className={`group relative z-10 shrink-0 touch-none bg-line forced-colors:bg-[CanvasText] focus-visible:outline-offset-0 ${line}`}
    >
      <div className={`absolute group-hover:bg-hover group-active:bg-chosen ${handle}`} />
    </div>
  );
}
