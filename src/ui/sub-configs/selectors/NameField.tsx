import { X } from 'lucide-react';
import { useState } from 'react';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import { IconButton } from '../../shared/Button.tsx';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useFieldFindings, useValueEditor } from '../card/card-context.ts';
import { Combobox } from '../../shared/Combobox.tsx';
import { findEntry } from './entries.ts';
import { EntryCount } from './EntryCount.tsx';
import { fieldId } from '../card/finding-places.ts';
import { focusNextField, focusPreviousField } from './focus-fields.ts';
import type { OptionSource } from '../../shared/use-completions.ts';

export interface EntryFieldProps {
  readonly selector: SelectorKey;
  readonly index: number;
  /** `null` for the empty field behind the last entry. */
  readonly value: string | null;
  /** Appends entries. */
  readonly onAdd: (values: readonly string[]) => void;
}

const moduleNames: OptionSource = { type: 'names', role: 'student' };

/** One full name of a module, completed from the model. */
export function NameField({ selector, index, value, onAdd }: EntryFieldProps) {
  const card = useCard();
  const { set, remove } = useValueEditor();
  const [typed, setTyped] = useState('');
  const path = [selector, index];
  const findings = useFieldFindings(path);
  const name = `Name ${index + 1} of ${selector}, sub-config ${card.number}`;
  const entry = findEntry(card.view, selector, index, value);
  const unknown = entry?.state.type === 'unknown';
  const take = (wanted: string) => {
    setTyped('');
    if (value !== null) set(path, wanted);
    else if (wanted.trim() !== '') onAdd([wanted]);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-1">
        <Combobox
          label={name}
          text={value ?? typed}
          source={moduleNames}
          onText={value === null ? setTyped : (text) => set(path, text)}
          onChoose={take}
          onEnter={(field) => {
            if (value === null) take(typed);
            else focusNextField(field);
          }}
          onErase={(field) => {
            focusPreviousField(field);
            if (value !== null) remove(path);
          }}
          onLeave={() => {
            if (value === null) take(typed);
          }}
          {...(value === null ? { onPasteLines: onAdd } : {})}
          placeholder="Add a module name"
          field={fieldId(path)}
          look={value === null ? 'dashed' : 'solid'}
          flagged={unknown}
        />
        <EntryCount entry={entry} />
        {value === null ? (
          <span className="w-6 shrink-0" />
        ) : (
          <IconButton
            size="small"
            label={`Remove ${name.toLowerCase()}`}
            icon={<X size={12} />}
            onClick={() => remove(path)}
          />
        )}
      </div>
      {findings.length > 0 ? (
        <FieldFindings path={path} />
      ) : (
        unknown && <p className="px-2 text-xs text-silent">Not in this model.</p>
      )}
    </div>
  );
}
