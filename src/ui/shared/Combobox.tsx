import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { placeLayer } from './layers/place-layer.ts';
import { splitPasted } from './split-pasted.ts';
import { mostOptions, type Option } from './options.ts';
import { useCompletions, type OptionSource } from './use-completions.ts';

export interface ComboboxProps {
  /** Accessible name. */
  readonly label: string;
  readonly text: string;
  readonly source: OptionSource;
  readonly onText: (text: string) => void;
  /** An option was chosen; without it the text becomes the option. */
  readonly onChoose?: (value: string) => void;
  /** Enter without an option. */
  readonly onEnter?: (field: HTMLInputElement) => void;
  /** Backspace while it is empty. */
  readonly onErase?: (field: HTMLInputElement) => void;
  readonly onLeave?: () => void;
  readonly onPasteLines?: (lines: readonly string[]) => void;
  readonly placeholder?: string;
  /** The text is chosen as a whole on focus, as typing is meant to replace it: until then all options are offered. */
  readonly selectOnFocus?: boolean;
  /** It takes the focus as it comes, as it was asked for. */
  readonly takesFocus?: boolean;
  readonly field?: string;
  /** Enter takes the first option that fits the typed text; the text itself is offered last. */
  readonly takesFirst?: boolean;
  readonly look?: 'solid' | 'dashed' | 'bare';
  readonly flagged?: boolean;
  readonly className?: string;
}

/** A text field with a list of options: arrows move, Enter takes, Escape closes. */
export function Combobox(props: ComboboxProps) {
  const { label, text, source, onText, onChoose = onText, onLeave, onPasteLines, look = 'solid' } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isTyped, setTyped] = useState(false);
  const offered = useCompletions(source, props.selectOnFocus === true && !isTyped ? '' : text, open);
  const takesFirst = props.takesFirst === true && text.trim() !== '';
  const options = takesFirst ? withTyped(offered, text) : offered;
  const shown = open && options.length > 0;
  const at = active < 0 && takesFirst && fits(options[0], text) ? 0 : active;
  const chosen = shown ? options[at] : undefined;

  useEffect(() => {
    if (props.takesFocus === true) field.current?.focus();
  }, [props.takesFocus]);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (option: Option) => {
    close();
    onChoose(option.value);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (event.altKey) return;
      event.preventDefault();
      setOpen(true);
      setActive(nextActive(at, event.key === 'ArrowDown' ? 1 : -1, options.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen) choose(chosen);
      else {
        close();
        props.onEnter?.(event.currentTarget);
      }
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      close();
    } else if (event.key === 'Escape') event.currentTarget.blur();
    else if (event.key === 'Backspace' && text === '' && props.onErase) {
      event.preventDefault();
      props.onErase(event.currentTarget);
    }
  };

  return (
    <>
      <input
        ref={field}
        type="text"
        role="combobox"
        value={text}
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${at}` : undefined}
        spellCheck={false}
        autoComplete="off"
        placeholder={props.placeholder}
        data-field={props.field}
        onChange={(event) => {
          setOpen(true);
          setActive(-1);
          setTyped(true);
          onText(event.target.value);
        }}
        onFocus={(event) => {
          setTyped(false);
          if (props.selectOnFocus === true) event.target.select();
        }}
        onClick={() => setOpen(true)}
        onBlur={() => {
          close();
          onLeave?.();
        }}
        onKeyDown={press}
        onPaste={(event) => {
          const lines = splitPasted(event.clipboardData.getData('text/plain'));
          if (!onPasteLines || lines.length < 2) return;
          event.preventDefault();
          onPasteLines(lines);
        }}
        className={`h-7 min-w-0 rounded border bg-transparent px-2 font-mono text-code text-text ${props.flagged === true ? 'border-silent' : look === 'bare' ? 'border-transparent hover:border-line' : 'border-line'} ${look === 'dashed' ? 'border-dashed' : ''} ${props.className ?? 'flex-1'}`}
      />
      {shown && (
        <Listbox id={id} label={label} field={field} options={options} active={at} onChoose={choose} />
      )}
    </>
  );
}

/** The options with the text as the last one, where none of them is the text. */
function withTyped(options: readonly Option[], text: string): readonly Option[] {
  const typed = text.trim();
  const same = options.find(({ value }) => value === typed);
  if (same) return [same, ...options.filter((option) => option !== same)];
  return [...options.slice(0, mostOptions - 1), { value: typed, hint: 'as typed' }];
}

/** Options may arrive late: the options of an earlier text are not used for this one. */
function fits(option: Option | undefined, text: string): boolean {
  return option?.value.toLowerCase().includes(text.trim().toLowerCase()) === true;
}

function nextActive(active: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (active < 0) return step === 1 ? 0 : count - 1;
  return (active + step + count) % count;
}

function Listbox({ id, label, field, options, active, onChoose }: {
  readonly id: string;
  readonly label: string;
  readonly field: { readonly current: HTMLInputElement | null };
  readonly options: readonly Option[];
  readonly active: number;
  readonly onChoose: (option: Option) => void;
}) {
  const list = useRef<HTMLDivElement>(null);

  // After every change: the size follows the options.
  useEffect(() => {
    const place = () => {
      if (list.current && field.current) placeLayer(list.current, field.current, 'anchor');
    };
    list.current?.togglePopover(true);
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    return () => removeEventListener('scroll', place, { capture: true });
  });

  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={`Options of ${label}`}
      popover="manual"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      className="fixed max-w-[min(36rem,90vw)] overflow-y-auto rounded-md border border-line bg-raised p-1 text-text shadow-lg"
    >
      {options.map((option, at) => (
        <div
          key={option.value}
          id={`${id}-${at}`}
          ref={at === active ? scrollToOption : undefined}
          role="option"
          aria-selected={at === active}
          onClick={() => onChoose(option)}
          className="flex items-baseline gap-4 rounded px-2 py-0.5 hover:bg-hover aria-selected:bg-chosen"
        >
          <span className="min-w-0 flex-1 font-mono text-code [overflow-wrap:anywhere]">{option.value}</span>
          <span className="shrink-0 text-xs text-muted">{option.hint}</span>
        </div>
      ))}
    </div>
  );
}

function scrollToOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
