import { useState, type DragEvent } from 'react';
import { getKey, isConfigList, type ConfigObject } from '../../../core/config/value.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../../../core/module-tree/tree-index.ts';
import { appendSelectors } from '../../../core/proposals/selector-change.ts';
import { selectorKeys, type SelectorKey } from '../../../core/config/selector-keys.ts';
import { formatQuantity } from '../../shared/format.ts';
import { useActions, useStores } from '../../shared/use-app.ts';
import { droppedModules, moduleDragType } from '../../tree/rows/module-drag.ts';
import type { Card } from './card-context.ts';
import { entriesOf, selectorValue } from '../selectors/entries.ts';

/**
 * Lets modules be dropped on a card: their names, or types, are added to the selector that they are dropped on;
 * `op_names` where it is none. On patterns, and where the types of the card would keep the names out, a choice of
 * selectors opens.
 */
export function useModuleDrop({ id, mode, number, config }: Card) {
  const { edit, focusModules, setView } = useActions();
  const { derived } = useStores();
  const [over, setOver] = useState(false);

  const drop = (key: SelectorKey, modules: readonly number[]) => {
    const { student } = derived.getState();
    if (!student || modules.length === 0) return;
    if (key.endsWith('_re') || (key === 'op_names' && !canSelect(config, student.tree, modules))) {
      focusModules(modules);
      setView({ proposing: { type: key.startsWith('exclude_') ? 'exclude' : 'add', subConfigId: id } });
      return;
    }
    const { tree } = student;
    const texts = key.endsWith('_types')
      ? modules.map((module) => moduleType(tree, module)).filter((type) => type !== null)
      : modules.map((module) => moduleName(tree, module));
    const value = getKey(config, key);
    if (value !== undefined && !isConfigList(value)) return;
    const label = `Drop ${formatQuantity(modules.length, 'module')} on ${key} of #${number}`;
    const changed = appendSelectors(config, { [key]: [...new Set(texts)] });
    edit({ type: 'set-config', mode, id, config: changed, label });
  };

  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(moduleDragType)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (!event.dataTransfer.types.includes(moduleDragType)) return;
        event.preventDefault();
        drop(selectorAt(event.target), droppedModules(event.dataTransfer));
      },
    },
  };
}

/** Whether the names of these modules can select them next to the types of a card (rule S3). */
function canSelect(config: ConfigObject, tree: ModuleTree, modules: readonly number[]): boolean {
  const types = entriesOf(selectorValue(config, 'op_types'));
  return types.length === 0 || modules.every((module) => types.includes(moduleType(tree, module) ?? ''));
}

function selectorAt(target: EventTarget): SelectorKey {
  const key = target instanceof Element ? target.closest('[data-drops]')?.getAttribute('data-drops') : null;
  return selectorKeys.find((one) => one === key) ?? 'op_names';
}
