import { useEffect, useEffectEvent, useState } from 'react';
import { useApp } from '../shared/use-app.ts';
import { showFrame } from './show-frame.ts';
import { readingTime, tourSteps } from './tour-steps.ts';

export interface Playing {
  /** Whether the tour advances by itself. */
  readonly isPlaying: boolean;
  readonly setPlaying: (isPlaying: boolean) => void;
}

/** Where motion is not wanted, nothing moves by itself: each step shows its end. */
function wantsMotion(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Plays the frames of a step, and goes to the next when they are played and its text is read. */
export function usePlaying(at: number, goTo: (at: number) => void): Playing {
  const app = useApp();
  const [isPlaying, setPlaying] = useState(wantsMotion);
  const { frames, text } = tourSteps[at]!;
  const last = frames.length - 1;
  // Stepped through while it is paused, a step shows its end.
  const start = isPlaying ? 0 : last;
  const [frame, setFrame] = useState(start);
  const [stepShown, setStepShown] = useState(at);
  if (stepShown !== at) {
    setStepShown(at);
    setFrame(start);
  }
  const show = useEffectEvent(() => showFrame(app, frames[frame]!));
  const next = useEffectEvent(() => (frame < last ? setFrame(frame + 1) : at < tourSteps.length - 1 && goTo(at + 1)));
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- whenever another frame is due
  useEffect(() => show(), [at, frame]);
  const pause = frame < last ? frames[frame]!.pause : readingTime(text);
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => next(), pause);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the clock starts again with each frame
  }, [isPlaying, at, frame, pause]);
  return { isPlaying, setPlaying };
}
