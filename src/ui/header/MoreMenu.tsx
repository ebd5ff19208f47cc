import { Check, Command, EllipsisVertical, Info, Keyboard, Monitor, Moon, Route, Shapes, Sun } from 'lucide-react';
import type { Theme, ViewState } from '../../store/view-store.ts';
import { ActionItem } from '../actions/ActionItem.tsx';
import { titleOf } from '../actions/page-actions.ts';
import { IconButton } from '../shared/Button.tsx';
import { closingFirst, MenuItem, Popover } from '../shared/Popover.tsx';
import { useApp, useView } from '../shared/use-app.ts';

const themes: readonly { readonly id: Theme; readonly icon: React.ReactNode }[] = [
  { id: 'system', icon: <Monitor size={14} /> },
  { id: 'light', icon: <Sun size={14} /> },
  { id: 'dark', icon: <Moon size={14} /> },
];

const selectTheme = (state: ViewState) => state.theme;

/** The menu of actions that are needed less often. */
export function MoreMenu() {
  const app = useApp();
  const theme = useView(selectTheme);
  return (
    <Popover
      label="More"
      align="end"
      trigger={(props) => <IconButton label="More" icon={<EllipsisVertical size={16} />} {...props} />}
    >
      {(close) => {
        const choose = closingFirst(close);
        return (
          <>
            <ActionItem id="palette" icon={<Command size={14} />} close={close} />
            <ActionItem id="dialog-templates" icon={<Shapes size={14} />} close={close}>
              Setting templates
            </ActionItem>
            <ActionItem id="tour" icon={<Route size={14} />} close={close} />
            <ActionItem id="dialog-shortcuts" icon={<Keyboard size={14} />} close={close} />
            <ActionItem id="dialog-about" icon={<Info size={14} />} close={close} />
            <hr className="my-1 border-line" />
            {themes.map(({ id, icon }) => (
              <MenuItem key={id} icon={theme === id ? <Check size={14} /> : icon} onSelect={choose(() => app.actions.setTheme(id))}>
                {titleOf(`theme-${id}`, app)}
              </MenuItem>
            ))}
          </>
        );
      }}
    </Popover>
  );
}
