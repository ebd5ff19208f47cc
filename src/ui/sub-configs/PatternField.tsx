import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { codePointToUnit } from '../../core/python-re/pattern.ts';
import type { SelectionEntry, SelectorKey } from '../../core/resolve/resolution.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { formatCount, formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { useCard, useValueEditor } from './card-context.ts';
import { splitPasted } from './entries.ts';

const selectPreview = (state: DerivedState) => state.preview;

export interface PatternFieldProps {
  readonly selector: SelectorKey;
  readonly index: number;
  /** `null` for the empty field behind the last pattern. */
  readonly value: string | null;
  readonly entry: SelectionEntry | null;
  /** Makes the key a list when it is none yet. */
  readonly onFirst: (values: readonly string[]) => void;
}

/** One pattern: matched live while it is typed, Python's message where it is wrong. */
export function PatternField({ selector, index, value, entry, onFirst }: PatternFieldProps) {
  const card = useCard();
  const { setDraft } = useActions();
  const { set, remove } = useValueEditor();
  const preview = useDerived(selectPreview);
  const drafted =
    preview && preview.draft.subConfigId === card.id && preview.draft.key === selector && preview.draft.index === index
      ? preview
      : null;
  const name = `Pattern ${index + 1} of ${selector}, sub-config ${card.number}`;
  const problem = problemOf(drafted, entry);

  const change = (pattern: string) => {
    if (value === null) onFirst([pattern]);
    else set([selector, index], pattern);
    setDraft({ subConfigId: card.id, key: selector, index, pattern });
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      setDraft(null);
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      focusNextField(event.currentTarget);
    } else if (event.key === 'Backspace' && value === '') {
      event.preventDefault();
      setDraft(null);
      remove([selector, index]);
    }
  };

  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1">
          {problem?.position != null && value !== null && <ErrorUnderline pattern={value} position={problem.position} />}
          <input
            type="text"
            value={value ?? ''}
            aria-label={name}
            aria-invalid={problem?.kind === 'invalid' || undefined}
            spellCheck={false}
            autoComplete="off"
            placeholder="Add a pattern, e.g. layer1\..*conv"
            data-field={`${selector}.${index}`}
            onChange={(event) => change(event.target.value)}
            onFocus={() => {
              if (value !== null) setDraft({ subConfigId: card.id, key: selector, index, pattern: value });
            }}
            onBlur={() => setDraft(null)}
            onKeyDown={press}
            onPaste={(event) => {
              const lines = splitPasted(event.clipboardData.getData('text/plain'));
              if (value !== null || lines.length < 2) return;
              event.preventDefault();
              onFirst(lines);
            }}
            className={`relative h-7 w-full rounded border bg-transparent px-2 font-mono text-[12.5px] ${problem?.kind === 'invalid' ? 'border-refused' : 'border-line'} ${value === null ? 'border-dashed' : ''}`}
          />
        </div>
        <EntryCount entry={entry} previewed={drafted?.shown && !drafted.invalid ? drafted.shown.count : null} />
        {value !== null ? (
          <IconButton
            size="small"
            label={`Remove ${name.toLowerCase()}`}
            icon={<X size={12} />}
            onClick={() => remove([selector, index])}
          />
        ) : (
          <span className="w-6 shrink-0" />
        )}
      </div>
      {problem && value !== null && (
        <p role="status" className={`px-2 text-xs ${problem.kind === 'invalid' ? 'text-refused' : 'text-later'}`}>
          {problem.text}
        </p>
      )}
    </div>
  );
}

interface FieldProblem {
  readonly kind: 'invalid' | 'slow';
  readonly text: string;
  /** In code points. */
  readonly position: number | null;
}

function problemOf(drafted: DerivedState['preview'], entry: SelectionEntry | null): FieldProblem | null {
  if (drafted?.invalid) {
    const { type, message, position } = drafted.invalid.error;
    return { kind: 'invalid', text: `${type}: ${message}`, position };
  }
  const seconds = drafted?.shown?.slowSeconds ?? (entry?.state.type === 'slow' ? entry.state.seconds : null);
  if (seconds !== null) return { kind: 'slow', text: `Python would hang on this for ${wordSeconds(seconds)}.`, position: null };
  if (drafted === null && entry?.state.type === 'invalid') {
    return { kind: 'invalid', text: entry.state.message, position: entry.state.position };
  }
  return null;
}

/** `90` → `about 2 minutes`. */
export function wordSeconds(seconds: number): string {
  const steps = [
    [31_557_600, 'year'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  for (const [size, unit] of steps) {
    if (seconds < size) continue;
    const count = seconds / size;
    return count > 1000 && unit === 'year' ? 'thousands of years' : `about ${formatQuantity(Math.round(count), unit)}`;
  }
  return 'a moment on each name';
}

/** What an entry hits, at the right of its field. */
export function EntryCount({ entry, previewed }: { readonly entry: SelectionEntry | null; readonly previewed: number | null }) {
  const count = previewed ?? (entry && entry.state.type !== 'invalid' ? entry.count : null);
  return (
    <span
      className={`w-14 shrink-0 text-right font-mono text-xs ${count === 0 ? 'text-silent' : 'text-muted'}`}
      title={count === null ? undefined : `Hits ${formatQuantity(count, 'module')} on its own`}
    >
      {count === null ? '' : formatCount(count)}
    </span>
  );
}

/** A wavy line under the character at which Python stops; drawn behind the transparent field. */
function ErrorUnderline({ pattern, position }: { readonly pattern: string; readonly position: number }) {
  const at = codePointToUnit(pattern, position);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden border border-transparent px-2 font-mono text-[12.5px] leading-[26px] whitespace-pre text-transparent"
    >
      {pattern.slice(0, at)}
      <span className="bg-refused-soft underline decoration-refused decoration-wavy underline-offset-4">
        {pattern.slice(at, at + 1) || ' '}
      </span>
    </div>
  );
}

function focusNextField(field: HTMLElement): void {
  const fields = [...(field.closest('[data-selector]')?.querySelectorAll<HTMLElement>('input[type=text]') ?? [])];
  fields[fields.indexOf(field) + 1]?.focus();
}
