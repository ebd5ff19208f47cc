import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { TreeApi } from 'react-arborist';
import type { Hits } from './lay-rows.ts';
import { rowHeight } from './row-window.ts';
import { TreeRow } from './TreeRow.tsx';
import { useDrawnRows } from './use-drawn-rows.ts';
import { useMatchHighlight } from './use-match-highlight.ts';
import type { RowList } from './use-row-list.ts';
import type { VisibleRow } from './visible-rows.ts';

/** What the drawn rows are made of. */
export interface RowFrame {
  readonly api: RefObject<TreeApi<VisibleRow> | null>;
  readonly list: RowList;
  /** Modules of the sub-config that is pointed at. */
  readonly pointed: Hits | null;
  /** Sums of them before each module, where they have a column. */
  readonly multiplyAdds: Float64Array | null;
  /** Pixels. */
  readonly height: number;
  /** The space next to the rows was clicked. */
  readonly onClickBeside: () => void;
}

export const RowFrameContext = createContext<RowFrame | null>(null);

/**
 * The content of the tree component: the scrolled element, as high as all rows, and the rows in sight. It draws them itself: the component's
 * own list goes through a dozen hooks and three more components for each row at each letter that is typed.
 */
export function RowArea() {
  const frame = useContext(RowFrameContext);
  return frame && <Rows frame={frame} />;
}

function Rows({ frame: { api, list, pointed, multiplyAdds, height, onClickBeside } }: { readonly frame: RowFrame }) {
  const { rows, drawn, start, scroller, follow } = list;
  const shown = useDrawnRows(drawn, pointed, multiplyAdds);
  const focused = useFocusedRow(api);
  useMatchHighlight(scroller, shown);
  const tree = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepOneTabStop(tree.current, scroller.current), [scroller]);
  // An element that is drawn anew starts at the top.
  useLayoutEffect(() => follow(), [follow]);
  // The row that had the focus may have been removed, which no event reports.
  useLayoutEffect(() => setTabStop(tree.current, scroller.current, document.activeElement));
  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Modules"
      aria-multiselectable
      style={{ height }}
      // The scrolled element is the tab stop while no row is.
      tabIndex={-1}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) api.current?.onBlur();
      }}
    >
      <div
        ref={scroller}
        // A tree may hold only items and groups of them that can have the focus.
        role="group"
        tabIndex={0}
        onScroll={follow}
        onClick={(event) => {
          if (!(event.target as Element).closest('[data-row]')) onClickBeside();
        }}
        className="scrollbar-room relative size-full overflow-auto will-change-transform"
      >
        <div style={{ height: rows.size * rowHeight }}>
          {shown.map(({ row, state, light }, at) => (
            <TreeRow
              key={row.id}
              row={row}
              top={(start + at) * rowHeight}
              isFocused={focused === row.id}
              state={state}
              isMatched={light.isMatched}
              matches={light.matches}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The row that has the focus of the keyboard, by its id; `null` while the focus is elsewhere. */
function useFocusedRow(api: RowFrame['api']): string | null {
  const [focused, setFocused] = useState<string | null>(null);
  useEffect(() => {
    const tree = api.current;
    const read = () => {
      const { id, treeFocused } = tree?.state.nodes.focus ?? { id: null, treeFocused: false };
      setFocused(treeFocused ? id : null);
    };
    // The focus may have come before this is asked for.
    read();
    return tree?.store.subscribe(read);
  }, [api]);
  return focused;
}

/** Makes the scrolled element the tab stop of the tree as long as the focus is not within; returns how to stop. */
function keepOneTabStop(tree: HTMLElement | null, box: HTMLElement | null): (() => void) | undefined {
  if (!tree) return undefined;
  const come = ({ target }: FocusEvent) => setTabStop(tree, box, target);
  const go = ({ relatedTarget }: FocusEvent) => setTabStop(tree, box, relatedTarget);
  tree.addEventListener('focusin', come);
  tree.addEventListener('focusout', go);
  return () => {
    tree.removeEventListener('focusin', come);
    tree.removeEventListener('focusout', go);
  };
}

/** `focused`: the element that has the focus now, in the tree or elsewhere. */
function setTabStop(tree: HTMLElement | null, box: HTMLElement | null, focused: EventTarget | null): void {
  if (tree && box) box.tabIndex = focused !== box && focused instanceof Node && tree.contains(focused) ? -1 : 0;
}
