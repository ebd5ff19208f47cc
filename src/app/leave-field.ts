/**
 * Leaves the field that is typed in when the page is left, so that fields which take their text on leaving have it in the plan before
 * the plan is saved. Call it before the saver listens.
 */
export function leaveFieldWithPage(): void {
  addEventListener('pagehide', () => {
    const { activeElement } = window.document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
  });
}
