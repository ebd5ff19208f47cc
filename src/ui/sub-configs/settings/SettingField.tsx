import { X } from 'lucide-react';
import { getAt } from '../../../core/config/list-edits.ts';
import { findSettingKey, type SettingKey } from '../../../core/config/setting-keys.ts';
import { isConfigNumber, type ConfigValue, type KeyPath } from '../../../core/config/value.ts';
import { IconButton } from '../../shared/Button.tsx';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { FieldRow, type KeyHelp } from './FieldRow.tsx';
import { AlignField } from './fields/AlignField.tsx';
import { ChoiceField } from './fields/ChoiceField.tsx';
import { DtypeField } from './fields/DtypeField.tsx';
import type { TypedFieldProps } from './fields/typed-field.ts';
import { FuseField } from './fields/FuseField.tsx';
import { GranularityField } from './fields/GranularityField.tsx';
import { GroupField } from './fields/GroupField.tsx';
import { LinkField } from './fields/LinkField.tsx';
import { NumberField, RatioField } from './fields/NumberFields.tsx';
import { hasField } from './has-field.ts';
import { RawField } from './RawField.tsx';
import { useKeyNotes } from './use-key-notes.ts';

const unknownKey: KeyHelp = { meaning: 'Not a key of this mode. It is kept as it is, but NNI refuses it.' };

/** The field made for a setting key, or its JSON where the value is of another kind. */
export function SettingField({ path }: { readonly path: KeyPath }) {
  const { mode, cardName, config } = useCard();
  const { remove } = useValueEditor();
  const key = String(path.at(-1));
  const entry = findSettingKey(mode, key);
  const value = getAt(config, path);
  const label = path.length > 1 ? `${key} of ${path[path.length - 2]}` : key;
  const { notes, remark } = useKeyNotes(path);
  return (
    <FieldRow
      label={key}
      help={entry ? { ...entry, notes } : unknownKey}
      path={path}
      action={<IconButton size="small" label={`Remove ${label}, ${cardName}`} icon={<X size={12} />} onClick={() => remove(path)} />}
    >
      {entry && value !== undefined && hasField(entry, value) ? (
        <TypedField entry={entry} path={path} value={value} label={`${label}, ${cardName}`} />
      ) : (
        <RawValue entry={entry} path={path} value={value} label={label} />
      )}
      {remark !== null && <p className="text-xs text-muted">{remark}</p>}
    </FieldRow>
  );
}

function RawValue({ entry, path, value, label }: {
  readonly entry: SettingKey | undefined;
  readonly path: KeyPath;
  readonly value: ConfigValue | undefined;
  readonly label: string;
}) {
  const { config } = useCard();
  const isOdd = entry !== undefined && !isConfigNumber(value);
  return (
    <>
      <RawField path={path} config={config} label={label} />
      {isOdd && <p className="text-xs text-muted">NNI accepts {entry.accepts}.</p>}
    </>
  );
}

function TypedField(props: TypedFieldProps) {
  switch (props.entry.kind) {
    case 'ratio':
      return <RatioField {...props} />;
    case 'float':
    case 'int':
      return <NumberField {...props} />;
    case 'group':
      return <GroupField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
    case 'granularity':
      return <GranularityField {...props} />;
    case 'align':
      return <AlignField {...props} />;
    case 'quant-dtype':
      return <DtypeField {...props} />;
    case 'fuse-names':
      return <FuseField {...props} />;
    case 'link':
      return <LinkField {...props} />;
  }
}
