import { useCallback, useRef, type RefObject } from 'react';
import type { NodeApi, TreeApi } from 'react-arborist';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores } from '../shared/use-app.ts';
import { modulesOf, type VisibleRow } from './visible-rows.ts';

/** What is chosen in the tree, kept in step with the modules in focus. */
export interface TreeChoice {
  /** To be called before a person's key or click is handled by the tree. */
  readonly act: () => void;
  /** Chooses a row in the tree as if a person had. */
  readonly choose: (id: string, options: { readonly focus: boolean }) => void;
  /** For the tree to tell of its choice. */
  readonly onSelect: (nodes: NodeApi<VisibleRow>[]) => void;
  /** Whether all modules of a row are in focus. */
  readonly isChosen: (node: NodeApi<VisibleRow>) => boolean;
}

/** Keeps what a person chooses in the tree and the modules in focus in step. */
export function useTreeChoice(api: RefObject<TreeApi<VisibleRow> | null>, tree: OpenedTree['tree']): TreeChoice {
  const { focusModules } = useActions();
  const { view } = useStores();
  // Only what a person does counts: the tree also tells of its own choice when it is made anew for a search.
  const acting = useRef(false);
  const onSelect = useCallback(
    (nodes: NodeApi<VisibleRow>[]) => {
      if (!acting.current) return;
      const modules = [...new Set(nodes.flatMap((node) => modulesOf(tree, node.data)))];
      const { focus } = view.getState();
      if (modules.length !== focus.length || modules.some((module, at) => module !== focus[at])) focusModules(modules);
    },
    [tree, view, focusModules],
  );
  const choose = useCallback(
    (id: string, options: { readonly focus: boolean }) => {
      acting.current = true;
      api.current?.select(id, options);
      acting.current = false;
    },
    [api],
  );
  return {
    onSelect,
    choose,
    act() {
      if (!api.current) return;
      // What was chosen elsewhere is chosen in the tree as well before Ctrl and Shift go on from there.
      followFocus(api.current, tree, view.getState().focus);
      acting.current = true;
      setTimeout(() => (acting.current = false));
    },
    isChosen({ data: row }) {
      const { focus } = view.getState();
      return modulesOf(tree, row).every((module) => focus.includes(module));
    },
  };
}

/** Chooses the rows of the modules in focus, unless they are just what is chosen. */
function followFocus(api: TreeApi<VisibleRow>, tree: OpenedTree['tree'], focus: readonly number[]): void {
  const wanted = new Set(focus);
  const chosen = new Set(api.selectedNodes.flatMap((node) => modulesOf(tree, node.data)));
  if (chosen.size === wanted.size && focus.every((module) => chosen.has(module))) return;
  const nodes = api.visibleNodes.filter(({ data: row }) => modulesOf(tree, row).every((module) => wanted.has(module)));
  api.setSelection({ ids: nodes, anchor: nodes.at(-1) ?? null, mostRecent: nodes.at(-1) ?? null });
}
