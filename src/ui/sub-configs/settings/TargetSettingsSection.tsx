import { X } from 'lucide-react';
import { getKey, isConfigObject } from '../../../core/config/value.ts';
import { IconButton } from '../../shared/Button.tsx';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { FieldRow } from './FieldRow.tsx';
import { RawField } from './RawField.tsx';
import { helpOfKey } from '../selectors/SelectorSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';

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
  const { config, cardName } = useCard();
  const { remove } = useValueEditor();
  const path = ['target_settings', target];
  const settings = getKey(config, 'target_settings');
  const setting = isConfigObject(settings) ? getKey(settings, target) : undefined;
  return (
    <fieldset aria-label={`Settings of ${target}, ${cardName}`} className="min-w-0 rounded border border-line px-2 pt-1 pb-1.5">
      <legend className="flex max-w-full items-center gap-1 px-1 font-mono text-xs text-muted">
        <span className="shrink-0">target_settings ›</span>
        <span className="truncate text-text" title={target}>
          {target}
        </span>
        <IconButton
          size="small"
          label={`Remove the settings of ${target}, ${cardName}`}
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
