import { Plus } from 'lucide-react';
import { readJsonValue } from '../../core/config/json-reader.ts';
import { commonKeys, settingKeys, type SettingKey } from '../../core/config/setting-keys.ts';
import { getKey, isConfigObject, type ConfigObject, type KeyPath } from '../../core/config/value.ts';
import { Button } from '../shared/Button.tsx';
import { MenuItem, Popover } from '../shared/Popover.tsx';
import { useCard, useValueEditor } from './card-context.ts';
import { SettingField } from './SettingField.tsx';

const common = new Set<string>(commonKeys.map(({ key }) => key));

/** The setting keys of one object (top level, or one target), and a menu of those it lacks. */
export function SettingsSection({ config, path }: { readonly config: ConfigObject; readonly path: KeyPath }) {
  const object = path.length === 0 ? config : objectAt(config, path);
  const keys = object?.entries.map(([key]) => key).filter((key) => path.length > 0 || !common.has(key)) ?? [];
  return (
    <div className="flex flex-col gap-1">
      {keys.map((key) => (
        <SettingField key={key} config={config} path={[...path, key]} />
      ))}
      <AddSetting present={keys} path={path} />
    </div>
  );
}

function objectAt(config: ConfigObject, path: KeyPath): ConfigObject | null {
  let current = config;
  for (const step of path) {
    const next = getKey(current, String(step));
    if (!isConfigObject(next)) return null;
    current = next;
  }
  return current;
}

function AddSetting({ present, path }: { readonly present: readonly string[]; readonly path: KeyPath }) {
  const { mode, number } = useCard();
  const { set } = useValueEditor();
  const missing = settingKeys[mode].filter(
    (entry) => !present.includes(entry.key) && !(entry.topLevelOnly === true && path.length > 0),
  );
  if (missing.length === 0) return null;
  const target = path.at(-1);
  const name = target === undefined ? `Add a setting to sub-config ${number}` : `Add a setting to ${target} of sub-config ${number}`;
  const add = (entry: SettingKey) => {
    const value = readJsonValue(entry.example);
    if (value.ok) set([...path, entry.key], value.value);
  };
  return (
    <div>
      <Popover
        label={name}
        trigger={(props) => (
          <Button kind="plain" size="small" icon={<Plus size={12} />} aria-label={name} {...props}>
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
      </Popover>
    </div>
  );
}
