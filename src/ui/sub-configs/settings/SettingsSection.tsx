import { commonKeys } from '../../../core/config/setting-keys.ts';
import { getAt } from '../../../core/config/list-edits.ts';
import { isConfigObject, type KeyPath } from '../../../core/config/value.ts';
import { useCard } from '../card/card-context.ts';
import { AddSetting } from './AddSetting.tsx';
import { LinkOffers } from './fields/LinkOffers.tsx';
import { SettingField } from './SettingField.tsx';

const common = new Set<string>(commonKeys.map(({ key }) => key));

/** The setting keys of one object: the top of a sub-config, or one target with a menu of its missing keys. */
export function SettingsSection({ path }: { readonly path: KeyPath }) {
  const { config, mode } = useCard();
  const object = getAt(config, path);
  if (!isConfigObject(object)) return null;
  const keys = object.entries.map(([key]) => key).filter((key) => path.length > 0 || !common.has(key));
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {keys.map((key) => (
        <SettingField key={key} path={[...path, key]} />
      ))}
      {path.length > 0 && <AddSetting path={path} />}
      {path.length === 0 && mode === 'distillation' && <LinkOffers />}
    </div>
  );
}
