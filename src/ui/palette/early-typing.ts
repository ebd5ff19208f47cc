/** Milliseconds after the palette is asked for in which keys wait for it: its code may still be on its way. */
const longest = 10_000;

let askedAt = -Infinity;
let typed = '';

/** The palette is asked for, at a time in milliseconds. */
export function beginEarlyTyping(now: number): void {
  askedAt = now;
  typed = '';
}

/**
 * Takes a key that is pressed before the palette is there. Gives whether it is taken: letters are kept for the palette, and Enter must
 * not press the button that still has the focus.
 */
export function takeEarlyKey({ key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, now: number): boolean {
  if (now - askedAt > longest || ctrlKey || metaKey || altKey) return false;
  if (key === 'Backspace') typed = typed.slice(0, -1);
  else if (key.length === 1) typed += key;
  else return key === 'Enter';
  return true;
}

/** The letters so far; the palette has them from now on. */
export function takeEarlyTyping(): string {
  const text = typed;
  askedAt = -Infinity;
  typed = '';
  return text;
}
