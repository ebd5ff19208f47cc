import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { TreePane } from '../tree/TreePane.tsx';
import type { PaneContents } from './Workspace.tsx';

const fetchSubConfigs = () => import('../sub-configs/pane/SubConfigsPane.tsx');
const fetchSide = () => import('./EditorSidePane.tsx');
const SubConfigsPane = lazyPart(async () => (await fetchSubConfigs()).SubConfigsPane);
const EditorSidePane = lazyPart(async () => (await fetchSide()).EditorSidePane);

/** The panes of the editor. The tree comes with the page; the others are fetched. */
export const editorPanes: PaneContents = {
  tree: () => <TreePane />,
  'sub-configs': () => <SubConfigsPane />,
  side: () => <EditorSidePane />,
};

/** Loads the code of the panes, so that it is there when a model is opened. */
export function fetchPanes(): void {
  // A failure shows when the pane is needed; this is only to be early.
  void Promise.allSettled([fetchSubConfigs(), fetchSide()]);
}
