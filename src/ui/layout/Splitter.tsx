import type { KeyboardEvent, PointerEvent } from 'react';
import { followPointer } from './follow-pointer.ts';

export interface SplitterProps {
  readonly label: string;
  /** Width in pixels of the pane it sizes. */
  readonly width: number;
  readonly least: number;
  readonly most: number;
  /** The pane lies before (left of) the splitter or after it. */
  readonly pane: 'before' | 'after';
  readonly onResize: (width: number) => void;
}

const keyStep = 16;

/** A divider that sizes the pane next to it: drag, or arrow keys, Home and End. */
export function Splitter({ label, width, least, most, pane, onResize }: SplitterProps) {
  const resize = (wanted: number) => onResize(Math.round(Math.max(least, Math.min(most, wanted))));
  const direction = pane === 'before' ? 1 : -1;

  const drag = (event: PointerEvent<HTMLDivElement>) => followPointer(event, (right) => resize(width + right * direction));

  const press = (event: KeyboardEvent) => {
    const wanted = {
      ArrowLeft: width - keyStep * direction,
      ArrowRight: width + keyStep * direction,
      Home: least,
      End: most,
    }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };

  return (
    // A focusable separator is the ARIA pattern of a window splitter.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
      className="group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line forced-colors:bg-[CanvasText] focus-visible:outline-offset-0"
    >
      <div className="absolute inset-y-0 -right-1 -left-1 group-hover:bg-hover group-active:bg-chosen" />
    </div>
  );
}
