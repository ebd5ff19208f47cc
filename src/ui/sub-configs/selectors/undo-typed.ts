import type { KeyboardEvent } from 'react';
import { isPressed } from '../../actions/keys.ts';
import { earlyActions } from '../../actions/early-actions.ts';

/**
 * Lets a field that keeps its typed text show the value of the plan again when that is undone or redone. A text that was
 * never written into the plan goes first, and alone.
 */
export function undoTyped(event: KeyboardEvent, typed: { readonly isWritten: boolean }, drop: () => void): void {
  const { undo, redo } = earlyActions;
  if (!isPressed(event.nativeEvent, [...undo.keys, ...redo.keys])) return;
  if (!typed.isWritten) event.preventDefault();
  drop();
}
