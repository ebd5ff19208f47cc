import type { KeyboardEvent, PointerEvent } from 'react';

const least = 96;
const most = 720;
const keyStep = 24;

/** The upper edge of a panel at the bottom: drag it, or press arrow keys. */
export function HeightHandle({ height, onResize }: { readonly height: number; readonly onResize: (height: number) => void }) {
  const resize = (wanted: number) => onResize(Math.round(Math.max(least, Math.min(most, wanted))));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    const start = event.clientY;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => resize(height + start - moved.clientY);
    const stop = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', stop);
      handle.removeEventListener('pointercancel', stop);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', stop);
    handle.addEventListener('pointercancel', stop);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    resize(height + (event.key === 'ArrowUp' ? keyStep : -keyStep));
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
