import { Plus, X } from 'lucide-react';
import { getKey, isConfigObject, objectOf } from '../../../core/config/value.ts';
import { Button, IconButton } from '../../shared/Button.tsx';
import { MenuItem } from '../../shared/Popover.tsx';
import { useActions } from '../../shared/use-app.ts';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { entriesOf, selectorValue } from '../selectors/entries.ts';
import { FieldRow } from './FieldRow.tsx';
import { MenuButton } from '../../shared/MenuButton.tsx';
import { RawField } from './RawField.tsx';
import { helpOfKey } from '../selectors/SelectorSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';
import { useTargetOffers } from './use-target-offers.ts';

/** `target_settings`: settings of single targets. */
export function TargetSettingsSection() {
  const { config } = useCard();
  const settings = getKey(config, 'target_settings');
  if (settings !== undefined && !isConfigObject(settings)) {
    return (
      <FieldRow label="target_settings" help={helpOfKey('target_settings')} path={['target_settings']}>
        <RawField path={['target_settings']} config={config} label="target_settings" />
      </FieldRow>
    );
  }
  const present = settings?.entries.map(([target]) => target) ?? [];
  return (
    <>
      {present.map((target) => (
        <TargetSetting key={target} target={target} isLast={present.length === 1} />
      ))}
    </>
  );
}

function TargetSetting({ target, isLast }: { readonly target: string; readonly isLast: boolean }) {
  const { config, number } = useCard();
  const { remove } = useValueEditor();
  const path = ['target_settings', target];
  const settings = getKey(config, 'target_settings');
  const setting = isConfigObject(settings) ? getKey(settings, target) : undefined;
  return (
    <fieldset aria-label={`Settings of ${target}, sub-config ${number}`} className="min-w-0 rounded border border-line px-2 pt-1 pb-1.5">
      <legend className="flex max-w-full items-center gap-1 px-1 font-mono text-xs text-muted">
        <span className="shrink-0">target_settings ›</span>
        <span className="truncate text-text" title={target}>
          {target}
        </span>
        <IconButton
          size="small"
          label={`Remove the settings of ${target}, sub-config ${number}`}
          icon={<X size={12} />}
          onClick={() => remove(isLast ? ['target_settings'] : path)}
        />
      </legend>
      {isConfigObject(setting) ? (
        <SettingsSection path={path} />
      ) : (
        <RawField path={path} config={config} label={`settings of ${target}`} />
      )}
      <FieldFindings path={path} />
    </fieldset>
  );
}

/** A menu of the targets that have no settings of their own yet. */
export function AddTarget() {
  const { id, mode, config, number } = useCard();
  const { set } = useValueEditor();
  const { reveal } = useActions();
  const offers = useTargetOffers();
  const settings = getKey(config, 'target_settings');
  const present = isConfigObject(settings) ? settings.entries.map(([target]) => target) : [];
  const label = `Settings of one target of sub-config ${number}`;
  const named = entriesOf(selectorValue(config, 'target_names'));
  const others = named.filter((name) => !offers.some((offer) => offer.name === name));
  const offered = [...offers, ...others.map((name) => ({ name, note: 'of target_names', inTemplate: false }))].filter(
    ({ name }) => !present.includes(name),
  );
  if (offered.length === 0 || (settings !== undefined && !isConfigObject(settings))) return null;
  const add = (target: string) => {
    // NNI wants the key in every target (rule V4).
    set(['target_settings', target], objectOf(mode === 'quantization' ? [['quant_dtype', 'int8']] : []));
    reveal({ type: 'sub-config', subConfigId: id, path: ['target_settings', target] });
  };
  return (
    <MenuButton
      label={label}
      trigger={(props) => (
        <Button kind="plain" size="small" icon={<Plus size={12} />} aria-label={label} {...props}>
          Settings of one target
        </Button>
      )}
    >
      {(close) =>
        offered.map(({ name, note }) => (
          <MenuItem
            key={name}
            onSelect={() => {
              close();
              add(name);
            }}
          >
            <span className="font-mono text-[12.5px]">{name}</span>
            <span className="pl-3 text-xs text-muted">{note}</span>
          </MenuItem>
        ))
      }
    </MenuButton>
  );
}
