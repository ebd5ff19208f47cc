import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../shared/Button.tsx';
import type { Finding } from '../../../core/checks/finding.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { useAfterPress } from '../../shared/use-after-press.ts';
import { useActions, useDerived, useDocument, useStores } from '../../shared/use-app.ts';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useFieldFindings, useValueEditor } from '../card/card-context.ts';
import { splitPasted } from '../../shared/split-pasted.ts';
import { findEntry } from './entries.ts';
import { fieldId } from '../card/finding-places.ts';
import { focusNextField, focusPreviousField } from './focus-fields.ts';
import type { EntryFieldProps } from './NameField.tsx';
import { patternProblem } from './pattern-problem.ts';
import { PatternAbout } from './PatternAbout.tsx';
import { PatternBox } from './PatternBox.tsx';
import { PatternLine } from './PatternLine.tsx';
import { useEntryText } from '../card/use-card-state.ts';
import { usePatternAbout } from './use-pattern-about.ts';
import { usePatternFacts } from './use-pattern-facts.ts';

/** With more sub-configs than this only the pattern with the focus is looked at closely: each costs the engine a sweep. */
const describedAtMost = 24;

const removeIcon = <X size={12} />;

/** One pattern across the card: matched live while it is typed, Python's message where it is wrong. */
export function PatternField({ selector, index, onAdd, onNext, onRemove }: Omit<EntryFieldProps, 'value'>) {
  const card = useCard();
  const value = useEntryText(card, selector, index);
  const { setDraft } = useActions();
  const { set } = useValueEditor();
  const path = [selector, index];
  const findings = useFieldFindings(path);
  const select = ({ preview }: DerivedState) => {
    const draft = preview?.draft;
    return draft?.subConfigId === card.id && draft.key === selector && draft.index === index ? preview : null;
  };
  const preview = useDerived(select);
  const name = `Pattern ${index + 1} of ${selector}, sub-config ${card.number}`;
  const entry = findEntry(card.view, selector, index, value);
  // An answer on the text of before may be late by seconds: then it would be about a pattern that is gone.
  const answer = preview?.draft.pattern === value || preview?.invalid ? preview : null;
  const problem = value === null ? null : patternProblem(answer, entry);

  const isToldAbove = ({ code }: Finding) =>
    (isFocused && code === problem?.findingCode) || (isInside && code === 'entry-without-hit');

  const { view } = useStores();
  const leave = useEffectEvent(() => {
    const typed = view.getState().draft;
    if (typed?.subConfigId === card.id && typed.key === selector && typed.index === index) setDraft(null);
  });
  // A field that is removed with its card reports no loss of focus.
  useEffect(() => () => leave(), []);

  // The same elements at every letter: React passes them over.
  const removal = useMemo(
    () => (
      <IconButton
        size="small"
        label={`Remove ${name.toLowerCase()}`}
        icon={removeIcon}
        onClick={() => {
          setDraft(null);
          onRemove(index);
        }}
      />
    ),
    [name, index, setDraft, onRemove],
  );
  const draft = (pattern: string) => setDraft({ subConfigId: card.id, key: selector, index, pattern });
  const whole = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  /** Emptied since the field was entered: left like this, it is no pattern, while one that came empty matches every name. */
  const isEmptied = useRef(false);
  const afterPress = useAfterPress();
  const isShort = useDocument((state) => state.history.present.lists[card.mode].length <= describedAtMost);
  const facts = usePatternFacts(isFocused || isShort ? value : null);
  const isInside = entry?.count === 0 && facts !== null && facts.inside.count > 0;
  const about = usePatternAbout();
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'F1' && event.altKey && value !== null) {
      event.preventDefault();
      about.setState(about.state === 'open' ? 'closed' : 'open');
    } else if (event.key === 'Escape') {
      // The first Escape closes the explanation.
      if (about.state !== 'open') event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!focusNextField(event.currentTarget)) onNext();
    } else if (event.key === 'Backspace' && (value ?? '') === '') {
      event.preventDefault();
      isEmptied.current = false;
      focusPreviousField(event.currentTarget);
      onRemove(index);
    }
  };

  return (
    <div
      ref={whole}
      className="flex flex-col gap-0.5"
      onPointerDown={({ target }) => {
        // Its own button removes the pattern itself.
        if (target instanceof Element && target.closest('button')) isEmptied.current = false;
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        const isNear = currentTarget.closest('[data-selector]')?.contains(relatedTarget) ?? false;
        // The focus that only goes to another window comes back.
        if (value !== '' || !isEmptied.current || isNear || !document.hasFocus()) return;
        afterPress(() => {
          const field = currentTarget.querySelector('textarea');
          if (field?.value === '' && field !== document.activeElement) onRemove(index);
        });
      }}
    >
      <PatternBox
        text={value ?? ''}
        name={name}
        wrongAt={problem?.type === 'invalid' ? problem.position : null}
        isInvalid={problem?.type === 'invalid'}
        isNew={value === null}
        data-field={fieldId(path)}
        {...about.handlers}
        onChange={(event) => {
          const text = event.target.value.replaceAll(/[\r\n]+/g, '');
          isEmptied.current = text === '';
          // The engine is asked first: it looks while the page takes the letter in.
          draft(text);
          if (value === null) onAdd([text]);
          else set(path, text);
        }}
        onFocus={() => {
          about.leave();
          isEmptied.current = false;
          setFocused(true);
          if (value !== null) draft(value);
        }}
        onBlur={() => {
          setFocused(false);
          setDraft(null);
          if (value === null) onRemove(index);
        }}
        onKeyDown={press}
        onPaste={(event) => {
          const lines = splitPasted(event.clipboardData.getData('text/plain'));
          if (value !== null || lines.length < 2) return;
          event.preventDefault();
          onAdd(lines);
        }}
      >
        {value !== null && removal}
      </PatternBox>
      {value !== null && (
        <PatternLine
          path={path}
          pattern={value}
          entry={entry}
          preview={preview}
          problem={problem}
          facts={facts}
          isFocused={isFocused}
          onExplain={() => about.setState('open')}
          about={
            <PatternAbout
              name={name.charAt(0).toLowerCase() + name.slice(1)}
              pattern={value}
              anchor={whole}
              state={about.state}
              onState={about.setState}
            />
          }
        />
      )}
      <FieldFindings path={path} without={findings.find(isToldAbove)} />
    </div>
  );
}
