import { useId, useState } from 'react';
import { floatOf, isConfigList, isConfigNumber, numberOf, type ConfigNumber, type ConfigValue } from '../../core/config/value.ts';
import type { DocumentState } from '../../store/document-store.ts';
import { useDocument } from '../shared/use-app.ts';
import { useCard, useValueEditor } from './card-context.ts';
import { groupIdsIn } from './group-ids.ts';
import { parseFloatText, parseIntList, parseIntText, rangeOfDtype } from './number-text.ts';
import type { TypedFieldProps } from './SettingField.tsx';

const box = 'h-7 rounded border border-line bg-transparent px-2 font-mono text-[12.5px] aria-invalid:border-refused';

/** A text field over a value that not every text stands for: what is typed stays until it is left. */
function ParsedText({ label, written, parse, onValue, className = 'w-full', list, placeholder }: {
  readonly label: string;
  readonly written: string;
  readonly parse: (text: string) => ConfigValue | null;
  readonly onValue: (value: ConfigValue) => void;
  readonly className?: string;
  readonly list?: string;
  readonly placeholder?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const invalid = typed !== null && parse(typed) === null;
  return (
    <input
      type="text"
      value={typed ?? written}
      aria-label={label}
      aria-invalid={invalid || undefined}
      list={list}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => {
        setTyped(event.target.value);
        const value = parse(event.target.value);
        if (value !== null) onValue(value);
      }}
      onBlur={() => setTyped(null)}
      className={`${box} ${className}`}
    />
  );
}

function textOf(value: ConfigValue): string {
  if (isConfigNumber(value)) return value.text;
  if (isConfigList(value)) return `[${value.map(textOf).join(', ')}]`;
  return typeof value === 'string' ? value : '';
}

export function RatioField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const number = isConfigNumber(value) ? numberOf(value) : 0;
  return (
    <div className="flex items-center gap-2">
      <input
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={Math.max(0, Math.min(1, number))}
        aria-label={`Slider of ${label}`}
        onChange={(event) => set(path, floatOf(Number(event.target.value)))}
        className="min-w-0 flex-1 accent-inverse"
      />
      <ParsedText
        label={label}
        written={textOf(value)}
        parse={parseFloatText}
        onValue={(parsed) => set(path, parsed)}
        className="w-20 text-right"
      />
    </div>
  );
}

export function NumberField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const parse = (text: string): ConfigNumber | null => {
    if (entry.kind === 'int') return parseIntText(text);
    return entry.kind === 'number' ? (parseIntText(text) ?? parseFloatText(text)) : parseFloatText(text);
  };
  return <ParsedText label={label} written={textOf(value)} parse={parse} onValue={(parsed) => set(path, parsed)} />;
}

const selectLists = (state: DocumentState) => state.history.present.lists;

/** A group id, completed from those in use. */
export function TextField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const { mode } = useCard();
  const list = useDocument(selectLists)[mode];
  const id = useId();
  return (
    <>
      <ParsedText
        label={label}
        written={textOf(value)}
        parse={(text) => (text === '' ? null : (parseIntText(text) ?? text))}
        onValue={(parsed) => set(path, parsed)}
        list={id}
      />
      <datalist id={id}>
        {groupIdsIn(list, entry.key).map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
    </>
  );
}

export function ChoiceField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const choices = entry.choices ?? [];
  const written = typeof value === 'string' ? value : '';
  return (
    <select
      value={written}
      aria-label={label}
      onChange={(event) => set(path, event.target.value)}
      className={`${box} w-full`}
    >
      {!choices.includes(written) && <option value={written}>{written} (not known)</option>}
      {choices.map((choice) => (
        <option key={choice}>{choice}</option>
      ))}
    </select>
  );
}

const blockChoice = 'block';

export function GranularityField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const isBlock = isConfigList(value);
  const written = typeof value === 'string' ? value : blockChoice;
  const choices = entry.choices ?? [];
  return (
    <div className="flex gap-2">
      <select
        value={written}
        aria-label={label}
        onChange={(event) =>
          set(path, event.target.value === blockChoice ? [1, 1].map((size) => ({ type: 'int', text: String(size) })) : event.target.value)
        }
        className={`${box} min-w-0 flex-1`}
      >
        {!isBlock && !choices.includes(written) && <option value={written}>{written} (not known)</option>}
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
        <option value={blockChoice}>block of sizes</option>
      </select>
      {isBlock && (
        <ParsedText
          label={`Block sizes of ${label}`}
          written={textOf(value)}
          parse={parseIntList}
          onValue={(parsed) => set(path, parsed)}
          className="w-32"
        />
      )}
    </div>
  );
}

export function DtypeField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const written = typeof value === 'string' ? value : 'int8';
  const parts = /^(u?int)(\d*)$/.exec(written);
  const range = rangeOfDtype(written);
  return (
    <div className="flex items-center gap-2">
      <select
        value={value === null ? 'null' : (parts?.[1] ?? written)}
        aria-label={`Kind of ${label}`}
        onChange={(event) => set(path, event.target.value === 'null' ? null : `${event.target.value}${parts?.[2] || '8'}`)}
        className={`${box} min-w-0 flex-1`}
      >
        <option value="int">int</option>
        <option value="uint">uint</option>
        <option value="null">null (int8)</option>
        {!parts && value !== null && <option value={written}>{written} (not known)</option>}
      </select>
      {value !== null && (
        <ParsedText
          label={label}
          written={written}
          parse={(text) => (/^\s*$/.test(text) ? null : text.trim())}
          onValue={(parsed) => set(path, parsed)}
          className="w-20"
        />
      )}
      <span className="shrink-0 font-mono text-xs text-muted" title="Smallest and largest value">
        {range ? `${range.least} … ${range.most}` : ''}
      </span>
    </div>
  );
}

/** Groups of names, one a line. */
export function FuseField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const written = isConfigList(value) ? value.map((group) => (isConfigList(group) ? group.map(textOf).join(', ') : '')).join('\n') : '';
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <textarea
      rows={Math.min(6, (typed ?? written).split('\n').length + 1)}
      value={typed ?? written}
      aria-label={label}
      spellCheck={false}
      placeholder="conv1, bn1, relu (one group a line)"
      onChange={(event) => {
        setTyped(event.target.value);
        set(path, groupsOf(event.target.value));
      }}
      onBlur={() => setTyped(null)}
      className="w-full resize-y rounded border border-line bg-transparent px-2 py-1 font-mono text-[12.5px]"
    />
  );
}

function groupsOf(text: string): ConfigValue {
  return text
    .split('\n')
    .map(namesOf)
    .filter((names) => names.length > 0);
}

function namesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

export function LinkField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  return (
    <ParsedText
      label={label}
      written={isConfigList(value) ? value.map(textOf).join(', ') : textOf(value)}
      placeholder="auto, or a module of the teacher"
      parse={(text) => {
        const names = namesOf(text);
        return names.length === 0 ? null : names.length === 1 ? names[0]! : names;
      }}
      onValue={(parsed) => set(path, parsed)}
    />
  );
}
