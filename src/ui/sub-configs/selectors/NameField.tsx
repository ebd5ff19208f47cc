import { X } from 'lucide-react';
import { useState } from 'react';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import { IconButton } from '../../shared/Button.tsx';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useFieldFindings, useValueEditor } from '../card/card-context.ts';
import { Combobox } from '../../shared/Combobox.tsx';
import { wholeField, WholeText } from '../../shared/WholeText.tsx';
import { findEntry } from './entries.ts';
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
  /** Goes on behind the last entry: an empty field comes there. */
  readonly onNext: () => void;
  /** Takes the entry away; of the empty field, the field. */
  readonly onRemove: (index: number) => void;
}

const moduleNames: OptionSource = { type: 'names', role: 'student' };

/** One full name of a module, completed from the model. */
export function NameField({ selector, index, value, onAdd, onNext, onRemove }: EntryFieldProps) {
  const card = useCard();
  const { set } = useValueEditor();
  const [typed, setTyped] = useState('');
  const path = [selector, index];
  const findings = useFieldFindings(path);
  const name = `Name ${index + 1} of ${selector}, sub-config ${card.number}`;
  const unknown = findEntry(card.view, selector, index, value)?.state.type === 'unknown';
  const take = (wanted: string) => {
    setTyped('');
    if (value !== null) set(path, wanted);
    else if (wanted.trim() !== '') onAdd([wanted]);
  };
  return (
    <div className="flex flex-col gap-0.5">
      <div className="relative flex items-center">
        <WholeText text={value ?? ''} hasButton>
          <Combobox
            label={name}
            text={value ?? typed}
            source={moduleNames}
            onText={value === null ? setTyped : (text) => set(path, text)}
            onChoose={take}
            onEnter={(field) => {
              if (value === null) take(typed);
              if (!focusNextField(field)) onNext();
            }}
            onErase={(field) => {
              focusPreviousField(field);
              onRemove(index);
            }}
            onLeave={() => {
              if (value !== null) return;
              if (typed.trim() === '') onRemove(index);
              else take(typed);
            }}
            {...(value === null ? { onPasteLines: onAdd } : {})}
            takesFirst
            placeholder={value === null ? 'Add a module name' : 'Empty: the model itself, (root)'}
            field={fieldId(path)}
            look={value === null ? 'dashed' : 'solid'}
            flagged={unknown}
            className={value === null ? 'w-full' : `${wholeField} pr-7`}
          />
        </WholeText>
        {value !== null && (
          <span className="absolute right-0.5 flex rounded bg-surface">
            <IconButton
              size="small"
              label={`Remove ${name.toLowerCase()}`}
              icon={<X size={12} />}
              onClick={() => onRemove(index)}
            />
          </span>
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
