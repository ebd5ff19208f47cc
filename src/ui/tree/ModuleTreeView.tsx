import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { Tree, type NodeApi, type TreeApi } from 'react-arborist';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useDerived, useStores, useView } from '../shared/use-app.ts';
import { searchBoxId } from './SearchBox.tsx';
import { ToggleContext } from './toggle-context.ts';
import { handleTreeKey } from './tree-keys.ts';
import { TreeItem, TreeRow } from './TreeRow.tsx';
import { useElementSize } from '../shared/use-element-size.ts';
import { matchingRows, modulesOf, runsAbove, visibleRows, type VisibleRow } from './visible-rows.ts';

const selectOpenModules = (state: ViewState) => state.openModules;
const selectOpenRuns = (state: ViewState) => state.openRuns;
const selectReveal = (state: ViewState) => state.reveal;
const selectMatches = (state: DerivedState) => state.matches;

const rowHeight = 26;
/** Rows are not dragged: the tree's drag and drop listens where nothing happens, so files dropped on the page pass. */
const nowhere = document.createElement('div');

/** The tree of modules: what is open, or what the search found. */
export function ModuleTreeView({ opened }: { readonly opened: OpenedTree }) {
  const { focusModules, setView } = useActions();
  const { view } = useStores();
  const openModules = useView(selectOpenModules);
  const openRuns = useView(selectOpenRuns);
  const matches = useDerived(selectMatches);
  const reveal = useView(selectReveal);
  const api = useRef<TreeApi<VisibleRow>>(null);
  const [box, size] = useElementSize();
  const { tree, runs } = opened;

  const data = useMemo(
    () =>
      matches
        ? matchingRows(tree, matches)
        : visibleRows(tree, runs, { modules: openModules, runs: openRuns }),
    [tree, runs, matches, openModules, openRuns],
  );

  const toggle = useCallback(
    (row: VisibleRow) => {
      const { openModules: modules, openRuns: open } = view.getState();
      if (row.runLength > 0) setView({ openRuns: toggled(open, row.module) });
      else setView({ openModules: toggled(modules, row.module) });
    },
    [view, setView],
  );

  const select = useCallback(
    (nodes: NodeApi<VisibleRow>[]) => {
      const modules = [...new Set(nodes.flatMap((node) => modulesOf(tree, node.data)))];
      const { focus } = view.getState();
      if (modules.length !== focus.length || modules.some((module, at) => module !== focus[at])) focusModules(modules);
    },
    [tree, view, focusModules],
  );

  useEffect(() => {
    if (reveal?.type !== 'module' || reveal.module === undefined) return;
    const needed = runsAbove(tree, runs, reveal.module).filter((run) => !view.getState().openRuns.has(run));
    if (needed.length > 0) setView({ openRuns: new Set([...view.getState().openRuns, ...needed]) });
    const id = `m${reveal.module}`;
    const frame = requestAnimationFrame(() => {
      void api.current?.scrollTo(id);
      // Who steps through the hits stays in the search.
      api.current?.select(id, { focus: document.activeElement?.id !== searchBoxId });
    });
    return () => cancelAnimationFrame(frame);
  }, [reveal, tree, runs, view, setView]);

  const press = (event: KeyboardEvent) => {
    if (!api.current || !handleTreeKey(event, api.current, { toggle, openAll })) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const openAll = (rows: readonly VisibleRow[]) => {
    const modules = rows.filter((row) => row.runLength === 0 && row.children).map((row) => row.module);
    setView({ openModules: new Set([...view.getState().openModules, ...modules]) });
  };

  return (
    <ToggleContext value={toggle}>
      <div ref={box} onKeyDownCapture={press} className="@container min-h-0 flex-1">
        {size.height > 0 && (
          <Tree<VisibleRow>
            ref={api}
            key={matches ? 'matches' : 'tree'}
            aria-label="Modules"
            data={data}
            openByDefault
            dndRootElement={nowhere}
            disableDrag
            disableDrop
            disableEdit
            width={size.width}
            height={size.height}
            rowHeight={rowHeight}
            indent={14}
            overscanCount={8}
            onSelect={select}
            renderRow={TreeItem}
          >
            {TreeRow}
          </Tree>
        )}
      </div>
    </ToggleContext>
  );
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
