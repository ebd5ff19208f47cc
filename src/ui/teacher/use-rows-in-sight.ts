import { useCallback, useState, type UIEvent } from 'react';
import { useElementSize } from '../shared/use-element-size.ts';

/** Rows drawn above and below the rows in sight. */
const spare = 6;

/** The rows of a scrolled box that are drawn: from `start` to before `end`. */
export function useRowsInSight(count: number, height: number) {
  const [box, size] = useElementSize();
  const [scrolled, setScrolled] = useState(0);
  const onScroll = useCallback(({ currentTarget }: UIEvent<HTMLElement>) => setScrolled(currentTarget.scrollTop), []);
  const top = Math.min(scrolled, Math.max(0, count * height - size.height));
  const start = Math.max(0, Math.floor(top / height) - spare);
  const end = Math.min(count, Math.ceil((top + size.height) / height) + spare);
  const show = (at: number) => {
    const element = box.current;
    if (!element || at < 0) return;
    const place = at * height;
    const lowest = place + height - element.clientHeight;
    if (place < element.scrollTop) element.scrollTo({ top: place });
    else if (lowest > element.scrollTop) element.scrollTo({ top: lowest });
  };
  return { box, size, scrolled: top, onScroll, start, end, show };
}
