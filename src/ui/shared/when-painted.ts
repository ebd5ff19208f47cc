/** A part that measures its room first shows in the second frame, painted by the third. */
const framesUntilPainted = 3;

/** Runs an action once what was just changed has been painted; gives what stops it. */
export function whenPainted(action: () => void): () => void {
  let left = framesUntilPainted;
  let frame = 0;
  const wait = (): void => {
    if (left-- > 0) frame = requestAnimationFrame(wait);
    else action();
  };
  wait();
  return () => cancelAnimationFrame(frame);
}
