import { Check, Command, EllipsisVertical, Keyboard, Monitor, Moon, Route, Shapes, Sun } from 'lucide-react';
import type { AppContext } from '../../store/app-context.ts';
import type { Theme, ViewState } from '../../store/view-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { closingFirst, MenuItem, Popover } from '../shared/Popover.tsx';
import { shortcutHint } from '../shared/shortcuts.ts';
import { useActions, useApp, useView } from '../shared/use-app.ts';

const themes: readonly { readonly id: Theme; readonly label: string; readonly icon: React.ReactNode }[] = [
  { id: 'system', label: 'Theme of the system', icon: <Monitor size={14} /> },
  { id: 'light', label: 'Light theme', icon: <Sun size={14} /> },
  { id: 'dark', label: 'Dark theme', icon: <Moon size={14} /> },
];

const selectTheme = (state: ViewState) => state.theme;

async function takeTour(app: AppContext): Promise<void> {
  const { startTour } = await import('../tour/start-tour.ts');
  await startTour(app);
}

/** What is needed less often. */
export function MoreMenu() {
  const { setTheme, setView } = useActions();
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
            <MenuItem
              icon={<Command size={14} />}
              hint={shortcutHint('palette')}
              onSelect={choose(() => setView({ dialog: 'palette' }))}
            >
              Command palette
            </MenuItem>
            <MenuItem icon={<Shapes size={14} />} onSelect={choose(() => setView({ dialog: 'templates' }))}>
              Setting templates
            </MenuItem>
            <MenuItem icon={<Route size={14} />} onSelect={choose(() => void takeTour(app))}>
              Take the tour
            </MenuItem>
            <MenuItem
              icon={<Keyboard size={14} />}
              hint={shortcutHint('shortcuts')}
              onSelect={choose(() => setView({ dialog: 'shortcuts' }))}
            >
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
