import { Plus } from 'lucide-react';
import { Fragment, useState, type ReactNode } from 'react';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { getAt } from '../../../core/config/list-edits.ts';
import { settingKeys, type SettingKey } from '../../../core/config/setting-keys.ts';
import { isConfigObject, type KeyPath } from '../../../core/config/value.ts';
import { Button } from '../../shared/Button.tsx';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { useActions } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { fieldId } from '../card/finding-places.ts';
import { keyNotes } from '../../../core/algorithms/key-notes.ts';
import { useAddableTargets } from './use-addable-targets.ts';
import { useCardAlgorithm } from './use-key-notes.ts';

const sectionTitles: Readonly<Record<SettingKey['section'], string>> = {
  amount: 'Amount',
  groups: 'Groups',
  shape: 'Shape',
  method: 'Method',
};
const sections = ['amount', 'shape', 'method', 'groups'] as const;

/** A menu of the setting keys that an object lacks, a line each; the meaning of the key under the pointer is shown below. */
export function AddSetting({ path }: { readonly path: KeyPath }) {
  const { mode, cardName, config } = useCard();
  const object = getAt(config, path);
  const present = isConfigObject(object) ? object.entries.map(([key]) => key) : [];
  const missing = settingKeys[mode].filter(
    (entry) => !present.includes(entry.key) && !(entry.topLevelOnly === true && path.length > 0),
  );
  const targets = useAddableTargets();
  if (missing.length === 0 && (path.length > 0 || targets.offers.length === 0)) return null;
  const target = path.at(-1);
  const place = target === undefined ? cardName : `${target} of ${cardName}`;
  const name = `Add a setting to ${place}`;
  return (
    <div className="-ml-1.5">
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
            Add setting
          </Button>
        )}
      >
        {(close) => <SettingItems path={path} missing={missing} close={close} />}
      </MenuButton>
    </div>
  );
}

function SettingItems({ path, missing, close }: {
  readonly path: KeyPath;
  readonly missing: readonly SettingKey[];
  readonly close: () => void;
}) {
  const { id } = useCard();
  const { set } = useValueEditor();
  const { reveal } = useActions();
  const targets = useAddableTargets();
  const algorithm = useCardAlgorithm();
  const [about, setAbout] = useState('');
  const add = (entry: SettingKey) => {
    // The module names of an example do not occur in the model.
    const value = readJsonValue(entry.kind === 'fuse-names' ? '[]' : entry.example);
    if (!value.ok) return;
    set([...path, entry.key], value.value);
    reveal({ type: 'sub-config', subConfigId: id, path: [...path, entry.key] });
  };
  const item = (key: string, meaning: string, onAdd: () => void, children: ReactNode) => (
    <div key={key} onPointerEnter={() => setAbout(meaning)} onFocus={() => setAbout(meaning)}>
      <MenuItem
        onSelect={() => {
          close();
          onAdd();
        }}
      >
        {children}
      </MenuItem>
    </div>
  );
  return (
    <div className="flex w-96 max-w-[86vw] flex-col">
      {sections.map((section) => {
        const entries = missing.filter((entry) => entry.section === section);
        return entries.length === 0 ? null : (
          <Fragment key={section}>
            <p className="px-2 pt-1 text-xs text-faint">{sectionTitles[section]}</p>
            {entries.map((entry) =>
              item(entry.key, [entry.meaning, ...keyNotes(algorithm, entry.key)].join(' '), () => add(entry), <span className="font-mono text-[12.5px]">{entry.key}</span>),
            )}
          </Fragment>
        );
      })}
      {path.length === 0 && targets.offers.length > 0 && (
        <>
          <p className="px-2 pt-1 text-xs text-faint">Override for one target</p>
          {targets.offers.map(({ name, note }) =>
            item(name, 'Settings of this target override the settings of the sub-config.', () => targets.add(name), (
              <span className="flex items-baseline gap-3">
                <span className="font-mono text-[12.5px]">{name}</span>
                <span className="text-xs text-muted">{note}</span>
              </span>
            )),
          )}
        </>
      )}
      {/* As high as the longest of them, so that the menu keeps its place; in sight while the keys scroll. */}
      <p aria-live="polite" className="sticky -bottom-1 mt-1 min-h-26 border-t border-line bg-raised px-2 pt-1.5 pb-1 text-xs text-muted">
        {about}
      </p>
    </div>
  );
}
