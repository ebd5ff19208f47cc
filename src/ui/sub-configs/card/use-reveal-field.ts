import { useEffect, useRef } from 'react';
import type { ViewState } from '../../../store/view-store.ts';
import { useActions, useView } from '../../shared/use-app.ts';
import { takeEarlyTyping, typeEarly } from '../../shared/early-typing.ts';
import { isInOtherFieldSince } from '../../shared/last-press.ts';
import { fieldCandidates } from './finding-places.ts';

const selectReveal = (state: ViewState) => state.reveal;

/** Frames in which the cards around the one that is asked for are drawn, which can push it out of view. */
const framesToSettle = 15;

function keepInView(element: Element, frames: number): void {
  element.scrollIntoView({ block: 'nearest' });
  if (frames > 0) requestAnimationFrame(() => keepInView(element, frames - 1));
}

/** Brings the card or field that is asked for into view and puts the focus on it; gives the scroller's ref. `isShown`: the scroller is on the page. */
export function useRevealField(isShown: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const reveal = useView(selectReveal);
  const { setView } = useActions();
  useEffect(() => {
    if (reveal?.place.type !== 'sub-config' || reveal.done) return;
    const { subConfigId, path = [] } = reveal.place;
    const card = scroller.current?.querySelector(`[data-sub-config="${CSS.escape(subConfigId)}"]`);
    if (!card) return;
    const field = findField(card, path);
    card.scrollIntoView({ block: 'nearest' });
    // A card can be late, as its code is fetched: then the user may be somewhere else already.
    if (!isInOtherFieldSince(reveal.stamp, card)) {
      field?.focus({ preventScroll: true });
      // What is typed takes the place of an example, or of a value that is wrong.
      if (field instanceof HTMLInputElement && path.length > 0) field.select();
    }
    typeEarly(field, takeEarlyTyping('field'));
    keepInView(field ?? card, framesToSettle);
    setView({ reveal: { ...reveal, done: true } });
  }, [reveal, setView]);
  useEffect(() => {
    const box = scroller.current;
    if (!isShown || !box) return undefined;
    let height = box.clientHeight;
    const sizes = new ResizeObserver(() => {
      const focused = document.activeElement;
      // A verdict of two lines or the keys of a phone take room: the field in which the user types stays in sight.
      if (box.clientHeight < height && focused !== box && box.contains(focused)) focused?.scrollIntoView({ block: 'nearest' });
      height = box.clientHeight;
    });
    sizes.observe(box);
    return () => sizes.disconnect();
  }, [isShown]);
  return scroller;
}

/** The field of the path, or the first one inside it, or the nearest around it; the first pattern for no path. */
function findField(card: Element, path: readonly (string | number)[]): HTMLElement | null {
  for (const id of [...fieldCandidates(path), ...(path.length === 0 ? ['op_names_re'] : []), 'label']) {
    const field =
      card.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`) ??
      card.querySelector<HTMLElement>(`[data-field^="${CSS.escape(`${id}.`)}"]`);
    if (field) return field;
  }
  return null;
}
