import type { AppActions } from '../store/app-context.ts';
import type { DerivedStore } from '../store/derived-store.ts';
import { pickedFiles } from '../ui/shared/files-of.ts';
import { focusSearch } from '../ui/shared/focus-search.ts';
import { isShortcut, type ShortcutId } from '../ui/shared/shortcuts.ts';

/** What a key does; the rest of `shortcuts` is listened for where it acts. */
type KeyAction = readonly [id: ShortcutId, run: () => void, isOpen?: (event: KeyboardEvent) => boolean];

/** Keys that work everywhere. Returns how to stop listening. */
export function listenForShortcuts(actions: AppActions, derived: DerivedStore): () => void {
  const keyActions: readonly KeyAction[] = [
    ['undo', actions.undo, (event) => !isSearch(event.target)],
    ['redo', actions.redo, (event) => !isSearch(event.target)],
    ['search', () => focusSearch(actions), () => derived.getState().student !== null],
    ['keep-state', () => void actions.keepState()],
    ['shortcuts', () => actions.setView({ dialog: 'shortcuts' }), (event) => !isTyping(event.target)],
  ];
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const pressed = keyActions.find(([id, , isOpen]) => isShortcut(event, id) && (isOpen?.(event) ?? true));
    if (!pressed) return;
    event.preventDefault();
    pressed[1]();
  };
  // Before the text editor, which begins longer shortcuts with the same keys.
  const pressFirst = (event: KeyboardEvent) => {
    if (!isShortcut(event, 'palette') || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    event.stopPropagation();
    actions.setView({ dialog: 'palette' });
  };
  addEventListener('keydown', press);
  addEventListener('keydown', pressFirst, { capture: true });
  return () => {
    removeEventListener('keydown', press);
    removeEventListener('keydown', pressFirst, { capture: true });
  };
}

/** Text pasted outside of any field is opened as a model. */
export function listenForPaste(actions: AppActions): () => void {
  const paste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const files = pickedFiles(event.clipboardData?.files ?? []);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (files.length > 0) void actions.openTree({ type: 'files', files }, 'student', { use: 'ask' });
    else if (text.trim() !== '') void actions.openTree({ type: 'text', name: 'pasted text', text }, 'student', { use: 'ask' });
  };
  addEventListener('paste', paste);
  return () => removeEventListener('paste', paste);
}

/** What is searched for is no part of the plan: its field undoes its own typing. */
function isSearch(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'search';
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, .monaco-editor') !== null)
  );
}
