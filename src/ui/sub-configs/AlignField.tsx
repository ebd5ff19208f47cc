import { useId } from 'react';
import { getKey, isConfigList, isConfigNumber, isConfigObject } from '../../core/config/value.ts';
import { useValueEditor } from './card-context.ts';
import { parseIntList } from './number-text.ts';
import type { TypedFieldProps } from './SettingField.tsx';
import { useCompletions } from './use-completions.ts';

const box = 'h-7 min-w-0 flex-1 rounded border border-line bg-transparent px-2 font-mono text-[12.5px]';

/** Whose mask is followed: a module (this one when empty), its target, and the dimensions. */
export function AlignField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const id = useId();
  const object = isConfigObject(value) ? value : null;
  const module = object ? getKey(object, 'module_name') : undefined;
  const target = object ? getKey(object, 'target_name') : undefined;
  const dims = object ? getKey(object, 'dims') : undefined;
  const moduleText = typeof module === 'string' ? module : '';
  const options = useCompletions('names', moduleText);
  return (
    <div className="flex flex-col gap-1">
      <label className="flex items-center gap-2 text-xs text-muted">
        <span className="w-16 shrink-0">module</span>
        <input
          type="text"
          value={moduleText}
          list={id}
          aria-label={`Module of ${label}`}
          placeholder="this module"
          spellCheck={false}
          onChange={(event) => set([...path, 'module_name'], event.target.value === '' ? null : event.target.value)}
          className={`${box} text-text`}
        />
        <datalist id={id}>
          {options.map((option) => (
            <option key={option.value} value={option.value} />
          ))}
        </datalist>
      </label>
      <label className="flex items-center gap-2 text-xs text-muted">
        <span className="w-16 shrink-0">target</span>
        <input
          type="text"
          value={typeof target === 'string' ? target : ''}
          aria-label={`Target of ${label}`}
          spellCheck={false}
          onChange={(event) => set([...path, 'target_name'], event.target.value)}
          className={`${box} text-text`}
        />
        <span className="shrink-0">dims</span>
        <input
          type="text"
          defaultValue={isConfigList(dims) ? dims.map((dim) => (isConfigNumber(dim) ? dim.text : '')).join(', ') : ''}
          aria-label={`Dims of ${label}`}
          spellCheck={false}
          onChange={(event) => {
            const parsed = parseIntList(event.target.value);
            if (parsed) set([...path, 'dims'], parsed);
          }}
          className={`${box} max-w-20 text-text`}
        />
      </label>
    </div>
  );
}
