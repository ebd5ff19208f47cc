import { expect, test } from 'vitest';
import { isPressed, showKeys } from './keys.ts';
import { pageActions, type ActionId } from './page-actions.ts';

test.each([
  ['Mod+K', 'Ctrl+K', '⌘K'],
  ['Mod+Shift+Z', 'Ctrl+Shift+Z', '⇧⌘Z'],
  ['Alt+↑', 'Alt+↑', '⌥↑'],
  ['Shift+F8', 'Shift+F8', '⇧F8'],
  ['Ctrl+M', 'Ctrl+M', '⌃M'],
  ['Mod', 'Ctrl', '⌘'],
  ['?', '?', '?'],
])('%s reads %s, on a Mac %s', (keys, elsewhere, mac) => {
  expect(showKeys(keys, false)).toBe(elsewhere);
  expect(showKeys(keys, true)).toBe(mac);
});

interface Press {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly shiftKey?: boolean;
  readonly altKey?: boolean;
}

const cases: readonly [press: Press, id: ActionId, is: boolean][] = [
  [{ key: 'k', ctrlKey: true }, 'palette', true],
  [{ key: 'k', metaKey: true }, 'palette', true],
  [{ key: 'K', ctrlKey: true, shiftKey: true }, 'palette', false],
  [{ key: 'k' }, 'palette', false],
  [{ key: 'z', ctrlKey: true }, 'undo', true],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, 'undo', false],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, 'redo', true],
  [{ key: 'y', ctrlKey: true }, 'redo', true],
  [{ key: 'z', ctrlKey: true, altKey: true }, 'undo', false],
  [{ key: '?', shiftKey: true }, 'dialog-shortcuts', true],
  [{ key: '?' }, 'dialog-shortcuts', true],
  [{ key: '?', ctrlKey: true }, 'dialog-shortcuts', false],
];
test.each(cases)('%j is %s: %s', (press, id, is) => {
  const event = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...press };
  expect(isPressed(event as KeyboardEvent, pageActions[id].keys ?? [])).toBe(is);
});
