import { showKeys } from '../actions/keys.ts';
import { titleOf } from '../actions/page-action.ts';
import { actionIds, pageActions } from '../actions/page-actions.ts';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { useActions, useApp } from '../shared/use-app.ts';

/** Keys and their meaning; each of several keys works. */
interface Shortcut {
  readonly keys: readonly string[];
  readonly meaning: string;
}

/** Keys that belong to a part of the page, which listens for them itself. */
const local: readonly { readonly title: string; readonly keys: readonly Shortcut[] }[] = [
  {
    title: 'In the model',
    keys: [
      { keys: ['↑', '↓'], meaning: 'Previous, next row' },
      { keys: ['→', '←'], meaning: 'Open or go in, close or go out' },
      { keys: ['Home', 'End'], meaning: 'First, last row' },
      { keys: ['*'], meaning: 'Open all siblings' },
      { keys: ['Enter', 'Space'], meaning: 'Put the module in focus' },
      { keys: ['Shift+↑', 'Shift+↓'], meaning: 'Choose several in a row; clicking with Shift does the same' },
      { keys: ['Mod'], meaning: 'Held while clicking: choose one more' },
      { keys: ['Letters'], meaning: 'Go to the row that starts with them' },
      { keys: ['Mod+A'], meaning: 'Choose all rows, or all matches of the search' },
      { keys: ['Shift+F10'], meaning: 'Actions for the chosen modules' },
    ],
  },
  {
    title: 'In the search',
    keys: [
      { keys: ['Enter', 'Shift+Enter'], meaning: 'Next, previous match' },
      { keys: ['Escape'], meaning: 'Clear the search' },
    ],
  },
  {
    title: 'On a sub-config',
    keys: [
      { keys: ['Alt+↑', 'Alt+↓'], meaning: 'Move up, down' },
      { keys: ['Enter'], meaning: 'In a pattern, name or type: add another' },
      { keys: ['Escape'], meaning: 'In a pattern: end the preview' },
      { keys: ['Alt+F1'], meaning: 'In a pattern: its meaning and its matches' },
    ],
  },
  {
    title: 'In the JSON editor',
    keys: [
      { keys: ['Ctrl+Space'], meaning: 'Complete' },
      { keys: ['Mod+.'], meaning: 'Quick fixes' },
      { keys: ['F12'], meaning: 'Go to the card' },
      { keys: ['Shift+Alt+F'], meaning: 'Format' },
      { keys: ['Ctrl+M'], meaning: 'Let Tab leave the editor' },
    ],
  },
  {
    title: 'On a divider, in tabs, in menus',
    keys: [
      { keys: ['←', '→', 'Home', 'End'], meaning: 'Size the panes, or choose a tab' },
      { keys: ['Escape'], meaning: 'Close a menu, a dialog or the tour' },
    ],
  },
];

/** The keyboard shortcuts. */
export function ShortcutsDialog() {
  const { setView } = useActions();
  const app = useApp();
  const everywhere = actionIds.flatMap((id): readonly Shortcut[] => {
    const { keys, keysMeaning } = pageActions[id];
    return keys ? [{ keys, meaning: keysMeaning ?? titleOf(pageActions[id], app) }] : [];
  });
  const groups = [{ title: 'Everywhere', keys: everywhere }, ...local];
  return (
    <Dialog isText title="Keyboard shortcuts" width="wide" onClose={() => setView({ dialog: null })}>
      <div className="gap-8 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 font-semibold">{group.title}</h3>
            <dl className="grid grid-cols-[10.5rem_1fr] gap-y-1">
              {group.keys.map(({ keys, meaning }) => (
                <div key={meaning} className="contents">
                  <dt className="flex flex-wrap items-start gap-1">
                    {keys.map((key) => (
                      <kbd key={key} className="rounded border border-line bg-sunken px-1 font-mono text-xs leading-5">
                        {showKeys(key)}
                      </kbd>
                    ))}
                  </dt>
                  <dd className="leading-5 text-muted">{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
