import type { PointerEvent } from 'react';

/** Reports how far the pointer has moved, in pixels, from a press on a handle until it is let go. */
export function followPointer(event: PointerEvent<HTMLElement>, onMove: (right: number, down: number) => void): void {
  const handle = event.currentTarget;
  const { clientX, clientY } = event;
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent) => onMove(moved.clientX - clientX, moved.clientY - clientY);
  const stop = () => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', stop);
    handle.removeEventListener('pointercancel', stop);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', stop);
  handle.addEventListener('pointercancel', stop);
}
