import { useId } from 'react';
import type { Hole } from '../../core/script/read-script.ts';
import { lineAt } from '../../core/script/run/run.ts';
import { Button } from '../shared/Button.tsx';
import { wordHole } from './import-wording.ts';

/** Fields for the values that a script does not decide. `values` holds the Python literals typed so far, by expression. */
export function ScriptHoles({ source, holes, values, onChange }: {
  readonly source: string;
  readonly holes: readonly Pick<Hole, 'root' | 'paths'>[];
  readonly values: ReadonlyMap<string, string>;
  readonly onChange: (key: string, value: string) => void;
}) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 rounded border border-line p-2">
      <legend className="px-1 font-medium">Values that the script leaves open</legend>
      {holes.map((hole, at) => {
        const { key, from, suggestion } = hole.root;
        const field = `${id}-${at}`;
        return (
          <div key={key} className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-2 sm:grid-cols-[minmax(8rem,14rem)_minmax(0,1fr)]">
            <label htmlFor={field} className="truncate font-mono text-xs" title={key}>
              {key}
            </label>
            <span className="flex items-center gap-2">
              <input
                id={field}
                value={values.get(key) ?? ''}
                placeholder={suggestion ?? "0.5, 'text', ['a', 'b'] or True"}
                spellCheck={false}
                aria-describedby={`${field}-why`}
                onChange={(event) => onChange(key, event.target.value)}
                className="h-7 min-w-0 flex-1 rounded border border-line-strong bg-surface px-2 font-mono text-xs"
              />
              {suggestion !== null && !values.has(key) && (
                <Button size="small" onClick={() => onChange(key, suggestion)}>
                  Use {suggestion}
                </Button>
              )}
            </span>
            <span className="max-sm:hidden" />
            <span id={`${field}-why`} className="text-xs text-muted">
              {wordHole(hole, lineAt(source, from))}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
