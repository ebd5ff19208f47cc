import { memo, useCallback, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { Tree, type TreeApi } from 'react-arborist';
import type { DerivedState } from '../../store/derived-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useActions, useStores } from '../shared/use-app.ts';
import { whenFound } from './search/when-found.ts';
import { useElementSize } from '../shared/use-element-size.ts';
import { startModuleDrag } from './rows/module-drag.ts';
import { leaf, open, rowsBeside } from './rows/open-rows.ts';
import type { MenuPlace } from './rows/RowMenu.tsx';
import { RowArea, RowFrameContext } from './rows/RowArea.tsx';
import { RowWhyArea } from './rows/RowWhyArea.tsx';
import { rowHeight } from './rows/row-window.ts';
import { handleTreeKey, type TypedWord } from './tree-keys.ts';
import { useHits } from './search/use-hits.ts';
import { useHitsInSight } from './search/use-hits-in-sight.ts';
import { useOpenRows } from './rows/use-open-rows.ts';
import { useChosenInSight, useRevealedRow } from './use-revealed-row.ts';
import { useRowList } from './rows/use-row-list.ts';
import { useTreeChoice } from './use-tree-choice.ts';
import { modulesOf, modulesOfRows, placeOfRow, rowAt, type VisibleRow } from './rows/visible-rows.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

/** Least number of rows that matches may open, and the number of screens of rows that they may open. */
const leastRoom = 40;
const screensForHits = 2;

/** Rows drawn beyond each edge, ready to be scrolled to. While rows light up there are fewer: each costs time at every letter. */
const rowsBeyond = 5;
const litRowsBeyond = 1;

const RowMenu = lazyPart(async () => (await import('./rows/RowMenu.tsx')).RowMenu);

/** The tree of modules: the open rows, or the finds of the search. */
export function ModuleTreeView({ opened, matches, multiplyAdds }: {
  readonly opened: OpenedTree;
  readonly matches: DerivedState['matches'];
  /** Sums of them before each module, where they have a column. */
  readonly multiplyAdds: Float64Array | null;
}) {
  const { focusModules, setView } = useActions();
  const { view, derived } = useStores();
  const api = useRef<TreeApi<VisibleRow>>(null);
  const [box, size] = useElementSize();
  const { tree, runs } = opened;
  const place = useRef<HTMLDivElement>(null);
  const { hits, pointed } = useHits(place);
  const room = Math.max(leastRoom, screensForHits * Math.ceil(size.height / rowHeight));
  const { rows, shut, setShut } = useOpenRows(opened, multiplyAdds, matches, hits, room);
  const list = useRowList(api, tree, rows, size.height, hits === null ? rowsBeyond : litRowsBeyond);
  const choice = useTreeChoice(tree, list);
  const isSearch = matches !== null;
  useRevealedRow(opened, list, choice);
  useChosenInSight(list, isSearch, size.height);
  useHitsInSight(opened, list, isSearch ? null : hits);

  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);
  /** Place of the row that an event is on; -1 next to the rows. */
  const placeAt = (target: EventTarget) => {
    const id = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
    return id ? placeOfRow(rows, id) : -1;
  };

  const toggle = (at: number) => {
    const { openModules, openRuns } = view.getState();
    const module = rows.module[at]!;
    const kind = rows.runLength[at]! > 0 ? 'runs' : 'modules';
    const item = kind === 'runs' ? runs.first[runs.runOf[module]!]! : module;
    const opened = kind === 'runs' ? openRuns : openModules;
    const closes = rows.state[at] === open;
    // A branch that a match opened closes, too.
    if (closes && hits) setShut({ ...shut, [kind]: new Set([...shut[kind], item]) });
    if (opened.has(item) === closes) setView({ [kind === 'runs' ? 'openRuns' : 'openModules']: toggled(opened, item) });
  };
  const click = (event: MouseEvent) => {
    const at = placeAt(event.target);
    if (at < 0) return;
    if ((event.target as Element).closest('[data-toggle]')) toggle(at);
    else if (event.ctrlKey || event.metaKey) choice.toggle(at);
    else if (event.shiftKey) choice.extend(at);
    else choice.only(at);
    list.focus(at);
  };

  const frame = useMemo(
    () => ({ api, list, pointed, multiplyAdds, height: size.height, onClickBeside: () => focusModules([]) }),
    [list, pointed, multiplyAdds, size.height, focusModules],
  );

  const word = useRef<TypedWord>({ letters: '', at: 0 });
  const pressKey = (event: KeyboardEvent) => {
    if (event.key === 'Tab') {
      // The browser moves on. The tree component would go to its neighbour in the page, be that hidden or no tab stop.
      event.stopPropagation();
      return;
    }
    const isDone = handleTreeKey(event, {
      tree,
      list,
      choice,
      toggle,
      openBeside(at) {
        const beside = rowsBeside(rows, at).filter((row) => rows.state[row] !== leaf && rows.runLength[row] === 0);
        setView({ openModules: new Set([...view.getState().openModules, ...beside.map((row) => rows.module[row]!)]) });
      },
      chooseAll: () => whenFound(derived, view, (found) => focusModules(found.matches ? [...found.matches] : modulesOfRows(tree, rows, 0, rows.size - 1))),
      chooseNone: () => focusModules([]),
      word,
      hasChosen: () => view.getState().focus.length > 0,
    });
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <RowWhyArea
      rowAt={(target) => {
        const at = placeAt(target);
        return at < 0 ? null : rowAt(tree, rows, at);
      }}
    >
      <div
        ref={place}
        onKeyDownCapture={pressKey}
        onClick={click}
        onDoubleClick={(event) => {
          const at = placeAt(event.target);
          if (at >= 0 && rows.state[at] !== leaf && !(event.target as Element).closest('[data-toggle]')) toggle(at);
        }}
        onFocusCapture={(event) => {
          // Tab goes to the row that had the focus last, else to the first one in sight: not to the scrolled element.
          if ((event.target as Element).closest('[data-row]')) return;
          event.stopPropagation();
          // From one of its rows, which is out of sight now, the focus comes back by a key only.
          if (event.currentTarget.contains(event.relatedTarget)) return;
          const at = list.focused();
          list.focus(at < 0 ? list.inSight()[0] : at);
        }}
        onContextMenu={(event) => {
          const at = placeAt(event.target);
          if (at < 0) return;
          event.preventDefault();
          if (!choice.has(at)) choice.only(at);
          list.focus(at);
          const { left, bottom } = (event.target as Element).getBoundingClientRect();
          // The key for menus gives no place of the pointer.
          setMenu(event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: left + 24, y: bottom });
        }}
        onDragStart={(event) => {
          const at = placeAt(event.target);
          if (at < 0) return;
          const { focus } = view.getState();
          startModuleDrag(event.dataTransfer, tree, choice.has(at) ? focus : modulesOf(tree, rowAt(tree, rows, at)));
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div ref={box} className="min-h-0 flex-1">
        {size.height > 0 && (
          <RowFrameContext value={frame}>
            <RowTree key={isSearch ? 'found' : 'all'} api={api} data={list.drawn} />
          </RowFrameContext>
        )}
        </div>
      </div>
      {menu && (
        <LatePart part="The menu">
          <RowMenu opened={opened} place={menu} onClose={closeMenu} />
        </LatePart>
      )}
    </RowWhyArea>
  );
}

/** The tree component; left alone as long as the rows stay the same. */
const RowTree = memo(function RowTree({ api, data }: {
  readonly api: RefObject<TreeApi<VisibleRow> | null>;
  readonly data: readonly VisibleRow[];
}) {
  return <Tree<VisibleRow> ref={api} data={data} renderContainer={RowArea} />;
});

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
