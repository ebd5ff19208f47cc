import { placeTooltip } from './place-tooltip.ts';

/** Milliseconds before a tooltip shows: under the pointer, and at the focus of the keyboard. */
const restOfPointer = 450;
const restOfFocus = 700;
/** While one was just shown, the next comes at once. */
const warm = 400;

/**
 * Shows titles of elements in the page's own look, with keys as keys. While the pointer is there, the title itself is removed, so
 * that the browser does not show a second one. Returns how to stop.
 */
export function showTooltips(): () => void {
  const layer = document.createElement('div');
  layer.popover = 'manual';
  layer.setAttribute('role', 'tooltip');
  layer.className = 'tooltip';
  document.body.append(layer);
  let owner: Element | null = null;
  let title = '';
  /** Pressed under the pointer: what the press opened is what to look at, until the pointer was elsewhere. */
  let pressed: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = Number.NEGATIVE_INFINITY;

  const leave = () => {
    clearTimeout(timer);
    if (!owner) return;
    // In the meantime, the page may have set another title or removed it.
    if (owner.getAttribute('title') === '') owner.setAttribute('title', title);
    owner = null;
    if (!layer.matches(':popover-open')) return;
    hiddenAt = performance.now();
    layer.hidePopover();
  };
  const show = () => {
    if (!owner?.isConnected) return leave();
    layer.replaceChildren(...contentOf(title));
    layer.showPopover();
    const { left, top } = placeTooltip(owner.getBoundingClientRect(), layer.getBoundingClientRect(), { width: innerWidth, height: innerHeight });
    layer.style.left = `${left}px`;
    layer.style.top = `${top}px`;
  };
  const enter = (target: EventTarget | null, rest: number, hasPointer: boolean) => {
    const next = target instanceof Element ? target.closest('[title]') : null;
    if (owner && target instanceof Node && owner.contains(target)) return;
    if (hasPointer && target instanceof Node && pressed?.contains(target) === true) return;
    if (hasPointer) pressed = null;
    leave();
    const text = next?.getAttribute('title') ?? '';
    if (!next || text === '' || next.closest('.monaco-editor')) return;
    owner = next;
    title = text;
    // At the focus the browser shows none, and screen readers read it.
    if (hasPointer) next.setAttribute('title', '');
    // Rows of the model have a help of their own.
    if (next.closest('[data-row]')) return;
    timer = setTimeout(show, performance.now() - hiddenAt < warm ? 0 : rest);
  };

  const listeners = {
    pointerover: (event: Event) => event instanceof PointerEvent && event.pointerType !== 'touch' && enter(event.target, restOfPointer, true),
    focusin: ({ target }: Event) => target instanceof Element && target.matches(':focus-visible') && enter(target, restOfFocus, false),
    focusout: leave,
    pointerdown: ({ target }: Event) => {
      leave();
      pressed = target instanceof Element ? target.closest('[title]') : null;
    },
    keydown: leave,
    scroll: leave,
  };
  for (const [type, listen] of Object.entries(listeners)) document.addEventListener(type, listen, { capture: true, passive: true });
  document.documentElement.addEventListener('pointerleave', leave);
  return () => {
    leave();
    for (const [type, listen] of Object.entries(listeners)) document.removeEventListener(type, listen, { capture: true });
    document.documentElement.removeEventListener('pointerleave', leave);
    layer.remove();
  };
}

/** A text with its keys at the end in parentheses: `Undo: Set sparse_ratio (Ctrl+Z)`. */
const withKeys = /^([\s\S]*?)\s*\(((?:(?:Ctrl|Alt|Shift)\+|[⌃⌥⇧⌘])*(?:[A-Z.]|F\d{1,2}|Escape|Enter|Space|[↑↓?]))\)$/;

function contentOf(text: string): readonly Node[] {
  const [, words = text, keys] = withKeys.exec(text) ?? [];
  const said = document.createTextNode(words);
  if (keys === undefined) return [said];
  const shown = document.createElement('kbd');
  shown.textContent = keys;
  return [said, shown];
}
