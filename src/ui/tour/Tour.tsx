import { Pause, Play, X } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { PlansState } from '../../store/plans-store.ts';
import type { TourPlace, ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useApp, usePlans, useView } from '../shared/use-app.ts';
import { placeBubble } from './place-bubble.ts';
import { endTour } from './start-tour.ts';
import { tourSteps } from './tour-steps.ts';
import { usePlaying } from './use-playing.ts';

const selectTour = (state: ViewState) => state.tour;
const selectOpening = (state: PlansState) => state.opening;

/** The tour: it plays on an example, next to its current target. The user can pause it, step through it and leave it at any time. */
export function Tour() {
  const app = useApp();
  const tour = useView(selectTour);
  const opening = usePlans(selectOpening);
  // Opening another plan ends the tour.
  const isLeft = tour !== null && tour.opening !== opening;
  useEffect(() => {
    if (isLeft) app.actions.setView({ tour: null });
  }, [isLeft, app]);
  useFocusBack();
  return tour && !isLeft ? <TourBubble tour={tour} /> : null;
}

/** Returns the focus to the element that had it before the tour, unless the user has moved it since. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }, [before]);
}

function TourBubble({ tour }: { readonly tour: TourPlace }) {
  const app = useApp();
  const { at } = tour;
  const step = tourSteps[at]!;
  const last = tourSteps.length - 1;
  const bubble = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const textId = useId();
  const end = () => void endTour(app);
  const goTo = (to: number) => app.actions.setView({ tour: { ...tour, at: Math.max(0, Math.min(last, to)) } });
  const { isPlaying, setPlaying } = usePlaying(at, goTo);
  const press = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    end();
  });

  useLayoutEffect(() => {
    bubble.current?.showPopover();
    next.current?.focus();
  }, []);
  useLayoutEffect(() => {
    let frame = 0;
    // The target of the bubble moves with splitters, folds and the window; following it costs one measurement a frame.
    const follow = () => {
      putBeside(step.selector, bubble.current, ring.current);
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [step]);
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => press(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      <div
        ref={ring}
        aria-hidden="true"
        className="pointer-events-none fixed z-40 rounded border-2 border-focus"
      />
      <div
        ref={bubble}
        popover="manual"
        role="dialog"
        aria-label={`Tour, step ${at + 1} of ${tourSteps.length}: ${step.title}`}
        aria-describedby={textId}
        className="fixed w-[min(22rem,90vw)] rounded-lg border border-line bg-raised p-0 text-text shadow-xl"
      >
        <div className="flex items-center gap-2 pt-2 pr-2 pl-4">
          <h2 className="flex-1 font-semibold">{step.title}</h2>
          <span className="text-xs text-muted">
            {at + 1} of {tourSteps.length}
          </span>
          <IconButton label="End the tour" hint="End the tour (Escape)" size="small" icon={<X size={14} />} onClick={end} />
        </div>
        <p id={textId} aria-live="polite" className="px-4 pt-1 pb-3">
          {step.text}
        </p>
        <p className="px-4 pb-2 text-xs text-muted">{tour.home === null ? 'An example, yours to go on with.' : 'An example: your plan is as you left it, and comes back at the end.'}</p>
        <div className="flex items-center gap-2 px-3 pb-3">
          <Button kind="plain" icon={isPlaying ? <Pause size={14} /> : <Play size={14} />} onClick={() => setPlaying(!isPlaying)}>
            {isPlaying ? 'Pause' : 'Play'}
          </Button>
          <span className="flex-1" />
          <Button disabled={at === 0} onClick={() => goTo(at - 1)}>
            Back
          </Button>
          <Button ref={next} kind="primary" onClick={() => (at === last ? end() : goTo(at + 1))}>
            {at === last ? 'Done' : 'Next'}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Frames the element that `selector` finds and puts the bubble next to it. */
function putBeside(selector: string, bubble: HTMLElement | null, ring: HTMLElement | null): void {
  const target = document.querySelector(selector);
  if (!bubble || !ring) return;
  ring.hidden = !target;
  const window = { width: innerWidth, height: innerHeight };
  const box = target?.getBoundingClientRect() ?? { left: 0, top: 0, ...window };
  const { left, top } = placeBubble(box, bubble.getBoundingClientRect(), window);
  set(bubble, { left, top });
  set(ring, { left: box.left, top: box.top, width: box.width, height: box.height });
}

function set(element: HTMLElement, places: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(places)) {
    const text = `${Math.round(value)}px`;
    if (element.style.getPropertyValue(name) !== text) element.style.setProperty(name, text);
  }
}
