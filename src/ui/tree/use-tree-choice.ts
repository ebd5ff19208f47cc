import { useMemo, useRef } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { useActions, useStores } from '../shared/use-app.ts';
import { rowOfModule } from './rows/open-rows.ts';
import type { RowList } from './rows/use-row-list.ts';
import { modulesOf, modulesOfRows, placeOfRow, rowAt } from './rows/visible-rows.ts';

/** The modules in focus in the tree, in the order in which they were chosen. */
export interface TreeChoice {
  /** Chooses a row and nothing else. */
  readonly only: (at: number) => void;
  /** Chooses a row in addition, or no more. */
  readonly toggle: (at: number) => void;
  /** Chooses the rows from the one that was chosen last to this one, in place of the previous range. */
  readonly extend: (at: number) => void;
  /** Whether all modules of a row are chosen. */
  readonly has: (at: number) => boolean;
}

/** Chooses modules by their rows, continuing from the present choice, here or elsewhere. */
export function useTreeChoice(tree: ModuleTree, { rows }: RowList): TreeChoice {
  const { focusModules } = useActions();
  const { view } = useStores();
  /** Ids of the row from which Shift continues, and of the row to which it went last. */
  const range = useRef<{ readonly anchor: string; readonly reached: string } | null>(null);

  return useMemo(() => {
    const chosen = () => new Set(view.getState().focus);
    const row = (at: number) => rowAt(tree, rows, at);
    const isIn = (set: ReadonlySet<number>, at: number) => modulesOf(tree, row(at)).every((module) => set.has(module));

    /** Where Shift goes on from: where it did before as long as that is chosen, else from the module chosen last. */
    function anchorIn(set: ReadonlySet<number>): { readonly from: number; readonly reached: number } {
      const from = range.current ? placeOfRow(rows, range.current.anchor) : -1;
      if (range.current && from >= 0 && isIn(set, from)) return { from, reached: placeOfRow(rows, range.current.reached) };
      const last = view.getState().focus.at(-1);
      return { from: last === undefined ? -1 : rowOfModule(rows, last, false), reached: -1 };
    }

    function only(at: number): void {
      const { id } = row(at);
      range.current = { anchor: id, reached: id };
      focusModules(modulesOf(tree, row(at)));
    }

    return {
      only,
      toggle(at) {
        const set = chosen();
        const { id } = row(at);
        const removes = isIn(set, at);
        for (const module of modulesOf(tree, row(at))) {
          if (removes) set.delete(module);
          else set.add(module);
        }
        range.current = removes ? null : { anchor: id, reached: id };
        focusModules([...set]);
      },
      extend(at) {
        const set = chosen();
        const { from, reached } = anchorIn(set);
        if (from < 0) {
          only(at);
          return;
        }
        const between = (to: number) => modulesOfRows(tree, rows, Math.min(from, to), Math.max(from, to));
        if (reached >= 0) for (const module of between(reached)) set.delete(module);
        for (const module of between(at)) set.add(module);
        range.current = { anchor: row(from).id, reached: row(at).id };
        focusModules([...set]);
      },
      has: (at) => isIn(chosen(), at),
    };
  }, [tree, rows, view, focusModules]);
}
