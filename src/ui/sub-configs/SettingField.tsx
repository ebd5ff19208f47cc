import { X } from 'lucide-react';
import { getAt } from '../../core/config/list-edits.ts';
import { findSettingKey, type SettingKey } from '../../core/config/setting-keys.ts';
import { isConfigList, isConfigNumber, isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../../core/config/value.ts';
import { IconButton } from '../shared/Button.tsx';
import { AlignField } from './AlignField.tsx';
import { useCard, useValueEditor } from './card-context.ts';
import { ChoiceField, DtypeField, FuseField, GranularityField, LinkField, NumberField, RatioField, TextField } from './fields.tsx';
import { RawField } from './RawField.tsx';
import { FieldRow } from './SelectorSection.tsx';

/** The field made for a setting key, or its JSON where the value is of another kind. */
export function SettingField({ config, path }: { readonly config: ConfigObject; readonly path: KeyPath }) {
  const card = useCard();
  const { remove } = useValueEditor();
  const key = String(path.at(-1));
  const entry = findSettingKey(card.mode, key);
  const value = getAt(config, path);
  const label = path.length > 1 ? `${key} of ${path.slice(0, -1).at(-1)}` : key;
  const meaning = entry ? `${entry.meaning} Without it: ${entry.fallback}.` : 'A key that Espalier does not know; it is kept as it is.';
  return (
    <FieldRow label={key} meaning={meaning}>
      <div className="flex items-start gap-1">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          {entry && value !== undefined && fits(entry, value) ? (
            <TypedField entry={entry} path={path} value={value} label={`${label}, sub-config ${card.number}`} />
          ) : (
            <RawField path={path} config={config} label={label} />
          )}
        </div>
        <IconButton
          size="small"
          label={`Remove ${label}, sub-config ${card.number}`}
          icon={<X size={12} />}
          onClick={() => remove(path)}
        />
      </div>
    </FieldRow>
  );
}

export interface TypedFieldProps {
  readonly entry: SettingKey;
  readonly path: KeyPath;
  readonly value: ConfigValue;
  /** Accessible name. */
  readonly label: string;
}

function fits({ kind }: SettingKey, value: ConfigValue): boolean {
  switch (kind) {
    case 'ratio':
    case 'float':
      return isConfigNumber(value) && value.type === 'float';
    case 'int':
      return isConfigNumber(value) && value.type === 'int';
    case 'number':
      return isConfigNumber(value);
    case 'group':
      return typeof value === 'string' || (isConfigNumber(value) && value.type === 'int');
    case 'choice':
      return typeof value === 'string';
    case 'granularity':
      return typeof value === 'string' || (isConfigList(value) && value.every(isConfigNumber));
    case 'align':
      return isConfigObject(value);
    case 'quant-dtype':
      return typeof value === 'string' || value === null;
    case 'fuse-names':
      return isConfigList(value) && value.every((group) => isConfigList(group) && group.every((name) => typeof name === 'string'));
    case 'link':
      return typeof value === 'string' || (isConfigList(value) && value.every((name) => typeof name === 'string'));
  }
}

function TypedField(props: TypedFieldProps) {
  switch (props.entry.kind) {
    case 'ratio':
      return <RatioField {...props} />;
    case 'float':
    case 'int':
    case 'number':
      return <NumberField {...props} />;
    case 'group':
      return <TextField {...props} />;
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
