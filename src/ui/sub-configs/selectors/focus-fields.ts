/** Moves the focus to the next field of the same selector; `false` where there is none. */
export function focusNextField(field: HTMLElement): boolean {
  return moveFocus(field, 1);
}

/** Moves the focus to the field before of the same selector. */
export function focusPreviousField(field: HTMLElement): void {
  moveFocus(field, -1);
}

function moveFocus(field: HTMLElement, step: 1 | -1): boolean {
  const fields = [...(field.closest('[data-selector]')?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? [])];
  const next = fields[fields.indexOf(field as HTMLInputElement) + step];
  next?.focus();
  next?.setSelectionRange(next.value.length, next.value.length);
  return next !== undefined;
}
