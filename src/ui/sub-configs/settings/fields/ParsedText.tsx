import { useState } from 'react';
import type { ConfigValue } from '../../../../core/config/value.ts';
import { undoTyped } from '../../selectors/undo-typed.ts';

/** The look of a one-line field in a card. */
export const fieldBox =
  'h-7 min-w-0 rounded border border-line bg-transparent px-2 font-mono text-[12.5px] aria-invalid:border-refused';

/** A text field for a parsed value. Text that cannot be parsed stays until blur and is not written. */
export function ParsedText({ label, written, parse, onValue, className = 'w-full', placeholder, field, description }: {
  readonly label: string;
  readonly written: string;
  readonly parse: (text: string) => ConfigValue | null;
  readonly onValue: (value: ConfigValue) => void;
  readonly className?: string;
  readonly placeholder?: string;
  readonly field?: string;
  /** The accepted values in words; shown while the text is not one of them. */
  readonly description: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const invalid = typed !== null && parse(typed) === null;
  return (
    <>
      <input
        type="text"
        value={typed ?? written}
        aria-label={label}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        title={invalid ? `Not written: ${description} is wanted.` : undefined}
        data-field={field}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          const value = parse(event.target.value);
          if (value !== null) onValue(value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setTyped(null);
          if (event.key === 'Escape') event.currentTarget.blur();
          undoTyped(event, { isWritten: !invalid }, () => setTyped(null));
        }}
        onBlur={() => setTyped(null)}
        className={`${fieldBox} ${className}`}
      />
      {invalid && (
        <span role="status" className="sr-only">
          Not written: {description} is wanted.
        </span>
      )}
    </>
  );
}
