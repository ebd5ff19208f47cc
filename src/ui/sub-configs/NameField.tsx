import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { SelectionEntry, SelectorKey } from '../../core/resolve/resolution.ts';
import { IconButton } from '../shared/Button.tsx';
import { useCard, useValueEditor } from './card-context.ts';
import { splitPasted } from './entries.ts';
import { EntryCount } from './PatternField.tsx';
import { useCompletions } from './use-completions.ts';

export interface NameFieldProps {
  readonly selector: SelectorKey;
  readonly index: number;
  /** `null` for the empty field behind the last entry. */
  readonly value: string | null;
  readonly entry: SelectionEntry | null;
  readonly onFirst: (values: readonly string[]) => void;
}

/** One name or type, completed from the model. */
export function NameField({ selector, index, value, entry, onFirst }: NameFieldProps) {
  const card = useCard();
  const { set, remove } = useValueEditor();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const isType = selector.endsWith('types');
  const text = value ?? typed;
  const options = useCompletions(isType ? 'types' : 'names', text);
  const noun = isType ? 'Type' : 'Name';
  const name = `${noun} ${index + 1} of ${selector}, sub-config ${card.number}`;
  const unknown = value !== null && entry?.state.type === 'unknown';

  const take = (wanted: string) => {
    if (wanted.trim() === '') return;
    onFirst([wanted]);
    setTyped('');
  };

  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-1">
        <input
          type="text"
          value={text}
          list={listId}
          aria-label={name}
          spellCheck={false}
          autoComplete="off"
          placeholder={isType ? 'Add a type, e.g. Linear' : 'Add a module name'}
          data-field={`${selector}.${index}`}
          onChange={(event) => {
            const wanted = event.target.value;
            if (value !== null) set([selector, index], wanted);
            else if (options.some((option) => option.value === wanted)) take(wanted);
            else setTyped(wanted);
          }}
          onBlur={() => {
            if (value === null) take(typed);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && value === null) take(typed);
            if (event.key === 'Backspace' && value === '') {
              event.preventDefault();
              remove([selector, index]);
            }
          }}
          onPaste={(event) => {
            const lines = splitPasted(event.clipboardData.getData('text/plain'));
            if (value !== null || lines.length < 2) return;
            event.preventDefault();
            onFirst(lines);
          }}
          className={`h-7 min-w-0 flex-1 rounded border bg-transparent px-2 font-mono text-[12.5px] ${unknown ? 'border-silent' : 'border-line'} ${value === null ? 'border-dashed' : ''}`}
        />
        <datalist id={listId}>
          {options.map((option) => (
            <option key={option.value} value={option.value} label={option.hint} />
          ))}
        </datalist>
        <EntryCount entry={value === null ? null : entry} previewed={null} />
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
      {unknown && (
        <p className="px-2 text-xs text-silent">
          {isType ? 'No module of the model has this type.' : 'The model has no module of this name.'}
        </p>
      )}
    </div>
  );
}
