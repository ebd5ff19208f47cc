import type { AppContext } from '../store/app-context.ts';
import type { DialogName } from '../store/view-store.ts';
import { isPressed } from '../ui/actions/keys.ts';
import { earlyActions } from '../ui/actions/early-actions.ts';
import { isPossible, runAction, type PageAction } from '../ui/actions/page-action.ts';
import { beginEarlyTyping, takeEarlyKey } from '../ui/shared/early-typing.ts';
import { notePress } from '../ui/shared/last-press.ts';
import { pickedFiles } from '../ui/shared/files/files-of.ts';
import { openFiles } from '../ui/shared/files/open-files.ts';

/** Runs actions by their keys, from anywhere on the page. Returns how to stop listening. */
export function listenForShortcuts(app: AppContext): () => void {
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const pressed = Object.values<PageAction>(earlyActions).find((action) => {
      const { keys, keysLeaveTo } = action;
      if (!keys || !isPressed(event, keys) || !isPossible(action, app)) return false;
      return keysLeaveTo === 'search' ? !isSearch(event.target) : keysLeaveTo !== 'text' || !isTyping(event.target);
    });
    if (pressed === undefined || isDialogOpen()) return;
    event.preventDefault();
    runAction(pressed, app);
  };
  // Before the text editor, which begins longer shortcuts with the same keys.
  const pressFirst = (event: KeyboardEvent) => {
    if (event.key === 'Tab') notePress(performance.now());
    const asksPalette = isPressed(event, earlyActions.palette.keys ?? []);
    const isInField = isTyping(event.target);
    const comesPalette = app.view.getState().dialog === 'palette';
    // Most keys are letters for a field: they ask for nothing more.
    if ((isInField && !asksPalette && !comesPalette) || isDialogOpen()) return;
    const now = performance.now();
    const isForPalette = comesPalette && !isInMessage(event.target) && takeEarlyKey('palette', event, now);
    const isForField = !isInField && takeEarlyKey('field', event, now);
    if (!asksPalette && !isForPalette && !isForField) return;
    event.preventDefault();
    event.stopPropagation();
    if (!asksPalette) return;
    beginEarlyTyping('palette', now);
    runAction(earlyActions.palette, app);
  };
  const point = () => notePress(performance.now());
  addEventListener('keydown', press);
  addEventListener('pointerdown', point, { capture: true, passive: true });
  addEventListener('keydown', pressFirst, { capture: true });
  return () => {
    removeEventListener('keydown', press);
    removeEventListener('pointerdown', point, { capture: true });
    removeEventListener('keydown', pressFirst, { capture: true });
  };
}

/** Whether the focus is in a message, as the one that says that the palette could not be fetched: its buttons take their keys. */
function isInMessage(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=alert]') !== null;
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** Dialogs that only show something, or start something: a model or a list that is pasted there is meant for the page. */
const leavePaste: ReadonlySet<DialogName> = new Set(['export', 'share', 'shortcuts', 'about', 'presets', 'plans', 'compare', 'assertions', 'dependency-groups', 'templates']);

/** Text pasted outside of any field is opened as a model, a plan or a list; a dialog that has no use for it closes. */
export function listenForPaste(app: Pick<AppContext, 'actions' | 'plans' | 'view'>): () => void {
  const paste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    const { dialog } = app.view.getState();
    const isLeft = dialog !== null && leavePaste.has(dialog);
    if (isDialogOpen() && !isLeft) return;
    const pasted = pickedFiles(event.clipboardData?.files ?? []);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (isLeft && (pasted.files.length > 0 || text.trim() !== '')) app.actions.setView({ dialog: null });
    if (pasted.files.length > 0) void openFiles(app, pasted, 'student', { use: 'ask' });
    else if (text.trim() !== '') void app.actions.openTree({ type: 'text', name: 'pasted text', text }, 'student', { use: 'ask' });
  };
  addEventListener('paste', paste);
  return () => removeEventListener('paste', paste);
}

/** A search is no part of the plan: its field undoes its own typing. */
function isSearch(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'search';
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, .monaco-editor') !== null)
  );
}
