import { Search } from 'lucide-react';
import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { isPressed } from '../actions/keys.ts';
import { earlyActions } from '../actions/early-actions.ts';
import { useApp, useDerived } from '../shared/use-app.ts';
import { useModal } from '../shared/layers/use-modal.ts';
import { actionItems } from './action-items.ts';
import { takeEarlyTyping, typeEarly } from '../shared/early-typing.ts';
import { orderItems, readQuery } from './order-items.ts';
import { PaletteOptions } from './PaletteOptions.tsx';
import { planItems } from './plan-items.ts';
import { noteChosen, recentIds } from './recent.ts';
import { useModuleItems } from './use-module-items.ts';

const selectLists = (state: DerivedState) => state.lists;

/** Every action of the page and every module, found by typing. */
export function Palette() {
  const app = useApp();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  // Once the palette shows: React may draw it twice, and a while before that.
  useLayoutEffect(() => typeEarly(field.current, takeEarlyTyping('palette')), []);
  const [active, setActive] = useState(0);
  const [recent] = useState(recentIds);
  // A list that is resolved while the palette is open changes the fixes on offer.
  const lists = useDerived(selectLists);
  const items = useMemo(() => [...actionItems(app), ...planItems(app, lists)], [app, lists]);
  const query = useMemo(() => readQuery(typed), [typed]);
  const modules = useModuleItems(query, recent);
  const shown = useMemo(() => orderItems([...items, ...modules], query, recent), [items, modules, query, recent]);
  const at = Math.min(active, shown.length - 1);

  const close = () => app.actions.setView({ dialog: null });
  const closed = useModal(dialog, close);
  const choose = (chosen: number) => {
    const item = shown[chosen]?.item;
    if (!item) return;
    noteChosen(item.id);
    close();
    // Once the focus is back where it was, so that the action may move it.
    requestAnimationFrame(() => item.run());
  };
  const press = (event: KeyboardEvent) => {
    const to = nextActive(event.key, at, shown.length);
    if (to !== null) setActive(to);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(at);
    else if (isPressed(event.nativeEvent, earlyActions.palette.keys ?? []) || isEscape(event)) close();
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      aria-label="Command palette"
      onClose={closed}
      onClick={(event) => event.target === event.currentTarget && close()}
      className="mx-auto mt-[12vh] mb-auto max-h-[70vh] w-[min(44rem,94vw)] flex-col overflow-hidden rounded-lg border border-line bg-raised p-0 text-text shadow-xl open:flex"
    >
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3">
        <Search size={16} className="shrink-0 text-muted" aria-hidden="true" />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Action or module"
          aria-autocomplete="list"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
          value={typed}
          placeholder="Action or module"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
          className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <PaletteOptions id={id} shown={shown} active={at} onPoint={setActive} onChoose={choose} />
      {shown.length === 0 && (
        <p className="px-4 py-3 text-muted">Nothing is called that. Try fewer letters, or a part of a module’s name.</p>
      )}
      <p role="status" className="sr-only">
        {formatQuantity(shown.length, 'result')}
      </p>
      <p className="shrink-0 border-t border-line px-4 py-1.5 text-xs text-muted">
        ↑ ↓ choose · Enter runs · Escape closes · begin with &gt; for actions, @ for modules, # for sub-configs
      </p>
    </dialog>
  );
}

/** The browser closes a dialog on Escape, too, but reports it late: the key that opens it again would be lost. */
function isEscape({ key, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Escape' && !nativeEvent.isComposing;
}

const page = 8;

/** Where a key leads in a list of `count`; `null` for other keys. */
function nextActive(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'PageDown':
      return Math.min(at + page, count - 1);
    case 'PageUp':
      return Math.max(at - page, 0);
    default:
      return null;
  }
}
