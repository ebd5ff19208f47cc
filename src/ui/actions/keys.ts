/** Whether the keyboard in front of the user is a Mac's. */
const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Shift: '⇧', Alt: '⌥' };

/**
 * Shows keys as the keyboard names them: `Mod+Shift+Z` is `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. `Mod` is ⌘ on a Mac and
 * Ctrl elsewhere.
 */
export function showKeys(keys: string, mac = isMac): string {
  const parts = keys.split('+');
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const key = parts.at(-1) ?? '';
  // A Mac writes its modifiers in this order.
  const modifiers = ['Ctrl', 'Alt', 'Shift', 'Mod'].filter((modifier) => parts.slice(0, -1).includes(modifier));
  return modifiers.map((modifier) => macSymbols[modifier]).join('') + (macSymbols[key] ?? key);
}

/** Whether a key press is one of these keys. The letter counts, not its place on the keyboard; Ctrl and ⌘ are the same. */
export function isPressed(event: KeyboardEvent, anyOf: readonly string[]): boolean {
  return anyOf.some((keys) => {
    const parts = keys.split('+');
    const key = parts.at(-1) ?? '';
    const wanted = (modifier: string) => parts.slice(0, -1).includes(modifier);
    const isLetter = key.length > 1 || /[A-Z]/.test(key);
    return (
      event.key.toLowerCase() === key.toLowerCase() &&
      (event.ctrlKey || event.metaKey) === wanted('Mod') &&
      event.altKey === wanted('Alt') &&
      // Some keyboards need Shift for `?`.
      (!isLetter || event.shiftKey === wanted('Shift'))
    );
  });
}
