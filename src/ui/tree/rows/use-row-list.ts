import { useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { TreeApi } from 'react-arborist';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { OpenRows } from './open-rows.ts';
import { rowHeight, windowFrom, windowStart, type RowWindow } from './row-window.ts';
import { placeOfRow, rowAt, sliceRows, type VisibleRow } from './visible-rows.ts';

/** The open rows. The tree component gets only the rows in and around the view. */
export interface RowList {
  readonly rows: OpenRows;
  readonly window: RowWindow;
  /** The rows of the window. */
  readonly data: readonly VisibleRow[];
  /** Takes the scroll offset; gives the beginning of the window then. */
  readonly follow: (element: HTMLElement) => number;
  /** Place of the row that has the focus of the keyboard; -1 where that is not open. */
  readonly focused: () => number;
  /** First and last row in sight. */
  readonly inSight: () => readonly [number, number];
  /** Moves the focus to a row and brings it into sight. */
  readonly focus: (at: number) => void;
  /** Brings a row into sight: at the nearer end, or in the middle where it is far away. */
  readonly show: (at: number) => void;
  /** The first row in sight, by its id, and by how many pixels it is scrolled past. */
  readonly place: () => ScrolledTo;
  /** Scrolls back to a place, if its row is still there. */
  readonly scrollBack: (place: ScrolledTo) => void;
}

/** Where a tree is scrolled to. */
export interface ScrolledTo {
  readonly id: string | null;
  readonly past: number;
}

/** Keeps the window of the rows given in step with the scroll offset and the focus. `height`: the height of the tree, in pixels. */
export function useRowList(
  api: RefObject<TreeApi<VisibleRow> | null>,
  tree: ModuleTree,
  rows: OpenRows,
  height: number,
): RowList {
  const [start, setStart] = useState(0);
  const onScreen = Math.ceil(height / rowHeight) + 1;
  const given = windowFrom(start, rows.size, onScreen);
  const before = useRef<readonly VisibleRow[]>([]);
  const data = useMemo(
    () => sliceRows(tree, rows, given.start, given.end, before.current),
    [tree, rows, given.start, given.end],
  );
  const current = useRef(rows);
  const screen = useRef({ height, rows: onScreen });
  useLayoutEffect(() => {
    before.current = data;
    current.current = rows;
    screen.current = { height, rows: onScreen };
  }, [data, rows, height, onScreen]);

  const startNow = useRef(start);
  /** Where the scrolled element stood last. Asking it would make the browser lay out the page in the midst of a change. */
  const top = useRef(0);
  const follow = useCallback((element: HTMLElement) => {
    top.current = element.scrollTop;
    const { size } = current.current;
    const [first] = rowsInSight(top.current, screen.current.height, size);
    startNow.current = windowStart(startNow.current, first, size, screen.current.rows);
    setStart(startNow.current);
    return startNow.current;
  }, []);

  const actions = useMemo(() => {
    const scrolled = () => api.current?.listEl.current ?? null;
    const scrollTo = (element: HTMLElement, top: number) => {
      if (top === element.scrollTop) return;
      element.scrollTop = top;
      // The rows there are drawn at once, not when the browser reports the scrolling.
      element.dispatchEvent(new Event('scroll'));
    };
    const show = (at: number) => {
      const element = scrolled();
      if (element && at >= 0) scrollTo(element, scrollTopFor(at, element));
    };
    return {
      show,
      place: () => {
        const element = scrolled();
        const at = Math.floor(top.current / rowHeight);
        if (!element || at >= current.current.size) return { id: null, past: 0 };
        return { id: rowAt(tree, current.current, at).id, past: top.current - at * rowHeight };
      },
      scrollBack: ({ id, past }: ScrolledTo) => {
        const element = scrolled();
        const at = id === null ? -1 : placeOfRow(current.current, id);
        if (element && at >= 0) scrollTo(element, at * rowHeight + past);
      },
      focused: () => {
        const { id } = api.current?.state.nodes.focus ?? { id: null };
        return id === null ? -1 : placeOfRow(current.current, id);
      },
      inSight: () => rowsInSight(top.current, screen.current.height, current.current.size),
      focus: (at: number) => {
        if (at < 0 || at >= current.current.size) return;
        api.current?.focus(rowAt(tree, current.current, at).id, { scroll: false });
        show(at);
      },
    };
  }, [api, tree]);

  return useMemo(
    () => ({ rows, window: { start: given.start, end: given.end }, data, follow, ...actions }),
    [rows, given.start, given.end, data, follow, actions],
  );
}

/** First and last row that are seen from `scrollTop` on; with fewer rows than before the browser scrolls back to the last ones. */
function rowsInSight(scrollTop: number, height: number, size: number): readonly [number, number] {
  const top = Math.min(scrollTop, Math.max(0, size * rowHeight - height));
  const first = Math.floor(top / rowHeight);
  const last = Math.ceil((top + height) / rowHeight) - 1;
  return [Math.min(first, Math.max(0, size - 1)), Math.min(last, Math.max(0, size - 1))];
}

/** How far to scroll so that a row is in sight. */
function scrollTopFor(at: number, { scrollTop, clientHeight }: HTMLElement): number {
  const top = at * rowHeight;
  const lowest = top - clientHeight + rowHeight;
  if (top >= scrollTop && lowest <= scrollTop) return scrollTop;
  const isFar = top < scrollTop - clientHeight || lowest > scrollTop + clientHeight;
  if (isFar) return top - (clientHeight - rowHeight) / 2;
  return top < scrollTop ? top : lowest;
}
