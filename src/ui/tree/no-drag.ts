import type { ReactNode } from 'react';

/**
 * Stands in for react-dnd and its backend, which react-arborist brings (see `vite.config.ts`): rows are dragged by the
 * browser's own means and never moved within the tree. Every row would register as a source and a target for
 * nothing, and a fifth of the code before the first tree would be that library.
 */
const ignore = (): void => undefined;

export function HTML5Backend(): Readonly<Record<string, never>> {
  return {};
}

export function getEmptyImage(): null {
  return null;
}

export function DndProvider({ children }: { readonly children?: ReactNode }): ReactNode {
  return children;
}

/** What is collected, what makes an element a source, what makes one its picture. */
export function useDrag(): readonly [Readonly<Record<string, never>>, () => void, () => void] {
  return [{}, ignore, ignore];
}

/** What is collected, and what makes an element a target. */
export function useDrop(): readonly [Readonly<Record<string, never>>, () => void] {
  return [{}, ignore];
}

const nothingDragged = {
  getSourceClientOffset: () => null,
  getClientOffset: () => null,
  getItem: () => null,
  isDragging: () => false,
};

/** Nothing is dragged, ever. */
export function useDragLayer<Collected>(collect: (monitor: typeof nothingDragged) => Collected): Collected {
  return collect(nothingDragged);
}
