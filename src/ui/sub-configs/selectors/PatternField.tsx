import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../shared/Button.tsx';
import type { DerivedState } from '../../../store/derived-store.ts';
import { useActions, useDerived, useStores } from '../../shared/use-app.ts';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useFieldFindings, useValueEditor } from '../card/card-context.ts';
import { findEntry, splitPasted } from './entries.ts';
import { EntryCount } from './EntryCount.tsx';
import { fieldId } from '../card/finding-places.ts';
import { focusNextField, focusPreviousField } from './focus-fields.ts';
import type { EntryFieldProps } from './NameField.tsx';
import { patternProblem, splitAtProblem } from './pattern-problem.ts';
import { PatternAbout } from './PatternAbout.tsx';
import { useEntryText } from '../card/use-card-state.ts';
import { usePatternAbout } from './use-pattern-about.ts';

/** One pattern: matched live while it is typed, Python's message where it is wrong. */
export function PatternField({ selector, index, onAdd }: Omit<EntryFieldProps, 'value'>) {
  const card = useCard();
  const value = useEntryText(card, selector, index);
  const { setDraft } = useActions();
  const { set, remove } = useValueEditor();
  const path = [selector, index];
  const findings = useFieldFindings(path);
  const select = ({ preview }: DerivedState) => {
    const draft = preview?.draft;
    return draft?.subConfigId === card.id && draft.key === selector && draft.index === index ? preview : null;
  };
  const preview = useDerived(select);
  const name = `Pattern ${index + 1} of ${selector}, sub-config ${card.number}`;
  const entry = findEntry(card.view, selector, index, value);
  // An answer on the text of before may be late by seconds: then it would tell of a pattern that is gone.
  const answer = preview?.draft.pattern === value || preview?.invalid ? preview : null;
  const problem = value === null ? null : patternProblem(answer, entry);
  const [scrolled, setScrolled] = useState(0);
  // While it is typed Python's message is enough; what can be done about it shows afterwards.
  const sameFinding = findings.find(({ code }) => code === problem?.findingCode);
  const isTold = preview === null && sameFinding !== undefined;

  const { view } = useStores();
  const leave = useEffectEvent(() => {
    const typed = view.getState().draft;
    if (typed?.subConfigId === card.id && typed.key === selector && typed.index === index) setDraft(null);
  });
  // A field that is taken away with its card does not tell that it lost the focus.
  useEffect(() => () => leave(), []);

  const draft = (pattern: string) => setDraft({ subConfigId: card.id, key: selector, index, pattern });
  const field = useRef<HTMLInputElement>(null);
  const about = usePatternAbout();
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'F1' && event.altKey && value !== null) {
      event.preventDefault();
      about.setState(about.state === 'open' ? 'closed' : 'open');
    } else if (event.key === 'Escape') {
      // The first Escape closes the explanation.
      if (about.state !== 'open') event.currentTarget.blur();
    } else if (event.key === 'Enter') focusNextField(event.currentTarget);
    else if (event.key === 'Backspace' && (value ?? '') === '') {
      event.preventDefault();
      focusPreviousField(event.currentTarget);
      if (value !== null) remove(path);
    }
  };

  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <div className="relative min-w-0 flex-1 rounded bg-surface">
          {problem?.position != null && value !== null && (
            <WrongCharacter pattern={value} at={problem.position} scrolled={scrolled} />
          )}
          <input
            ref={field}
            type="text"
            {...about.handlers}
            value={value ?? ''}
            aria-label={name}
            aria-invalid={problem?.type === 'invalid' || undefined}
            spellCheck={false}
            autoComplete="off"
            placeholder="Add a pattern"
            data-field={fieldId(path)}
            onChange={(event) => {
              // The engine is asked first: it looks while the page takes the letter in.
              draft(event.target.value);
              if (value === null) onAdd([event.target.value]);
              else set(path, event.target.value);
            }}
            onFocus={() => {
              about.leave();
              if (value !== null) draft(value);
            }}
            onBlur={() => setDraft(null)}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            onKeyDown={press}
            onPaste={(event) => {
              const lines = splitPasted(event.clipboardData.getData('text/plain'));
              if (value !== null || lines.length < 2) return;
              event.preventDefault();
              onAdd(lines);
            }}
            className={`relative h-7 w-full rounded border border-line bg-transparent pl-2 font-mono text-[12.5px] ${value === null ? 'border-dashed pr-2' : 'pr-7'}`}
          />
          {value !== null && (
            <span className="absolute top-0.5 right-0.5">
              <PatternAbout
                name={name.charAt(0).toLowerCase() + name.slice(1)}
                pattern={value}
                field={field}
                state={about.state}
                onState={about.setState}
              />
            </span>
          )}
        </div>
        <EntryCount entry={entry} previewed={preview?.shown && !preview.invalid ? preview.shown.count : null} />
        {value === null ? (
          <span className="w-6 shrink-0" />
        ) : (
          <IconButton
            size="small"
            label={`Remove ${name.toLowerCase()}`}
            icon={<X size={12} />}
            onClick={() => {
              setDraft(null);
              remove(path);
            }}
          />
        )}
      </div>
      {problem && !isTold && (
        <p role="status" className={`px-2 text-xs ${problem.type === 'invalid' ? 'text-refused' : 'text-silent'}`}>
          {problem.text}
        </p>
      )}
      <FieldFindings path={path} without={isTold ? undefined : sameFinding} />
    </div>
  );
}

/** Marks the character at which Python stops; lies behind the text of the field. */
function WrongCharacter({ pattern, at, scrolled }: {
  readonly pattern: string;
  readonly at: number;
  /** How far the field is scrolled to the right. */
  readonly scrolled: number;
}) {
  const [before, wrong] = splitAtProblem(pattern, at);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden border border-transparent forced-color-adjust-none pr-7 pl-2 font-mono text-[12.5px] leading-[26px] whitespace-pre text-transparent"
    >
      <span style={{ marginLeft: -scrolled }}>{before}</span>
      <span className="bg-refused-soft underline decoration-refused forced-colors:bg-transparent forced-colors:decoration-[CanvasText] decoration-wavy underline-offset-4">{wrong}</span>
    </div>
  );
}
