import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { endTyping, typeInMenu } from './menu-typing.ts';
import { placeMenu } from './place-layer.ts';

export interface PopoverProps {
  /** Draws the button that opens it; spread `props` on a <button>. */
  readonly trigger: (props: PopoverTriggerProps) => ReactNode;
  readonly label: string;
  readonly align?: 'start' | 'end';
  /** `menu` for a list of actions (arrow keys move), `dialog` for a small form. */
  readonly role?: 'menu' | 'dialog';
  readonly children: (close: () => void) => ReactNode;
}

export interface PopoverTriggerProps {
  readonly popoverTarget: string;
  readonly 'aria-haspopup': 'menu' | 'dialog';
}

/** A layer next to its button: closes with Escape or a click outside, gives the focus back. It is empty until it is first opened. */
export function Popover({ trigger, label, align = 'start', role = 'menu', children }: PopoverProps) {
  const id = useId();
  const layer = useRef<HTMLDivElement>(null);
  const [wasOpened, setWasOpened] = useState(false);

  useLayoutEffect(() => {
    const element = layer.current;
    if (!element) return undefined;
    const place = (event: Event) => {
      const toggle = event as ToggleEvent;
      const button = buttonOf(id);
      button?.setAttribute('aria-expanded', String(toggle.newState === 'open'));
      arrival.disconnect();
      growth.disconnect();
      if (toggle.newState !== 'open' || !button) return;
      if (!enter(button)) arrival.observe(element, { childList: true, subtree: true });
      growth.observe(element, { childList: true, subtree: true });
    };
    /** Places the layer and goes to the first thing in it; `false` where that is still being fetched. */
    const enter = (button: HTMLElement): boolean => {
      placeMenu(element, button, align);
      const first = element.querySelector<HTMLElement>('[role^=menuitem], input, select, textarea, button');
      first?.focus();
      return first !== null;
    };
    const arrival = new MutationObserver(() => {
      const button = buttonOf(id);
      if (button && enter(button)) arrival.disconnect();
    });
    // Items that come later, as presets do, need another place: next to the edge of the window they would be squeezed.
    const growth = new MutationObserver(() => {
      const button = buttonOf(id);
      if (button) placeMenu(element, button, align);
    });
    const fill = (event: Event) => {
      if ((event as ToggleEvent).newState === 'open') flushSync(() => setWasOpened(true));
    };
    element.addEventListener('beforetoggle', fill);
    element.addEventListener('toggle', place);
    return () => {
      arrival.disconnect();
      growth.disconnect();
      element.removeEventListener('beforetoggle', fill);
      element.removeEventListener('toggle', place);
    };
  }, [id, align]);

  const close = () => layer.current?.hidePopover();
  return (
    <>
      {trigger({ popoverTarget: id, 'aria-haspopup': role })}
      <div
        ref={layer}
        id={id}
        popover="auto"
        role={role}
        aria-label={label}
        onKeyDown={role === 'menu' ? moveInMenu : undefined}
        className="fixed max-h-[70vh] max-w-[min(28rem,90vw)] min-w-40 overflow-auto rounded-md border border-line bg-raised p-1 text-sm text-text shadow-lg"
      >
        {wasOpened && children(close)}
      </div>
    </>
  );
}

/** The button that opens a layer. */
function buttonOf(layer: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(layer)}"]`);
}

/** Makes of an action one that closes the menu first, so that the action may move the focus. */
export function closingFirst(close: () => void): (action: () => void) => () => void {
  return (action) => () => {
    close();
    action();
  };
}

export interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Id of the element with more about it. */
  readonly describedBy?: string;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

/** One action of a menu. */
export function MenuItem({ icon, hint, disabled = false, danger = false, describedBy, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      disabled={disabled}
      aria-describedby={describedBy}
      onClick={onSelect}
      className={`flex w-full items-center gap-2 rounded px-2 py-1 text-left hover:bg-hover focus-visible:bg-hover disabled:opacity-45 ${danger ? 'text-refused' : ''}`}
    >
      <span className="menu-icon flex w-4 justify-center text-muted" aria-hidden="true">
        {icon}
      </span>
      <span className="min-w-0 flex-1">{children}</span>
      {hint !== undefined && <kbd className="pl-4 font-sans text-xs text-faint">{hint}</kbd>}
    </button>
  );
}

/** Moves through the items of a menu by arrows, Home, End and what is typed; Tab leaves it. */
export function moveInMenu(event: React.KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'Tab') {
    // The focus goes back to the button, and from there on as Tab does.
    event.currentTarget.hidePopover();
    return;
  }
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    event.key === 'ArrowDown'
      ? (at + 1) % items.length
      : event.key === 'ArrowUp'
        ? (at - 1 + items.length) % items.length
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? items.length - 1
            : nextByLetter(items, at, event);
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}

/** Index of the item that what is typed leads to. */
function nextByLetter(items: readonly HTMLElement[], at: number, event: React.KeyboardEvent): number | null {
  if (event.key.length > 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) {
    // Shift is a part of the next letter.
    if (event.key !== 'Shift') endTyping();
    return null;
  }
  return typeInMenu(items.map((item) => item.getAttribute('aria-label') ?? item.textContent), at, event.key, event.timeStamp);
}
