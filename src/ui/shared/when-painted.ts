/** A part that measures its room first shows in the second frame, painted by the third. */
const framesUntilPainted = 3;

/** Runs an action once the last change has been painted; returns a function that cancels it. */
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
