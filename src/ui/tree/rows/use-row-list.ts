import { useCallback, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { TreeApi } from 'react-arborist';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { OpenRows } from './open-rows.ts';
import { rowHeight, rowsInSight, scrollTopFor, windowAround } from './row-window.ts';
import { placeOfRow, rowAt, sliceRows, type VisibleRow } from './visible-rows.ts';

/** The open rows. The tree component gets only the rows in and around the view. */
export interface RowList {
  readonly rows: OpenRows;
  /** The rows that are drawn, and the place of the first of them. */
  readonly drawn: readonly VisibleRow[];
  readonly start: number;
  /** The scrolled element. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Takes how far the scrolled element is scrolled. */
  readonly follow: () => void;
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

/**
 * Keeps the rows that are drawn in step with the scroll offset and the focus.
 * @param height the height of the tree, in pixels
 * @param beyond rows drawn beyond each edge
 */
export function useRowList(
  api: RefObject<TreeApi<VisibleRow> | null>,
  tree: ModuleTree,
  rows: OpenRows,
  height: number,
  beyond: number,
): RowList {
  const scroller = useRef<HTMLDivElement>(null);
  /** The first row in sight, as it was when the rows that are drawn changed last. */
  const [first, setFirst] = useState(0);
  const inSight = Math.ceil(height / rowHeight) + 1;
  const { start, end } = windowAround(first, rows.size, inSight, beyond);
  const before = useRef<readonly VisibleRow[]>([]);
  const drawn = useMemo(() => sliceRows(tree, rows, start, end, before.current), [tree, rows, start, end]);
  const now = useRef({ rows, height, inSight, beyond });
  /** Where the scrolled element stood last. Asking it would make the browser lay out the page in the midst of a change. */
  const top = useRef(0);
  const settle = useCallback(() => {
    const { rows: { size }, height: seen, inSight: most, beyond: more } = now.current;
    const [at] = rowsInSight(top.current, seen, size);
    setFirst((was) => (windowAround(was, size, most, more).start === windowAround(at, size, most, more).start ? was : at));
  }, []);
  useLayoutEffect(() => {
    before.current = drawn;
    now.current = { rows, height, inSight, beyond };
    settle();
  }, [drawn, rows, height, inSight, beyond, settle]);

  const actions = useMemo(() => {
    const follow = () => {
      top.current = scroller.current?.scrollTop ?? 0;
      settle();
    };
    const scrollTo = (wanted: number) => {
      const element = scroller.current;
      if (!element || wanted === element.scrollTop) return;
      element.scrollTop = wanted;
      // The rows there are drawn at once, not when the browser reports the scrolling.
      follow();
    };
    const show = (at: number) => {
      if (scroller.current && at >= 0) scrollTo(scrollTopFor(at, scroller.current));
    };
    return {
      follow,
      show,
      place: () => {
        const at = Math.floor(top.current / rowHeight);
        if (!scroller.current || at >= now.current.rows.size) return { id: null, past: 0 };
        return { id: rowAt(tree, now.current.rows, at).id, past: top.current - at * rowHeight };
      },
      scrollBack: ({ id, past }: ScrolledTo) => {
        const at = id === null ? -1 : placeOfRow(now.current.rows, id);
        if (at >= 0) scrollTo(at * rowHeight + past);
      },
      focused: () => {
        const { id } = api.current?.state.nodes.focus ?? { id: null };
        return id === null ? -1 : placeOfRow(now.current.rows, id);
      },
      inSight: () => rowsInSight(top.current, now.current.height, now.current.rows.size),
      focus: (at: number) => {
        if (at < 0 || at >= now.current.rows.size) return;
        api.current?.focus(rowAt(tree, now.current.rows, at).id, { scroll: false });
        show(at);
      },
    };
  }, [api, tree, settle]);

  return useMemo(() => ({ rows, drawn, start, scroller, ...actions }), [rows, drawn, start, actions]);
}
