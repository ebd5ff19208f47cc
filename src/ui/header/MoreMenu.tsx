import { Check, EllipsisVertical, Keyboard, Monitor, Moon, Shapes, Sun } from 'lucide-react';
import type { Theme, ViewState } from '../../store/view-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { MenuItem, Popover } from '../shared/Popover.tsx';
import { useActions, useView } from '../shared/use-app.ts';

const themes: readonly { readonly id: Theme; readonly label: string; readonly icon: React.ReactNode }[] = [
  { id: 'system', label: 'Theme of the system', icon: <Monitor size={14} /> },
  { id: 'light', label: 'Light theme', icon: <Sun size={14} /> },
  { id: 'dark', label: 'Dark theme', icon: <Moon size={14} /> },
];

const selectTheme = (state: ViewState) => state.theme;

/** What is needed less often. */
export function MoreMenu() {
  const { setTheme, setView } = useActions();
  const theme = useView(selectTheme);
  return (
    <Popover
      label="More"
      align="end"
      trigger={(props) => <IconButton label="More" icon={<EllipsisVertical size={16} />} {...props} />}
    >
      {(close) => {
        const choose = (action: () => void) => () => {
          close();
          action();
        };
        return (
          <>
            <MenuItem icon={<Shapes size={14} />} onSelect={choose(() => setView({ dialog: 'templates' }))}>
              Setting templates
            </MenuItem>
            <MenuItem icon={<Keyboard size={14} />} hint="?" onSelect={choose(() => setView({ dialog: 'shortcuts' }))}>
              Keyboard shortcuts
            </MenuItem>
            <hr className="my-1 border-line" />
            {themes.map(({ id, label, icon }) => (
              <MenuItem key={id} icon={theme === id ? <Check size={14} /> : icon} onSelect={choose(() => setTheme(id))}>
                {label}
              </MenuItem>
            ))}
          </>
        );
      }}
    </Popover>
  );
}
