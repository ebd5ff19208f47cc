import type { KeyboardEvent } from 'react';
import { isShortcut } from '../../shared/shortcuts.ts';

/**
 * Lets a field that keeps what is typed show the value of the plan again when that is undone or redone. A text that was
 * never written into the plan goes first, and alone.
 */
export function undoTyped(event: KeyboardEvent, typed: { readonly isWritten: boolean }, drop: () => void): void {
  if (!isShortcut(event.nativeEvent, 'undo') && !isShortcut(event.nativeEvent, 'redo')) return;
  if (!typed.isWritten) event.preventDefault();
  drop();
}
