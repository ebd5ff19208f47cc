import { Copy, ListMinus, ListPlus, Plus, SquareCheck } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { formatCount } from '../../../core/text/format-count.ts';
import type { OpenedTree } from '../../../worker/protocol.ts';
import { MenuItem, moveInMenu } from '../../shared/layers/Popover.tsx';
import { copyOrReport } from '../../shared/copy-text.ts';
import { useActions, useIsReadOnly, useStores, useSubConfigs } from '../../shared/use-app.ts';
import { namesAsLines } from './names-as-lines.ts';

/** Where a menu was asked for, in pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** The menu of a row: actions for the chosen modules. */
export function RowMenu({ opened: { tree }, place, onClose }: {
  readonly opened: OpenedTree;
  readonly place: MenuPlace;
  readonly onClose: () => void;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const { focusModules, setView } = useActions();
  const stores = useStores();
  const isReadOnly = useIsReadOnly();
  const hasSubConfigs = useSubConfigs().length > 0;
  const { focus } = stores.view.getState();
  const type = focus.length === 1 ? tree.typeId[focus[0]!]! : null;

  useLayoutEffect(() => {
    const element = layer.current;
    if (!element) return undefined;
    element.showPopover();
    element.style.left = `${Math.min(place.x, innerWidth - element.offsetWidth - 4)}px`;
    element.style.top = `${Math.min(place.y, innerHeight - element.offsetHeight - 4)}px`;
    element.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const close = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') onClose();
    };
    element.addEventListener('toggle', close);
    return () => element.removeEventListener('toggle', close);
  }, [place, onClose]);

  const run = (action: () => void) => () => {
    layer.current?.hidePopover();
    action();
  };
  return (
    <div
      ref={layer}
      popover="auto"
      role="menu"
      aria-label="Chosen modules"
      onKeyDown={moveInMenu}
      className="fixed m-0 min-w-48 rounded-md border border-line bg-raised p-1 text-sm text-text shadow-lg"
    >
      {!isReadOnly && (
        <>
          <MenuItem icon={<Plus size={14} />} onSelect={run(() => setView({ proposing: { type: 'new' } }))}>
            Make a sub-config
          </MenuItem>
          <MenuItem
            icon={<ListPlus size={14} />}
            disabled={!hasSubConfigs}
            onSelect={run(() => setView({ proposing: { type: 'add', subConfigId: null } }))}
          >
            Add to …
          </MenuItem>
          <MenuItem
            icon={<ListMinus size={14} />}
            disabled={!hasSubConfigs}
            onSelect={run(() => setView({ proposing: { type: 'exclude', subConfigId: null } }))}
          >
            Exclude from …
          </MenuItem>
        </>
      )}
      {type !== null && (
        <MenuItem icon={<SquareCheck size={14} />} onSelect={run(() => focusModules(modulesOfType(tree.typeId, type)))}>
          Choose all of this type
        </MenuItem>
      )}
      <MenuItem icon={<Copy size={14} />} onSelect={run(() => void copyOrReport(stores, namesAsLines(tree, focus)))}>
        {focus.length === 1 ? 'Copy the name' : `Copy ${formatCount(focus.length)} names`}
      </MenuItem>
    </div>
  );
}

function modulesOfType(typeId: Uint32Array, type: number): readonly number[] {
  const modules: number[] = [];
  typeId.forEach((own, module) => {
    if (own === type) modules.push(module);
  });
  return modules;
}
