import type { ReactNode } from 'react';
import { commonKeys } from '../../core/config/setting-keys.ts';
import type { ConfigObject } from '../../core/config/value.ts';
import type { SelectionEntry, SelectorKey } from '../../core/resolve/resolution.ts';
import { useValueEditor } from './card-context.ts';
import { selectorValue } from './entries.ts';
import { NameField } from './NameField.tsx';
import { PatternField } from './PatternField.tsx';
import { RawField } from './RawField.tsx';

const meanings = new Map<string, string>(commonKeys.map(({ key, meaning }) => [key, meaning]));

/** A label at the left, its fields at the right. */
export function FieldRow({ label, meaning, children }: {
  readonly label: string;
  readonly meaning: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[8.5rem_1fr] items-start gap-2">
      <span className="truncate pt-1 font-mono text-xs leading-5 text-muted" title={meaning}>
        {label}
      </span>
      <div className="flex min-w-0 flex-col gap-1">{children}</div>
    </div>
  );
}

/** One of the six selectors with all its entries and an empty field behind them. */
export function SelectorSection({ config, selector, entries }: {
  readonly config: ConfigObject;
  readonly selector: SelectorKey;
  /** What the engine says of the entries of this sub-config; empty while it is off. */
  readonly entries: readonly SelectionEntry[];
}) {
  const { set } = useValueEditor();
  const value = selectorValue(config, selector);
  const label = selector.replace('exclude_', '');
  if (value.type === 'other') {
    return (
      <FieldRow label={label} meaning={meanings.get(selector) ?? ''}>
        <RawField path={[selector]} config={config} label={selector} />
      </FieldRow>
    );
  }
  const written = value.type === 'entries' ? value.entries : [];
  const Field = selector.endsWith('_re') ? PatternField : NameField;
  const add = (values: readonly string[]) => set([selector], [...written, ...values]);
  return (
    <FieldRow label={label} meaning={meanings.get(selector) ?? ''}>
      <div data-selector={selector} className="flex flex-col gap-1">
        {[...written, null].map((text, index) => (
          <Field
            key={index}
            selector={selector}
            index={index}
            value={text}
            entry={entries.find((entry) => entry.key === selector && entry.index === index) ?? null}
            onFirst={add}
          />
        ))}
      </div>
    </FieldRow>
  );
}
