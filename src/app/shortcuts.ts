import type { AppActions } from '../store/app-context.ts';

/** Keys that work everywhere. Returns how to stop listening. */
export function listenForShortcuts(actions: AppActions): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === 'z' && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) actions.redo();
      else actions.undo();
    } else if (command && key === 'y') {
      event.preventDefault();
      actions.redo();
    } else if (event.key === '?' && !command && !isTyping(event.target)) {
      event.preventDefault();
      actions.setView({ dialog: 'shortcuts' });
    }
  };
  addEventListener('keydown', press);
  return () => removeEventListener('keydown', press);
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
