/** One action of the keyboard. `Mod` is ⌘ on a Mac and Ctrl elsewhere; of several keys each one works. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly meaning: string;
}

/** Keys that work everywhere on the page. */
export const shortcuts = {
  palette: { keys: ['Mod+K'], meaning: 'Command palette: every action and every module' },
  undo: { keys: ['Mod+Z'], meaning: 'Undo' },
  redo: { keys: ['Mod+Shift+Z', 'Mod+Y'], meaning: 'Redo' },
  search: { keys: ['Mod+F'], meaning: 'Search the model' },
  'keep-state': { keys: ['Mod+S'], meaning: 'Save this state to compare with; the plan itself is saved as you work' },
  'next-problem': { keys: ['F8'], meaning: 'Next problem' },
  'previous-problem': { keys: ['Shift+F8'], meaning: 'Previous problem' },
  shortcuts: { keys: ['?'], meaning: 'The list of shortcuts' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof shortcuts;

/** Whether the keyboard in front of the user is a Mac's. */
const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Shift: '⇧', Alt: '⌥' };

/** `Mod+Shift+Z` as the keyboard has it: `Ctrl+Shift+Z`, or `⇧⌘Z` on a Mac. */
export function showKeys(keys: string, mac = isMac): string {
  const parts = keys.split('+');
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const key = parts.at(-1) ?? '';
  // A Mac writes its modifiers in this order.
  const modifiers = ['Ctrl', 'Alt', 'Shift', 'Mod'].filter((modifier) => parts.slice(0, -1).includes(modifier));
  return modifiers.map((modifier) => macSymbols[modifier]).join('') + (macSymbols[key] ?? key);
}

/** The first keys of an action, as a tooltip or a menu shows them. */
export function shortcutHint(id: ShortcutId): string {
  return showKeys(shortcuts[id].keys[0]);
}

/** Whether a key press is one of an action's. The letter counts, not where it lies; Ctrl and ⌘ are the same. */
export function isShortcut(event: KeyboardEvent, id: ShortcutId): boolean {
  return shortcuts[id].keys.some((keys) => {
    const parts = keys.split('+');
    const key = parts.at(-1) ?? '';
    const wanted = (modifier: string) => parts.slice(0, -1).includes(modifier);
    const isLetter = key.length > 1 || /[A-Z]/.test(key);
    return (
      event.key.toLowerCase() === key.toLowerCase() &&
      (event.ctrlKey || event.metaKey) === wanted('Mod') &&
      event.altKey === wanted('Alt') &&
      // What `?` needs Shift for is the keyboard's affair.
      (!isLetter || event.shiftKey === wanted('Shift'))
    );
  });
}
