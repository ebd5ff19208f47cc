import type { ReactNode } from 'react';
import type { ShownItem } from './order-items.ts';
import { partsWithin, type MatchedParts } from './rank.ts';

export interface PaletteOptionsProps {
  /** Prefix of the ids of the options. */
  readonly id: string;
  readonly shown: readonly ShownItem[];
  readonly active: number;
  readonly onPoint: (at: number) => void;
  readonly onChoose: (at: number) => void;
}

/** The entries that fit, one a line. */
export function PaletteOptions({ id, shown, active, onPoint, onChoose }: PaletteOptionsProps) {
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Results"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      className="min-h-0 overflow-y-auto p-1"
    >
      {shown.map(({ item, parts, recent }, at) => (
        <div
          key={item.id}
          id={`${id}-${at}`}
          ref={at === active ? scrollToOption : undefined}
          role="option"
          aria-selected={at === active}
          onMouseMove={at === active ? undefined : () => onPoint(at)}
          onClick={() => onChoose(at)}
          // On a phone a name has a line of its own, and its type the next.
          className={`flex items-baseline gap-x-3 rounded px-2 py-1 aria-selected:bg-chosen ${item.kind === 'Module' ? 'max-[520px]:flex-wrap' : ''}`}
        >
          {item.kind === 'Module' ? (
            <ModuleTitle text={item.title} parts={parts} />
          ) : (
            <span className={`min-w-0 truncate ${item.detail === undefined ? '' : 'max-w-[70%] shrink-0'}`}>
              <Marked text={item.title} parts={parts} />
            </span>
          )}
          <span className={`min-w-0 flex-1 truncate text-xs text-muted ${item.kind === 'Module' ? 'max-[520px]:basis-full' : ''}`}>{item.detail}</span>
          {item.keys !== undefined && <kbd className="shrink-0 font-sans text-xs text-muted">{item.keys}</kbd>}
          <span className="w-20 shrink-0 text-right text-xs text-faint max-[520px]:hidden">{recent ? 'Recent' : item.kind}</span>
        </div>
      ))}
    </div>
  );
}

/** Letters at the end of a long name that stay in sight: that is where names differ. */
const endLength = 32;

/** A name, cut in its middle where it is too long. */
function ModuleTitle({ text, parts }: { readonly text: string; readonly parts: MatchedParts }) {
  if (text.length <= 2 * endLength) {
    return (
      <span className="min-w-0 truncate font-mono text-code">
        <Marked text={text} parts={parts} />
      </span>
    );
  }
  const cut = text.length - endLength;
  return (
    <>
      <span className="sr-only">{text}</span>
      <span aria-hidden="true" title={text} className="flex min-w-0 font-mono text-code whitespace-pre">
        <span className="truncate">
          <Marked text={text.slice(0, cut)} parts={partsWithin(parts, 0, cut)} />
        </span>
        <span className="shrink-0">
          <Marked text={text.slice(cut)} parts={partsWithin(parts, cut, text.length)} />
        </span>
      </span>
    </>
  );
}

function Marked({ text, parts }: { readonly text: string; readonly parts: MatchedParts }) {
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const [start, end] of parts) {
    pieces.push(text.slice(done, start));
    pieces.push(
      <mark key={start} className="bg-transparent font-semibold text-inherit underline decoration-line-strong underline-offset-2">
        {text.slice(start, end)}
      </mark>,
    );
    done = end;
  }
  return (
    <>
      {pieces}
      {text.slice(done)}
    </>
  );
}

function scrollToOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
