import { useCallback, useEffect, useRef } from 'react';

/** The events that end a press of the pointer. */
const ends = ['click', 'auxclick', 'contextmenu', 'dragend'] as const;

/**
 * Runs a change at once, or, while a button of the pointer is down, after the click. A field that disappears when it loses the focus
 * would move what is being clicked away from the pointer, and the click would be lost.
 */
export function useAfterPress(): (change: () => void) => void {
  const isPressed = useRef(false);
  useEffect(() => {
    const press = () => {
      isPressed.current = true;
    };
    const release = () => {
      isPressed.current = false;
    };
    addEventListener('mousedown', press, true);
    for (const end of ['mouseup', ...ends]) addEventListener(end, release, true);
    return () => {
      removeEventListener('mousedown', press, true);
      for (const end of ['mouseup', ...ends]) removeEventListener(end, release, true);
    };
  }, []);
  return useCallback((change) => {
    if (!isPressed.current) {
      change();
      return;
    }
    const finish = () => {
      for (const end of ends) removeEventListener(end, finish);
      change();
    };
    for (const end of ends) addEventListener(end, finish);
  }, []);
}
