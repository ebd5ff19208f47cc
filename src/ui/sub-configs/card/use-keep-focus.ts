import { useLayoutEffect, useRef, type FocusEvent } from 'react';

/**
 * When the element with the focus goes away with an edit, the focus moves to the field that took its place, else to where
 * another setting is added, so that the keyboard does not start at the top of the page again.
 */
export function useKeepFocus(): (event: FocusEvent<HTMLElement>) => void {
  const last = useRef<{ readonly element: HTMLElement; readonly card: HTMLElement; readonly list: Element | null }>(null);
  useLayoutEffect(() => {
    if (!last.current || document.activeElement !== document.body) return;
    const { element, card, list } = last.current;
    if (element.isConnected || !card.isConnected) return;
    const inputs = list?.isConnected === true ? list.querySelectorAll<HTMLElement>('input, textarea') : [];
    const next =
      [...inputs].at(-1) ?? card.querySelector<HTMLElement>('[data-add]') ?? card.querySelector<HTMLElement>('input');
    next?.focus({ preventScroll: true });
  });
  return ({ target, currentTarget }) => {
    last.current = { element: target, card: currentTarget, list: target.closest('[data-selector], [data-key]') };
  };
}
