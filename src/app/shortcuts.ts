import type { AppActions } from '../store/app-context.ts';
import type { DerivedStore } from '../store/derived-store.ts';

/** Keys that work everywhere. Returns how to stop listening. */
export function listenForShortcuts(actions: AppActions, derived: DerivedStore): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (document.querySelector('dialog[open]')) return;
    if (command && key === 'z' && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) actions.redo();
      else actions.undo();
    } else if (command && key === 'y') {
      event.preventDefault();
      actions.redo();
    } else if (command && key === 'f' && !event.shiftKey && !event.altKey) {
      if (!derived.getState().student) return;
      event.preventDefault();
      focusSearch(actions);
    } else if (command && key === 's' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      void actions.keepState();
    } else if (event.key === '?' && !command && !isTyping(event.target)) {
      event.preventDefault();
      actions.setView({ dialog: 'shortcuts' });
    }
  };
  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
}

/** Brings the search of the model forth. */
function focusSearch(actions: AppActions): void {
  actions.setView({ pane: 'tree' });
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    field?.focus();
    field?.select();
  });
}

/** Text pasted outside of any field is opened as a model. */
export function listenForPaste(actions: AppActions): () => void {
  const paste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (files.length > 0) void actions.openTree({ type: 'files', files });
    else if (text.trim() !== '') void actions.openTree({ type: 'text', name: 'pasted text', text });
  };
  addEventListener('paste', paste);
  return () => removeEventListener('paste', paste);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, .monaco-editor') !== null)
  );
}
