import { Suspense, useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Tree, type TreeApi } from 'react-arborist';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useDerived, useStores, useView } from '../shared/use-app.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { startModuleDrag } from './module-drag.ts';
import type { MenuPlace } from './RowMenu.tsx';
import { ToggleContext } from './toggle-context.ts';
import { handleTreeKey } from './tree-keys.ts';
import { RowSourcesProvider } from './RowSourcesProvider.tsx';
import { RowWhyArea } from './RowWhyArea.tsx';
import { TreeItem, TreeRow } from './TreeRow.tsx';
import { useElementSize } from '../shared/use-element-size.ts';
import { useRevealedRow } from './use-revealed-row.ts';
import { useTreeChoice } from './use-tree-choice.ts';
import { matchingRows, modulesOf, visibleRows, type VisibleRow } from './visible-rows.ts';

const RowMenu = lazyPart(async () => (await import('./RowMenu.tsx')).RowMenu);

const selectOpenModules = (state: ViewState) => state.openModules;
const selectOpenRuns = (state: ViewState) => state.openRuns;
const selectMatches = (state: DerivedState) => state.matches;

const rowHeight = 26;

/** The tree of modules: what is open, or what the search found. */
export function ModuleTreeView({ opened }: { readonly opened: OpenedTree }) {
  const { focusModules, setView } = useActions();
  const { view } = useStores();
  const openModules = useView(selectOpenModules);
  const openRuns = useView(selectOpenRuns);
  const matches = useDerived(selectMatches);
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

  const choice = useTreeChoice(api, tree);
  useRevealedRow(api, opened, choice.choose);

  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  const rowAt = (target: EventTarget) => {
    const id = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
    return (id && api.current?.get(id)) || null;
  };
  const chooseAll = () => {
    const rows = api.current?.visibleNodes ?? [];
    focusModules(matches ? [...matches] : [...new Set(rows.flatMap(({ data: row }) => modulesOf(tree, row)))]);
  };
  const chooseNone = () => focusModules([]);
  const hasChosen = () => view.getState().focus.length > 0;

  const press = (event: KeyboardEvent) => {
    choice.act();
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
          onClickCapture={choice.act}
          onContextMenu={(event) => {
            const node = rowAt(event.target);
            if (!node) return;
            event.preventDefault();
            choice.act();
            if (!choice.isChosen(node)) node.select();
            const { left, bottom } = (event.target as Element).getBoundingClientRect();
            // The key for menus gives no place of the pointer.
            setMenu(event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: left + 24, y: bottom });
          }}
          onDragStart={(event) => {
            const node = rowAt(event.target);
            if (!node) return;
            const { focus } = view.getState();
            startModuleDrag(event.dataTransfer, tree, choice.isChosen(node) ? focus : modulesOf(tree, node.data));
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
                onSelect={choice.onSelect}
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

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
