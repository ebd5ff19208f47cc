import { useEffect, useState } from 'react';

/** How long to wait at most, in milliseconds. */
const patience = 1000;

/** Whether the page has had nothing to do since the component came: parts that nobody has asked for yet wait for that. */
export function useIsIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    // Not every browser reports when it is idle.
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(() => setIdle(true), patience / 4);
      return () => clearTimeout(timer);
    }
    const waiting = requestIdleCallback(() => setIdle(true), { timeout: patience });
    return () => cancelIdleCallback(waiting);
  }, []);
  return idle;
}
