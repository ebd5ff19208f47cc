import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, useView } from '../shared/use-app.ts';
import { placeBubble } from './place-bubble.ts';
import { tourSteps, type TourStep } from './tour-steps.ts';

const selectStep = (state: ViewState) => state.tour;

/** The step of the tour that is due, beside what it speaks of. */
export function Tour() {
  const at = useView(selectStep);
  const step = at === null ? undefined : tourSteps[at];
  useFocusBack();
  return step && at !== null ? <TourBubble key={at} step={step} at={at} /> : null;
}

/** Gives the focus back to what had it before the tour, unless it went elsewhere meanwhile. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }, [before]);
}

function TourBubble({ step, at }: { readonly step: TourStep; readonly at: number }) {
  const { setView } = useActions();
  const bubble = useRef<HTMLDivElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const textId = useId();
  const last = tourSteps.length - 1;
  const end = () => setView({ tour: null });
  const show = useEffectEvent(() => setView(step.view));
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    end();
  });

  useLayoutEffect(() => {
    show();
    bubble.current?.showPopover();
    next.current?.focus();
    let frame = 0;
    // What it points at moves with splitters, folds and the window; following it costs one measurement a frame.
    const follow = () => {
      putBeside(step.selector, bubble.current, ring.current);
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [step]);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
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
        className="fixed w-[min(20rem,90vw)] rounded-lg border border-line bg-raised p-0 text-text shadow-xl"
      >
        <div className="flex items-center gap-2 pt-2 pr-2 pl-4">
          <h2 className="flex-1 font-semibold">{step.title}</h2>
          <span className="text-xs text-muted">
            {at + 1} of {tourSteps.length}
          </span>
          <IconButton label="End the tour" hint="End the tour (Escape)" size="small" icon={<X size={14} />} onClick={end} />
        </div>
        <p id={textId} className="px-4 pt-1 pb-3">
          {step.text}
        </p>
        <div className="flex justify-end gap-2 px-3 pb-3">
          {at > 0 && <Button onClick={() => setView({ tour: at - 1 })}>Back</Button>}
          <Button ref={next} kind="primary" onClick={() => setView({ tour: at === last ? null : at + 1 })}>
            {at === last ? 'Done' : 'Next'}
          </Button>
        </div>
      </div>
    </>
  );
}

/** Frames what `selector` finds and stands the bubble beside it. */
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
