/**
 * The drag-and-drop packages of the tree component (react-dnd, react-dnd-html5-backend), as far as the component uses them, without
 * any dragging. The browser drags rows itself (`rows/module-drag.ts`), and rows never move within the tree. The packages would be
 * 17 KB of code before the first row, and would listen on the window and stop the browser's drags. `vite.config.ts` puts this file in their place; a
 * name that the component imports and that is not here fails the build.
 */

import type { ReactNode } from 'react';

const ignore = (): void => undefined;

/** Gives its content. */
export function DndProvider({ children }: { readonly children: ReactNode }): ReactNode {
  return children;
}

/** No drag: nothing collected, and functions for the elements that do nothing. */
export function useDrag(): readonly [collected: object, source: () => void, preview: () => void] {
  return idleDrag;
}

/** No drop: nothing collected, and a function for the element that does nothing. */
export function useDrop(): readonly [collected: object, target: () => void] {
  return idleDrop;
}

/** The collected facts of a drag that never begins. */
export function useDragLayer<Collected>(collect: (monitor: typeof idleMonitor) => Collected): Collected {
  return collect(idleMonitor);
}

export const HTML5Backend = ignore;
export const getEmptyImage = ignore;

const idleDrag = [{}, ignore, ignore] as const;
const idleDrop = [{}, ignore] as const;
const idleMonitor = {
  getSourceClientOffset: () => null,
  getClientOffset: () => null,
  getItem: () => null,
  isDragging: () => false,
};
