import { useEffect, useRef, useState } from 'react';
import type { AboutState } from './PatternAbout.tsx';

/** How long the pointer rests on a field, in ms, before its pattern is explained. */
const rest = 600;

/** When the explanation of a pattern shows: while the pointer rests on its field and nobody types there, or on demand. */
export function usePatternAbout() {
  const [state, setState] = useState<AboutState>('closed');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    state,
    setState,
    /** For the field. */
    handlers: {
      onPointerMove: (event: { readonly currentTarget: HTMLElement }) => {
        const field = event.currentTarget;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          if (document.activeElement !== field) setState((now) => (now === 'closed' ? 'hovered' : now));
        }, rest);
      },
      onPointerLeave: () => {
        clearTimeout(timer.current);
        setState((now) => (now === 'hovered' ? 'closed' : now));
      },
    },
    /** A click on the field or typing ends an explanation that only the pointer asked for. */
    leave: () => {
      clearTimeout(timer.current);
      setState((now) => (now === 'hovered' ? 'closed' : now));
    },
  };
}
