/** What letters wait for: the palette, or the field that a new sub-config puts the focus on. */
export type EarlyTaker = 'palette' | 'field';

/** Milliseconds in which keys wait for code that may still be on its way. A field shares them with the shortcuts of the page. */
const longest: Readonly<Record<EarlyTaker, number>> = { palette: 10_000, field: 3000 };

let taker: EarlyTaker | null = null;
let askedAt = 0;
let typed = '';

/** The palette or the field is asked for, at a time in milliseconds. */
export function beginEarlyTyping(asked: EarlyTaker, now: number): void {
  taker = asked;
  askedAt = now;
  typed = '';
}

/**
 * Takes a key that is pressed before the palette or the field is there. Gives whether it is taken: letters are kept for it, and Enter
 * must not press the button that still has the focus.
 */
export function takeEarlyKey(asked: EarlyTaker, { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, now: number): boolean {
  if (taker !== asked || now - askedAt > longest[asked] || ctrlKey || metaKey || altKey) return false;
  if (key === 'Backspace') typed = typed.slice(0, -1);
  else if (key.length === 1) typed += key;
  else return key === 'Enter';
  return true;
}

/** The letters so far; the palette or the field has them from now on. Empty where letters wait for the other one. */
export function takeEarlyTyping(asked: EarlyTaker): string {
  if (taker !== asked) return '';
  const text = typed;
  taker = null;
  typed = '';
  return text;
}

/** Types the letters that came before the field, behind its text. */
export function typeEarly(field: HTMLElement | null, text: string): void {
  if (text === '' || !(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.setRangeText(text, field.value.length, field.value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}
