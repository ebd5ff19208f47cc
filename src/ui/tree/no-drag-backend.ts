import type { ComponentProps } from 'react';
import type { Tree } from 'react-arborist';

type DragBackend = NonNullable<ComponentProps<typeof Tree>['dndBackend']>;

const ignore = (): void => undefined;
const connect = (): (() => void) => ignore;

/**
 * What the tree component drags rows with: nothing. Rows are dragged by the browser's own means and never move within
 * the tree; the component's own backend would listen on the window and stop those drags.
 */
export const noDragBackend: DragBackend = () => ({
  setup: ignore,
  teardown: ignore,
  connectDragSource: connect,
  connectDragPreview: connect,
  connectDropTarget: connect,
  profile: () => ({}),
});
