import { useEffect, useState } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../../core/module-tree/tree-index.ts';
import { visibleName } from '../../core/module-tree/visible-name.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { useApp, useDerived } from '../shared/use-app.ts';
import type { Query } from './order-items.ts';
import type { PaletteItem } from './palette-item.ts';

const mostModules = 50;
const mostRecentModules = 3;
const prefix = 'module ';
const none: readonly number[] = [];
const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** Modules that fit the query, found by the engine; without a text the ones chosen lately. */
export function useModuleItems({ text, only }: Query, recent: readonly string[]): readonly PaletteItem[] {
  const { engine, actions } = useApp();
  const tree = useDerived(selectTree);
  const [found, setFound] = useState<readonly number[]>(none);
  const wanted = only === 'actions' || only === 'sub-configs' ? null : text;

  useEffect(() => {
    let left = false;
    const find = async (name: string, most: number) => {
      const result = await engine.call('find', { text: name, most });
      return result.ok ? result.value.modules : none;
    };
    const search = async () => {
      if (!tree || wanted === null) return none;
      if (wanted !== '') return find(wanted, mostModules);
      const lately: number[] = [];
      for (const id of recent.filter((chosen) => chosen.startsWith(prefix)).slice(0, mostRecentModules)) {
        const name = id.slice(prefix.length);
        const [first] = await find(name, 1);
        if (first !== undefined && moduleName(tree, first) === name) lately.push(first);
      }
      return lately;
    };
    void search().then((modules) => !left && setFound(modules));
    return () => {
      left = true;
    };
  }, [engine, tree, wanted, recent]);

  if (!tree || wanted === null) return [];
  return found.map((module) => itemOf(tree, module, () => actions.revealModule(module)));
}

function itemOf(tree: ModuleTree, module: number, run: () => void): PaletteItem {
  const name = moduleName(tree, module);
  return {
    id: `${prefix}${name}`,
    kind: 'Module',
    title: visibleName(name),
    detail: moduleType(tree, module) ?? '',
    run,
  };
}
