import type { KeyboardEvent } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleLabel } from '../../core/module-tree/tree-index.ts';
import { leaf, open, type OpenRows } from './rows/open-rows.ts';
import type { RowList } from './rows/use-row-list.ts';
import type { TreeChoice } from './use-tree-choice.ts';

/** The objects and actions that the keys of the tree need. */
export interface TreeKeys {
  readonly tree: ModuleTree;
  readonly list: RowList;
  readonly choice: TreeChoice;
  /** Opens or closes a branch or run. */
  readonly toggle: (at: number) => void;
  /** Opens the branches next to a row. */
  readonly openBeside: (at: number) => void;
  /** Chooses every match of the search, or without a search every open row. */
  readonly chooseAll: () => void;
  /** Chooses nothing. */
  readonly chooseNone: () => void;
  /** The letters that were typed to go to a row; the next one is added. */
  readonly word: { current: TypedWord };
  /** Whether anything is chosen, in a row that is shown or not. */
  readonly hasChosen: () => boolean;
}

/** Handles the keys of the tree. Returns whether the key was handled. */
export function handleTreeKey(event: KeyboardEvent, keys: TreeKeys): boolean {
  const { list, choice } = keys;
  const { rows } = list;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Escape') {
    if (!keys.hasChosen()) return false;
    keys.chooseNone();
    return true;
  }
  if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'a') {
    keys.chooseAll();
    return true;
  }
  const at = list.focused();
  const goal = goalOf(event.key, list, at);
  if (goal !== null) {
    const to = Math.max(0, Math.min(goal, rows.size - 1));
    // Without a choice, Shift starts from the focused row.
    if (event.shiftKey && at >= 0 && !keys.hasChosen()) choice.only(at);
    if (event.shiftKey) choice.extend(to);
    list.focus(to);
    return true;
  }
  if (at < 0) return false;
  switch (event.key) {
    case 'ArrowRight':
      if (rows.state[at] === open) list.focus(at + 1);
      else if (rows.state[at] !== leaf) keys.toggle(at);
      return true;
    case 'ArrowLeft':
      if (rows.state[at] === open) keys.toggle(at);
      else list.focus(rows.above[at]!);
      return true;
    case 'Enter':
    case ' ': {
      // Enter opens a branch at once, and closes it when it is chosen already.
      const opens = event.key === 'Enter' && !event.shiftKey && !command && rows.state[at] !== leaf;
      const closes = opens && rows.state[at] === open && choice.has(at);
      if (event.shiftKey) choice.extend(at);
      else if (command) choice.toggle(at);
      else choice.only(at);
      if (opens && (closes || rows.state[at] !== open)) keys.toggle(at);
      list.show(at);
      return true;
    }
    case '*':
      keys.openBeside(at);
      return true;
    default:
      // The list of shortcuts opens from here too.
      if (event.key === '?') return false;
      if (event.key.length > 1 || command || event.altKey) return isModifier(event.key);
      list.focus(rowByLetters(keys.tree, rows, at, typeLetter(keys.word, event.key.toLowerCase(), event.timeStamp)));
      return true;
  }
}

/** The row that a key goes to from a row (-1: none has the focus); `null` for other keys. */
function goalOf(key: string, list: RowList, at: number): number | null {
  const [first, last] = list.inSight();
  const page = Math.max(1, last - first - 1);
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at < 0 ? list.rows.size - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return list.rows.size - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    default:
      return null;
  }
}

/** Adds a letter to the word, or begins another one after a pause; returns the word. */
function typeLetter(word: { current: TypedWord }, letter: string, at: number): string {
  const { letters, at: before } = word.current;
  word.current = { letters: at - before < pause ? letters + letter : letter, at };
  return word.current.letters;
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta' || key === 'AltGraph';
}

/** Letters typed faster than this, in ms, are one word. */
const pause = 600;

/** The letters typed in the tree so far, and when the last of them came, in ms. */
export interface TypedWord {
  readonly letters: string;
  readonly at: number;
}

/** The next row whose label starts with the letters; the same letter again goes to the one after. -1: none does. */
function rowByLetters(tree: ModuleTree, rows: OpenRows, from: number, typed: string): number {
  const isRepeated = typed === typed.charAt(0).repeat(typed.length);
  const start = isRepeated ? from + 1 : from;
  const find = (wanted: string): number => {
    for (let step = 0; step < rows.size; step++) {
      const at = (start + step) % rows.size;
      if (moduleLabel(tree, rows.module[at]!).toLowerCase().startsWith(wanted)) return at;
    }
    return -1;
  };
  const found = find(typed);
  return found >= 0 || !isRepeated ? found : find(typed.charAt(0));
}
