import { Check, Command, FolderOpen, Info, Keyboard, ListPlus, Monitor, Moon, Route, Shapes, Sun } from 'lucide-react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Theme, ViewState } from '../../store/view-store.ts';
import { ActionItem } from '../actions/ActionItem.tsx';
import { titleOf } from '../actions/page-action.ts';
import { pageActions } from '../actions/page-actions.ts';
import { closingFirst, MenuItem } from '../shared/layers/Popover.tsx';
import { useActions, useApp, useView } from '../shared/use-app.ts';

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

/** The items of the menu of the open model. */
export function ModelItems({ tree, close }: { readonly tree: ModuleTree; readonly close: () => void }) {
  const { setView } = useActions();
  const choose = (change: Parameters<typeof setView>[0]) => () => {
    close();
    setView(change);
  };
  return (
    <>
      <MenuItem icon={<FolderOpen size={14} />} onSelect={choose({ dialog: 'open-model' })}>
        Open another model
      </MenuItem>
      {tree.lacks.length > 0 && (
        <MenuItem icon={<ListPlus size={14} />} onSelect={choose({ dialog: 'complete-model' })}>
          Complete with another file
        </MenuItem>
      )}
      {(tree.lacks.length > 0 || tree.notes.length > 0) && (
        <MenuItem icon={<Info size={14} />} onSelect={choose({ lacksShown: true })}>
          Missing from its file
        </MenuItem>
      )}
    </>
  );
}
