import type { ComponentProps } from 'react';
import type { Tree } from 'react-arborist';

type DragBackend = NonNullable<ComponentProps<typeof Tree>['dndBackend']>;

const ignore = (): void => undefined;
const connect = (): (() => void) => ignore;

/**
 * The drag backend of the tree component: it does nothing. The browser drags rows itself, and rows never move within the tree.
 * The component's own backend would listen on the window and stop those drags.
 */
export const noDragBackend: DragBackend = () => ({
  setup: ignore,
  teardown: ignore,
  connectDragSource: connect,
  connectDragPreview: connect,
  connectDropTarget: connect,
  profile: () => ({}),
});
