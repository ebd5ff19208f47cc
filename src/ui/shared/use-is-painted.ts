import { useEffect, useState } from 'react';

/** A part that measures its room first shows in the second frame, painted by the third. */
const framesUntilPainted = 3;

/** Whether the first frames have been shown since the component came: what is less urgent waits for them. */
export function useIsPainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let left = framesUntilPainted;
    let frame = 0;
    const wait = (): void => {
      if (left-- > 0) frame = requestAnimationFrame(wait);
      else setPainted(true);
    };
    wait();
    return () => cancelAnimationFrame(frame);
  }, []);
  return painted;
}
