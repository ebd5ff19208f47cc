import { Dialog } from '../shared/Dialog.tsx';
import { useActions } from '../shared/use-app.ts';

const groups: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl+Z', 'Undo'],
      ['Ctrl+Shift+Z or Ctrl+Y', 'Redo'],
      ['Ctrl+S', 'Save this state to compare with; the plan itself is saved as you work'],
      ['Ctrl+F', 'Search the model'],
      ['F8, Shift+F8', 'Next, previous problem'],
      ['?', 'This list'],
    ],
  },
  {
    title: 'In the tree',
    keys: [
      ['↑ ↓', 'Previous, next row'],
      ['→ ←', 'Open or go in, close or go out'],
      ['Home, End', 'First, last row'],
      ['*', 'Open all siblings'],
      ['Letters', 'Go to the row that starts with them'],
      ['Shift, Ctrl', 'Choose several'],
    ],
  },
  {
    title: 'On a sub-config',
    keys: [
      ['Alt+↑, Alt+↓', 'Move up, down'],
      ['Enter in a pattern', 'Add another'],
      ['Escape in a pattern', 'End the preview'],
    ],
  },
  { title: 'In the JSON editor', keys: [['Ctrl+Space', 'Complete'], ['Ctrl+.', 'Quick fixes'], ['Ctrl+M', 'Let Tab leave the editor']] },
];

/** What the keyboard can do. */
export function ShortcutsDialog() {
  const { setView } = useActions();
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => setView({ dialog: null })}>
      <div className="grid gap-4">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium">{group.title}</h3>
            <dl className="grid grid-cols-[14rem_1fr] gap-y-0.5">
              {group.keys.map(([keys, meaning]) => (
                <div key={keys} className="contents">
                  <dt className="font-mono text-xs leading-5">{keys}</dt>
                  <dd className="text-muted">{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
