import { showKeys } from '../../actions/keys.ts';
import { ArrowDown, ArrowUp, Braces, CopyPlus, EllipsisVertical, ListChecks, ListTree, Merge, PenLine, ShieldCheck, Split, Trash2 } from 'lucide-react';
import { writeJson } from '../../../core/config/json-writer.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { IconButton } from '../../shared/Button.tsx';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { copyOrReport } from '../../shared/copy-text.ts';
import { useActions, useDocument, useStores } from '../../shared/use-app.ts';
import { useCard } from './card-context.ts';
import { MoveToMode } from './MoveToMode.tsx';
import { useOtherForms } from '../settings/use-other-forms.ts';
import { useStartChoosing } from '../pane/choosing.ts';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { useMoveCard } from '../pane/use-move-card.ts';

/** Actions for a whole sub-config. */
export function CardMenu({ subConfig, onRename }: { readonly subConfig: SubConfig; readonly onRename: () => void }) {
  const { number } = useCard();
  const label = `Actions of sub-config ${number}`;
  return (
    <MenuButton
      label={label}
      align="end"
      trigger={(props) => (
        <IconButton size="small" label={label} icon={<EllipsisVertical size={14} />} {...props} />
      )}
    >
      {(close) => <CardMenuItems subConfig={subConfig} close={close} onRename={onRename} />}
    </MenuButton>
  );
}

const selectLists = (state: DocumentState) => state.history.present.lists;

function CardMenuItems({ subConfig, close, onRename }: {
  readonly subConfig: SubConfig;
  readonly close: () => void;
  readonly onRename: () => void;
}) {
  const { id, mode, number } = useCard();
  const { edit, setView } = useActions();
  const move = useMoveCard();
  const startChoosing = useStartChoosing();
  const list = useDocument(selectLists)[mode];
  const count = list.length;
  const choose = (action: () => void) => () => {
    close();
    action();
  };
  const stores = useStores();
  const copy = () => void copyOrReport(stores, writeJson(subConfig.config));
  const forms = useOtherForms();
  return (
    <>
      <MenuItem icon={<PenLine size={14} />} hint="F2" onSelect={choose(onRename)}>
        Rename
      </MenuItem>
      <MenuItem icon={<CopyPlus size={14} />} onSelect={choose(() => edit({ type: 'duplicate-sub-config', mode, id }))}>
        Duplicate
      </MenuItem>
      <MenuItem
        icon={<ArrowUp size={14} />}
        hint={showKeys('Alt+↑')}
        disabled={number === 1}
        onSelect={choose(() => move(id, number - 2))}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown size={14} />}
        hint={showKeys('Alt+↓')}
        disabled={number === count}
        onSelect={choose(() => move(id, number))}
      >
        Move down
      </MenuItem>
      <MenuItem icon={<Braces size={14} />} onSelect={choose(copy)}>
        Copy as JSON
      </MenuItem>
      {forms.split && (
        <MenuItem icon={<Split size={14} />} onSelect={choose(forms.split)}>
          Split by target
        </MenuItem>
      )}
      {forms.defaults && (
        <MenuItem icon={<ListTree size={14} />} onSelect={choose(forms.defaults)}>
          Write out the defaults
        </MenuItem>
      )}
      {forms.merge && (
        <MenuItem icon={<Merge size={14} />} onSelect={choose(forms.merge)}>
          Merge targets
        </MenuItem>
      )}
      <MenuItem icon={<ListChecks size={14} />} onSelect={choose(() => startChoosing(id))}>
        Choose several
      </MenuItem>
      <MenuItem
        icon={<ShieldCheck size={14} />}
        onSelect={choose(() => setView({ dialog: 'assertions', assertionOf: id }))}
      >
        Add an assertion
      </MenuItem>
      <MoveToMode ids={[id]} configs={[subConfig.config]} close={close} />
      <ColorChoice color={subConfig.color} onChoose={(color) => edit({ type: 'set-color', mode, id, color })} />
      <hr className="my-1 border-line" />
      <MenuItem
        icon={<Trash2 size={14} />}
        danger
        onSelect={choose(() => {
          const left = (list[number] ?? list[number - 2])?.id;
          edit({ type: 'remove-sub-configs', mode, ids: [id] });
          requestAnimationFrame(() => focusCard(left));
        })}
      >
        Remove
      </MenuItem>
    </>
  );
}

/** The card's label, or the pane when there is no card left. */
function focusCard(id: string | undefined): void {
  const label = id === undefined ? null : document.querySelector(`[data-sub-config="${CSS.escape(id)}"] [data-field=label]`);
  const next = label ?? document.querySelector('[role=region][aria-label="List of sub-configs"]');
  if (next instanceof HTMLElement) next.focus();
}

const colorNames = ['Blue', 'Magenta', 'Green', 'Violet', 'Teal', 'Olive', 'Indigo', 'Grey'];

function ColorChoice({ color, onChoose }: { readonly color: number; readonly onChoose: (color: number) => void }) {
  return (
    <div role="group" aria-label="Colour" className="flex gap-1 px-2 py-1">
      {colorNames.map((name, at) => (
        <button
          key={name}
          type="button"
          role="menuitemradio"
          aria-checked={at === color % colorNames.length}
          aria-label={name}
          title={name}
          onClick={() => onChoose(at)}
          style={{ background: `var(--mark-${at})` }}
          className="size-5 rounded border-2 forced-color-adjust-none forced-colors:aria-checked:outline-[Highlight] border-raised outline-offset-1 aria-checked:outline-2 aria-checked:outline-focus"
        />
      ))}
    </div>
  );
}
