import type { ReactNode } from 'react';

/**
 * Stands in for what react-arborist drags with (see `vite.config.ts`): rows are dragged by the browser's own means and
 * never moved within the tree. Every row would register as a source and a target for nothing, and a fifth of the code
 * before the first tree would be that library.
 */
const ignore = (): void => undefined;

// In place of react-dnd and its backend.

export function HTML5Backend(): Readonly<Record<string, never>> {
  return {};
}

export function DndProvider({ children }: { readonly children?: ReactNode }): ReactNode {
  return children;
}

/** What is collected of what is dragged: nothing is, ever. */
export function useDragLayer(): Readonly<Record<string, null>> {
  return {};
}

// In place of react-arborist's own hooks, which then are left out of the built page.

/** What makes a row a source. */
export function useDragHook(): () => void {
  return ignore;
}

/** What makes a row a target. */
export function useDropHook(): () => void {
  return ignore;
}

/** The room below the rows is no target either. */
export function useOuterDrop(): void {
  ignore();
}

/** What follows the pointer. */
export function DefaultDragPreview(): null {
  return null;
}

// What those hooks need where they are not left out, in development.

/** What is collected, what makes an element a source, what makes one its picture. */
export function useDrag(): readonly [Readonly<Record<string, never>>, () => void, () => void] {
  return [{}, ignore, ignore];
}

/** What is collected, and what makes an element a target. */
export function useDrop(): readonly [Readonly<Record<string, never>>, () => void] {
  return [{}, ignore];
}

export function getEmptyImage(): null {
  return null;
}
