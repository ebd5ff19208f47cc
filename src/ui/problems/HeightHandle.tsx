import type { KeyboardEvent, PointerEvent } from 'react';
import { followPointer } from '../layout/follow-pointer.ts';

const least = 96;
const most = 720;
const keyStep = 24;

/** The upper edge of a panel at the bottom: drag it, or press arrow keys, Home and End. */
export function HeightHandle({ height, onResize }: { readonly height: number; readonly onResize: (height: number) => void }) {
  const resize = (wanted: number) => onResize(Math.round(Math.max(least, Math.min(most, wanted))));
  const drag = (event: PointerEvent<HTMLDivElement>) => followPointer(event, (_right, down) => resize(height - down));
  const press = (event: KeyboardEvent) => {
    const wanted = { ArrowUp: height + keyStep, ArrowDown: height - keyStep, Home: least, End: most }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    resize(wanted);
  };
  return (
    // A focusable separator is the ARIA pattern of a window splitter.
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the problems"
      aria-valuenow={height}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
      className="group relative z-10 h-px shrink-0 cursor-row-resize touch-none bg-line focus-visible:outline-offset-0"
    >
      <div className="absolute inset-x-0 -top-1 -bottom-1 group-hover:bg-hover group-active:bg-chosen" />
    </div>
  );
}
