import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PanAndZoom {
  /** Pixels of the screen for one of the picture. */
  readonly scale: number;
  readonly canZoomIn: boolean;
  readonly canZoomOut: boolean;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Shows the whole picture. */
  readonly fit: () => void;
  /** Handlers of the area: dragging its ground moves the picture. */
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
}

/** Below this scale text is hard to read, so a wide picture is not made smaller by itself: it scrolls. */
const leastByItself = 0.72;
const least = 0.3;
const most = 2;
const step = 1.25;

/** Zooms a picture in a scrolling area: by steps, and with Ctrl and the wheel around the pointer. Until then it fits into the width while its text can be read. */
export function usePanAndZoom(area: RefObject<HTMLElement | null>, size: Size, picture: Size): PanAndZoom {
  const [chosen, setChosen] = useState<number | null>(null);
  const held = useRef<{ readonly x: number; readonly y: number; readonly fromX: number; readonly fromY: number } | null>(null);
  const scale = chosen ?? (size.width === 0 ? 1 : Math.min(1, Math.max(leastByItself, size.width / picture.width)));
  const zoomTo = (next: number, x: number, y: number) => {
    const element = area.current;
    if (element === null) return;
    held.current = { x, y, fromX: (element.scrollLeft + x) / scale, fromY: (element.scrollTop + y) / scale };
    setChosen(Math.min(most, Math.max(least, next)));
  };
  const zoomBy = (factor: number) => zoomTo(scale * factor, size.width / 2, size.height / 2);
  // The point under the pointer, or in the middle, stays where it is.
  useLayoutEffect(() => {
    const element = area.current;
    if (held.current === null || element === null) return;
    const { x, y, fromX, fromY } = held.current;
    held.current = null;
    element.scrollTo(fromX * scale - x, fromY * scale - y);
  }, [area, scale]);
  const turn = useEffectEvent((event: WheelEvent) => {
    if (area.current === null || (!event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    const { left, top } = area.current.getBoundingClientRect();
    zoomTo(scale * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
  });
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    // React listens passively, and a passive listener cannot keep the browser from zooming the page.
    const listen = (event: WheelEvent) => turn(event);
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [area]);
  return {
    scale,
    canZoomIn: scale < most,
    canZoomOut: scale > least,
    zoomIn: () => zoomBy(step),
    zoomOut: () => zoomBy(1 / step),
    fit: () => setChosen(Math.min(1, Math.max(least, Math.min(size.width / picture.width, size.height / picture.height)))),
    onPointerDown: ({ button, target, pointerId, pointerType }) => {
      const isGround = target instanceof Element && target.closest('[data-box]') === null;
      // Fingers scroll by themselves.
      if (button === 0 && isGround && pointerType === 'mouse') area.current?.setPointerCapture(pointerId);
    },
    onPointerMove: ({ movementX, movementY, pointerId }) => {
      if (area.current?.hasPointerCapture(pointerId)) area.current.scrollBy(-movementX, -movementY);
    },
  };
}
