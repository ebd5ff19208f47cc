import { Plus } from 'lucide-react';
import { Fragment, useId, useState, type ReactNode } from 'react';
import { getAt } from '../../../core/config/list-edits.ts';
import { settingKeys, type SettingKey } from '../../../core/config/setting-keys.ts';
import { isConfigObject, type KeyPath } from '../../../core/config/value.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { Button } from '../../shared/Button.tsx';
import { MenuButton } from '../../shared/layers/MenuButton.tsx';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { useActions, useDocument } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { fieldId } from '../card/finding-places.ts';
import { keyNotes } from '../../../core/algorithms/key-notes.ts';
import { startValue } from './start-value.ts';
import { useAddableTargets } from './use-addable-targets.ts';
import { useCardAlgorithm } from './use-key-notes.ts';
import { useTargetOffers } from './use-target-offers.ts';

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

const selectLists = (state: DocumentState) => state.history.present.lists;

function SettingItems({ path, missing, close }: {
  readonly path: KeyPath;
  readonly missing: readonly SettingKey[];
  readonly close: () => void;
}) {
  const { id, mode, config } = useCard();
  const lists = useDocument(selectLists);
  const targetOffers = useTargetOffers();
  const { set } = useValueEditor();
  const { reveal } = useActions();
  const targets = useAddableTargets();
  const algorithm = useCardAlgorithm();
  const [about, setAbout] = useState('');
  const aboutId = useId();
  const add = (entry: SettingKey) => {
    const value = startValue(entry, path, { mode, config, list: lists[mode], offers: targetOffers });
    if (value === undefined) return;
    set([...path, entry.key], value);
    reveal({ type: 'sub-config', subConfigId: id, path: [...path, entry.key] });
  };
  const item = (key: string, meaning: string, onAdd: () => void, children: ReactNode) => (
    <div key={key} onPointerEnter={() => setAbout(meaning)} onFocus={() => setAbout(meaning)}>
      <MenuItem
        describedBy={aboutId}
        onSelect={() => {
          close();
          onAdd();
        }}
      >
        {children}
      </MenuItem>
    </div>
  );
  const keysOf = (section: SettingKey['section']) => {
    const entries = missing.filter((entry) => entry.section === section);
    return entries.length === 0 ? null : (
      <Fragment key={section}>
        <p className="px-2 pt-1 text-xs text-faint">{sectionTitles[section]}</p>
        {entries.map((entry) =>
          item(entry.key, [entry.meaning, ...keyNotes(algorithm, entry.key)].join(' '), () => add(entry), <span className="font-mono text-[12.5px]">{entry.key}</span>),
        )}
      </Fragment>
    );
  };
  const hasTargets = path.length === 0 && targets.offers.length > 0;
  return (
    <div className="flex w-[27rem] max-w-[calc(90vw-20px)] flex-col">
      {/* Beside each other, so that the menu leaves its card in sight. */}
      <div className={`grid items-start gap-x-2 ${missing.length > 0 ? 'sm:grid-cols-[auto_minmax(0,1fr)]' : ''}`}>
        <div>{(hasTargets ? sections : sections.slice(0, 2)).map(keysOf)}</div>
        <div className="min-w-0">
          {!hasTargets && sections.slice(2).map(keysOf)}
          {hasTargets && (
            <>
              <p className="px-2 pt-1 text-xs text-faint">Override for one target</p>
              {targets.offers.map(({ name, note }) =>
                item(name, [`Settings of ${name} override the settings of the sub-config.`, note === '' ? '' : `${name}: ${note}.`].join(' '), () => targets.add(name), (
                  <span className="flex min-w-0 items-baseline gap-2">
                    <span className="shrink-0 font-mono text-[12.5px]">{name}</span>
                    <span className="truncate text-xs text-muted">{note}</span>
                  </span>
                )),
              )}
            </>
          )}
        </div>
      </div>
      {/* As high as most of them, so that the menu keeps its place; in sight while the keys scroll. */}
      <p id={aboutId} className="sticky -bottom-1 mt-1 min-h-18 border-t border-line bg-raised px-2 pt-1.5 pb-1 text-xs text-muted">
        {about}
      </p>
    </div>
  );
}
