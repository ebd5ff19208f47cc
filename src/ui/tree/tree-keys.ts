import type { KeyboardEvent } from 'react';
import type { NodeApi, TreeApi } from 'react-arborist';
import type { VisibleRow } from './visible-rows.ts';

/** What the keys of the tree do beyond moving the focus. */
export interface TreeKeyActions {
  /** Opens or closes a branch or run. */
  readonly toggle: (row: VisibleRow) => void;
  readonly openAll: (rows: readonly VisibleRow[]) => void;
  /** Chooses every search hit, or without a search every row that is open. */
  readonly chooseAll: () => void;
  /** Chooses nothing. */
  readonly chooseNone: () => void;
  /** Whether anything is chosen, in a row that is shown or not. */
  readonly hasChosen: () => boolean;
}

/**
 * Handles the keys whose meaning depends on which branches are open, which only the page knows, and those for
 * choosing several rows. Tells whether the key is done with; the tree handles the others.
 */
export function handleTreeKey(event: KeyboardEvent, tree: TreeApi<VisibleRow>, actions: TreeKeyActions): boolean {
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Escape') {
    if (!actions.hasChosen()) return false;
    actions.chooseNone();
    return true;
  }
  if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'a') {
    actions.chooseAll();
    return true;
  }
  const node = tree.focusedNode;
  if (!node) return false;
  const row = node.data;
  const isOpen = (row.children?.length ?? 0) > 0;
  switch (event.key) {
    case 'ArrowRight':
      if (isOpen) tree.focus(tree.nextNode);
      else if (row.children) actions.toggle(row);
      return true;
    case 'ArrowLeft':
      if (isOpen) actions.toggle(row);
      else if (node.parent && !node.parent.isRoot) tree.focus(node.parent);
      return true;
    case 'Home':
    case 'End':
      if (!event.shiftKey) return false;
      tree.selectContiguous((event.key === 'Home' ? tree.firstNode : tree.lastNode) ?? node);
      return true;
    case 'Enter':
    case ' ':
      if (event.shiftKey) node.selectContiguous();
      else if (!command) node.select();
      else if (node.isSelected) node.deselect();
      else node.selectMulti();
      return true;
    case '*':
      actions.openAll(node.parent?.children?.map((sibling) => sibling.data) ?? [row]);
      return true;
    default:
      // The list of shortcuts opens from here too.
      if (event.key === '?') return false;
      if (event.key.length > 1 || command || event.altKey) return isModifier(event.key);
      goByLetter(tree, node, event.key);
      return true;
  }
}

function isModifier(key: string): boolean {
  return key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta' || key === 'AltGraph';
}

/** Letters typed faster than this, in ms, are one word. */
const pause = 600;
let typed = '';
let typedAt = 0;

/** Goes to the next row whose label starts with what was typed; the same letter again goes to the one after. */
function goByLetter(tree: TreeApi<VisibleRow>, from: NodeApi<VisibleRow>, letter: string): void {
  const now = performance.now();
  typed = now - typedAt < pause ? typed + letter.toLowerCase() : letter.toLowerCase();
  typedAt = now;
  const isRepeated = typed === typed.charAt(0).repeat(typed.length);
  const wanted = isRepeated ? typed.charAt(0) : typed;
  const rows = tree.visibleNodes;
  const at = from.rowIndex ?? 0;
  const start = isRepeated ? at + 1 : at;
  const ahead = [...rows.slice(start), ...rows.slice(0, start)];
  const found = ahead.find(({ data }) => data.name.startsWith(typed)) ?? ahead.find(({ data }) => data.name.startsWith(wanted));
  if (found) tree.focus(found);
}
