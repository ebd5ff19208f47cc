let pressedAt = Number.NEGATIVE_INFINITY;

/** The user pressed the pointer or Tab, at a time in milliseconds of `performance.now()`: the focus is where they want it. */
export function notePress(now: number): void {
  pressedAt = now;
}

/** Whether the user went into another text field after that time, and is still there. */
export function isInOtherFieldSince(time: number, own: Element): boolean {
  const focused = document.activeElement;
  const isField = focused?.matches('input, textarea, select, [contenteditable], [role=textbox]') === true;
  return pressedAt > time && isField && !own.contains(focused);
}
