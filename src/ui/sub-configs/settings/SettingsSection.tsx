import { Plus } from 'lucide-react';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { getAt } from '../../../core/config/list-edits.ts';
import { commonKeys, settingKeys, type SettingKey } from '../../../core/config/setting-keys.ts';
import { isConfigObject, type KeyPath } from '../../../core/config/value.ts';
import { Button } from '../../shared/Button.tsx';
import { MenuItem } from '../../shared/Popover.tsx';
import { useActions } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { fieldId } from '../card/finding-places.ts';
import { MenuButton } from '../../shared/MenuButton.tsx';
import { SettingField } from './SettingField.tsx';

const common = new Set<string>(commonKeys.map(({ key }) => key));

/** The setting keys of one object: the top of a sub-config, or one target with a menu of those it lacks. */
export function SettingsSection({ path }: { readonly path: KeyPath }) {
  const { config } = useCard();
  const object = getAt(config, path);
  if (!isConfigObject(object)) return null;
  const keys = object.entries.map(([key]) => key).filter((key) => path.length > 0 || !common.has(key));
  return (
    <div className="flex flex-col gap-2">
      {keys.map((key) => (
        <SettingField key={key} path={[...path, key]} />
      ))}
      {path.length > 0 && <AddSetting path={path} />}
    </div>
  );
}

/** A menu of the setting keys that an object lacks, each with its meaning. */
export function AddSetting({ path }: { readonly path: KeyPath }) {
  const { id, mode, number, config } = useCard();
  const object = getAt(config, path);
  const present = isConfigObject(object) ? object.entries.map(([key]) => key) : [];
  const { set } = useValueEditor();
  const { reveal } = useActions();
  const missing = settingKeys[mode].filter(
    (entry) => !present.includes(entry.key) && !(entry.topLevelOnly === true && path.length > 0),
  );
  if (missing.length === 0) return null;
  const target = path.at(-1);
  const place = target === undefined ? `sub-config ${number}` : `${target} of sub-config ${number}`;
  const name = `Add a setting to ${place}`;
  const add = (entry: SettingKey) => {
    // Names of an example's modules are not those of the model.
    const value = readJsonValue(entry.kind === 'fuse-names' ? '[]' : entry.example);
    if (!value.ok) return;
    set([...path, entry.key], value.value);
    reveal({ type: 'sub-config', subConfigId: id, path: [...path, entry.key] });
  };
  return (
    <div>
      <MenuButton
        label={name}
        trigger={(props) => (
          <Button
            kind="plain"
            size="small"
            icon={<Plus size={12} />}
            aria-label={name}
            data-field={path.length > 0 ? fieldId(path) : undefined}
            data-add={path.length === 0 || undefined}
            {...props}
          >
            Add a setting
          </Button>
        )}
      >
        {(close) =>
          missing.map((entry) => (
            <MenuItem
              key={entry.key}
              onSelect={() => {
                close();
                add(entry);
              }}
            >
              <span className="block font-mono text-[12.5px]">{entry.key}</span>
              <span className="block text-xs text-muted">{entry.meaning}</span>
            </MenuItem>
          ))
        }
      </MenuButton>
    </div>
  );
}
