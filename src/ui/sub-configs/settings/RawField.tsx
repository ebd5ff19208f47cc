import { useState } from 'react';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { writeJson } from '../../../core/config/json-writer.ts';
import { getAt } from '../../../core/config/list-edits.ts';
import type { ConfigObject, KeyPath } from '../../../core/config/value.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { fieldId } from '../card/finding-places.ts';
import { undoTyped } from '../selectors/undo-typed.ts';

/** Any value as JSON, where no other field can show it. Text that is not JSON yet stays in the field only. */
export function RawField({ path, config, label }: {
  readonly path: KeyPath;
  readonly config: ConfigObject;
  readonly label: string;
}) {
  const { set } = useValueEditor();
  const { cardName } = useCard();
  const written = writeJson(getAt(config, path) ?? null, { width: 200 });
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? written;
  const lines = text.split('\n').length;
  const read = typed === null ? null : readJsonValue(typed);
  return (
    <>
      <textarea
        rows={Math.min(lines, 8)}
        value={text}
        aria-label={`${label} as JSON, ${cardName}`}
        aria-invalid={read?.ok === false || undefined}
        spellCheck={false}
        data-field={fieldId(path)}
        onChange={(event) => {
          setTyped(event.target.value);
          const value = readJsonValue(event.target.value);
          if (value.ok) set(path, value.value);
        }}
        onKeyDown={(event) => undoTyped(event, { isWritten: read?.ok !== false }, () => setTyped(null))}
        onBlur={() => {
          if (read?.ok !== false) setTyped(null);
        }}
        className="min-h-7 w-full resize-y rounded border border-line bg-transparent px-2 py-0.5 font-mono text-[12.5px] aria-invalid:border-refused"
      />
      {read?.ok === false && (
        <p role="status" className="px-2 text-xs text-refused">
          Not JSON yet, so the value of before stays: {read.error.message}
        </p>
      )}
    </>
  );
}
