import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Size of an element in pixels, kept up to date; zero until it is drawn. */
export function useElementSize(): [RefObject<HTMLDivElement | null>, { readonly width: number; readonly height: number }] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    });
    observer.observe(observed);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
