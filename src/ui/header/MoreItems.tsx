import { Check, Command, Info, Keyboard, Monitor, Moon, Route, Shapes, Sun } from 'lucide-react';
import type { Theme, ViewState } from '../../store/view-store.ts';
import { ActionItem } from '../actions/ActionItem.tsx';
import { titleOf } from '../actions/page-action.ts';
import { pageActions } from '../actions/page-actions.ts';
import { closingFirst, MenuItem } from '../shared/Popover.tsx';
import { useApp, useView } from '../shared/use-app.ts';

const themes: readonly { readonly id: Theme; readonly icon: React.ReactNode }[] = [
  { id: 'system', icon: <Monitor size={14} /> },
  { id: 'light', icon: <Sun size={14} /> },
  { id: 'dark', icon: <Moon size={14} /> },
];

const selectTheme = (state: ViewState) => state.theme;

/** The items of the menu `More`. */
export function MoreItems({ close }: { readonly close: () => void }) {
  const app = useApp();
  const theme = useView(selectTheme);
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
          {titleOf(pageActions[`theme-${id}`], app)}
        </MenuItem>
      ))}
    </>
  );
}
