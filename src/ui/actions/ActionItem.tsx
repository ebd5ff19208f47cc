import type { ReactNode } from 'react';
import { MenuItem } from '../shared/layers/Popover.tsx';
import { useApp } from '../shared/use-app.ts';
import { isPossible, keysOf, runAction, titleOf } from './page-action.ts';
import { pageActions, type ActionId } from './page-actions.ts';

interface ActionItemProps {
  readonly id: ActionId;
  readonly icon: ReactNode;
  /** Closes the menu, before the action runs. */
  readonly close: () => void;
  /** A shorter title, where the menu says the rest. */
  readonly children?: string;
}

/** An action as an item of a menu; disabled while it cannot be done. */
export function ActionItem({ id, icon, close, children }: ActionItemProps) {
  const app = useApp();
  const action = pageActions[id];
  return (
    <MenuItem
      icon={icon}
      hint={keysOf(action)}
      disabled={!isPossible(action, app)}
      onSelect={() => {
        close();
        runAction(action, app);
      }}
    >
      {children ?? titleOf(action, app)}
    </MenuItem>
  );
}
