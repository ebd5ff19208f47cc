import { Suspense, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Tree, type NodeApi, type TreeApi } from 'react-arborist';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useDerived, useStores, useView } from '../shared/use-app.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { startModuleDrag } from './module-drag.ts';
import type { MenuPlace } from './RowMenu.tsx';
import { searchBoxId } from './SearchBox.tsx';
import { ToggleContext } from './toggle-context.ts';
import { handleTreeKey } from './tree-keys.ts';
import { RowSourcesProvider } from './RowSourcesProvider.tsx';
import { RowWhyArea } from './RowWhyArea.tsx';
import { TreeItem, TreeRow } from './TreeRow.tsx';
import { useElementSize } from '../shared/use-element-size.ts';
import { matchingRows, modulesOf, runsAbove, visibleRows, type VisibleRow } from './visible-rows.ts';

const RowMenu = lazyPart(async () => (await import('./RowMenu.tsx')).RowMenu);

const selectOpenModules = (state: ViewState) => state.openModules;
const selectOpenRuns = (state: ViewState) => state.openRuns;
const selectReveal = (state: ViewState) => state.reveal;
const selectMatches = (state: DerivedState) => state.matches;

const rowHeight = 26;

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

  // Only what a person does counts: the tree also tells of its own choice when it is made anew for a search.
  const acting = useRef(false);
  const select = useCallback(
    (nodes: NodeApi<VisibleRow>[]) => {
      if (!acting.current) return;
      const modules = [...new Set(nodes.flatMap((node) => modulesOf(tree, node.data)))];
      const { focus } = view.getState();
      if (modules.length !== focus.length || modules.some((module, at) => module !== focus[at])) focusModules(modules);
    },
    [tree, view, focusModules],
  );

  /** What was chosen elsewhere is chosen in the tree as well before Ctrl and Shift go on from there. */
  const act = () => {
    if (!api.current) return;
    followFocus(api.current, tree, view.getState().focus);
    acting.current = true;
    setTimeout(() => (acting.current = false));
  };

  useEffect(() => {
    if (reveal?.type !== 'module' || reveal.module === undefined) return;
    const needed = runsAbove(tree, runs, reveal.module).filter((run) => !view.getState().openRuns.has(run));
    if (needed.length > 0) setView({ openRuns: new Set([...view.getState().openRuns, ...needed]) });
    const id = `m${reveal.module}`;
    const frame = requestAnimationFrame(() => {
      void api.current?.scrollTo(id);
      // Who steps through the hits stays in the search.
      acting.current = true;
      api.current?.select(id, { focus: document.activeElement?.id !== searchBoxId });
      acting.current = false;
    });
    return () => cancelAnimationFrame(frame);
  }, [reveal, tree, runs, view, setView]);

  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const rowAt = (target: EventTarget) => {
    const id = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
    return (id && api.current?.get(id)) || null;
  };
  const isChosen = ({ data: row }: NodeApi<VisibleRow>) => {
    const { focus } = view.getState();
    return modulesOf(tree, row).every((module) => focus.includes(module));
  };

  const chooseAll = () => {
    const rows = api.current?.visibleNodes ?? [];
    focusModules(matches ? [...matches] : [...new Set(rows.flatMap(({ data: row }) => modulesOf(tree, row)))]);
  };
  const chooseNone = () => focusModules([]);
  const hasChosen = () => view.getState().focus.length > 0;

  const press = (event: KeyboardEvent) => {
    act();
    const keys = { toggle, openAll, chooseAll, chooseNone, hasChosen };
    if (!api.current || !handleTreeKey(event, api.current, keys)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const openAll = (rows: readonly VisibleRow[]) => {
    const modules = rows.filter((row) => row.runLength === 0 && row.children).map((row) => row.module);
    setView({ openModules: new Set([...view.getState().openModules, ...modules]) });
  };

  return (
    <ToggleContext value={toggle}>
      <RowWhyArea rowAt={(target) => rowAt(target)?.data ?? null}>
        <div
          ref={box}
          onKeyDownCapture={press}
          onClickCapture={act}
          onContextMenu={(event) => {
            const node = rowAt(event.target);
            if (!node) return;
            event.preventDefault();
            act();
            if (!isChosen(node)) node.select();
            const { left, bottom } = (event.target as Element).getBoundingClientRect();
            // The key for menus gives no place of the pointer.
            setMenu(event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: left + 24, y: bottom });
          }}
          onDragStart={(event) => {
            const node = rowAt(event.target);
            if (!node) return;
            const { focus } = view.getState();
            startModuleDrag(event.dataTransfer, tree, isChosen(node) ? focus : modulesOf(tree, node.data));
          }}
          className="@container min-h-0 flex-1"
        >
          {size.height > 0 && (
            <RowSourcesProvider>
              <Tree<VisibleRow>
                ref={api}
                key={matches ? 'matches' : 'tree'}
                aria-label="Modules"
                data={data}
                openByDefault
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
            </RowSourcesProvider>
          )}
          {menu && (
            <Suspense>
              <RowMenu opened={opened} place={menu} onClose={closeMenu} />
            </Suspense>
          )}
        </div>
      </RowWhyArea>
    </ToggleContext>
  );
}

/** Chooses the rows of the modules in focus, unless they are just what is chosen. */
function followFocus(api: TreeApi<VisibleRow>, tree: OpenedTree['tree'], focus: readonly number[]): void {
  const wanted = new Set(focus);
  const chosen = new Set(api.selectedNodes.flatMap((node) => modulesOf(tree, node.data)));
  if (chosen.size === wanted.size && focus.every((module) => chosen.has(module))) return;
  const nodes = api.visibleNodes.filter(({ data: row }) => modulesOf(tree, row).every((module) => wanted.has(module)));
  api.setSelection({ ids: nodes, anchor: nodes.at(-1) ?? null, mostRecent: nodes.at(-1) ?? null });
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
