import { useId } from 'react';
import { useValueEditor } from '../../card/card-context.ts';
import { fieldId } from '../../card/finding-places.ts';
import type { TypedFieldProps } from './typed-field.ts';

/** A few words to choose from, side by side. */
export function ChoiceField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  return (
    <Segments
      label={label}
      field={fieldId(path)}
      chosen={typeof value === 'string' ? value : null}
      choices={(entry.choices ?? []).map((choice, at) => ({
        value: choice,
        meaning: entry.choiceMeanings?.[at] ?? '',
      }))}
      onChoose={(choice) => set(path, choice)}
    />
  );
}

/** Radio buttons drawn as one bar. */
export function Segments({ label, field, choices, chosen, onChoose }: {
  readonly label: string;
  readonly field: string;
  readonly choices: readonly { readonly value: string; readonly meaning: string }[];
  readonly chosen: string | null;
  readonly onChoose: (value: string) => void;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1">
      {choices.map(({ value, meaning }) => (
        <label
          key={value}
          title={meaning}
          className="flex h-7 items-center rounded border border-line px-2 font-mono text-xs text-muted hover:bg-hover has-checked:border-inverse has-checked:bg-chosen has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            data-field={value === chosen ? field : undefined}
            onChange={() => onChoose(value)}
            className="sr-only"
          />
          {value}
        </label>
      ))}
    </div>
  );
}
