import type { ReactNode } from 'react';
import { MenuItem } from '../shared/Popover.tsx';
import { useApp } from '../shared/use-app.ts';
import { isPossible, keysOf, runAction, titleOf, type ActionId } from './page-actions.ts';

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
  return (
    <MenuItem
      icon={icon}
      hint={keysOf(id)}
      disabled={!isPossible(id, app)}
      onSelect={() => {
        close();
        runAction(id, app);
      }}
    >
      {children ?? titleOf(id, app)}
    </MenuItem>
  );
}
