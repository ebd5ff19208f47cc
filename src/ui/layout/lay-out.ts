import type { Pane } from '../../store/view-store.ts';
import { besideSide, paneLimits, type PaneWidths } from './pane-widths.ts';

const middling = 820;
const middleLeast = 340;
/** Least width in pixels of the panes right of the tree when they are tabs. */
const tabbedLeast = 420;

/** A pane that a splitter sizes: its width and the most it may have, in pixels. */
interface Sized {
  readonly width: number;
  readonly most: number;
}

/** The places of the panes in a grid. */
export interface Layout {
  /** `grid-template-columns`. */
  readonly columns: string;
  readonly columnOf: Readonly<Record<Pane, number>>;
  /** Panes that are tabs: one of them shows at a time. */
  readonly tabbed: readonly Pane[];
  readonly tree: Sized | null;
  readonly side: Sized | null;
}

/** Whether the panels of the side pane are tabs in the row of *Sub-configs*: where two panes share the window, one row of tabs is enough. */
export function mergesSide(windowWidth: number): boolean {
  return windowWidth >= middling && windowWidth < besideSide;
}

/** Three panes in a wide window, the tree and tabs in a narrower one, tabs alone in a narrow one. */
export function layOut(windowWidth: number, widths: PaneWidths): Layout {
  if (windowWidth >= besideSide) {
    const side = Math.min(widths.side, Math.max(paneLimits.side[0], windowWidth - paneLimits.tree[0] - middleLeast));
    const tree = Math.min(widths.tree, Math.max(paneLimits.tree[0], windowWidth - side - middleLeast));
    return {
      columns: `${tree}px auto minmax(0, 1fr) auto ${side}px`,
      columnOf: { tree: 1, 'sub-configs': 3, side: 5 },
      tabbed: [],
      tree: { width: tree, most: paneLimits.tree[1] },
      side: { width: side, most: paneLimits.side[1] },
    };
  }
  if (windowWidth >= middling) {
    const most = windowWidth - tabbedLeast;
    const tree = Math.min(widths.tree, most);
    return {
      columns: `${tree}px auto minmax(0, 1fr)`,
      columnOf: { tree: 1, 'sub-configs': 3, side: 3 },
      tabbed: ['sub-configs', 'side'],
      tree: { width: tree, most },
      side: null,
    };
  }
  return {
    columns: 'minmax(0, 1fr)',
    columnOf: { tree: 1, 'sub-configs': 1, side: 1 },
    tabbed: ['tree', 'sub-configs', 'side'],
    tree: null,
    side: null,
  };
}
