import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { getKey, isConfigObject, objectOf, type ConfigObject } from '../../core/config/value.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { MenuItem, Popover } from '../shared/Popover.tsx';
import { useCard, useValueEditor } from './card-context.ts';
import { selectorValue } from './entries.ts';
import { RawField } from './RawField.tsx';
import { FieldRow } from './SelectorSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';

const usual = {
  pruning: ['weight', 'bias'],
  quantization: ['_input_', 'weight', 'bias', '_output_'],
  distillation: ['_output_'],
} as const;

/** `target_names`: which tensors are meant; none chosen means all of the template. */
export function TargetsSection({ config }: { readonly config: ConfigObject }) {
  const { mode, number } = useCard();
  const { set, remove } = useValueEditor();
  const id = useId();
  const [typed, setTyped] = useState('');
  const value = selectorValue(config, 'target_names');
  const meaning = 'Which tensors of a module are meant. None chosen: all that the module type has a template for (C5).';
  if (value.type === 'other') {
    return (
      <FieldRow label="target_names" meaning={meaning}>
        <RawField path={['target_names']} config={config} label="target_names" />
      </FieldRow>
    );
  }
  const chosen = value.type === 'entries' ? value.entries : [];
  const offered = [...new Set([...usual[mode], ...chosen])];
  const toggle = (target: string) => {
    const next = chosen.includes(target) ? chosen.filter((name) => name !== target) : [...chosen, target];
    if (next.length === 0) remove(['target_names']);
    else set(['target_names'], next);
  };
  const add = () => {
    const target = typed.trim();
    setTyped('');
    if (target !== '' && !chosen.includes(target)) toggle(target);
  };
  return (
    <FieldRow label="target_names" meaning={meaning}>
      <div className="flex flex-wrap items-center gap-1" data-field="target_names">
        {offered.map((target) => (
          <button
            key={target}
            type="button"
            aria-pressed={chosen.includes(target)}
            aria-label={`Target ${target}, sub-config ${number}`}
            onClick={() => toggle(target)}
            className="h-6 rounded-full border border-line px-2 font-mono text-xs text-muted hover:bg-hover aria-pressed:border-inverse aria-pressed:bg-inverse aria-pressed:text-inverse-text"
          >
            {target}
          </button>
        ))}
        <input
          id={id}
          type="text"
          value={typed}
          aria-label={`Other target, sub-config ${number}`}
          placeholder="other"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
          }}
          onBlur={add}
          className="h-6 w-24 rounded border border-dashed border-line bg-transparent px-2 font-mono text-xs"
        />
        {chosen.length === 0 && <span className="text-xs text-faint">all of the template</span>}
      </div>
    </FieldRow>
  );
}

/** `target_settings`: settings of single targets. */
export function TargetSettingsSection({ config }: { readonly config: ConfigObject }) {
  const { mode, number } = useCard();
  const { set, remove } = useValueEditor();
  const settings = getKey(config, 'target_settings');
  if (settings !== undefined && !isConfigObject(settings)) {
    return (
      <FieldRow label="target_settings" meaning="Settings of single targets.">
        <RawField path={['target_settings']} config={config} label="target_settings" />
      </FieldRow>
    );
  }
  const present = settings?.entries.map(([target]) => target) ?? [];
  const chosen = selectorValue(config, 'target_names');
  const named = chosen.type === 'entries' ? chosen.entries : [];
  const offered = [...new Set([...usual[mode], ...named])].filter((target) => !present.includes(target));
  return (
    <div className="flex flex-col gap-2">
      {settings?.entries.map(([target, setting]) => (
        <fieldset key={target} className="rounded border border-line p-2">
          <legend className="flex items-center gap-1 px-1 font-mono text-xs">
            {target}
            <IconButton
              size="small"
              label={`Remove the settings of ${target}, sub-config ${number}`}
              icon={<X size={12} />}
              onClick={() => remove(present.length === 1 ? ['target_settings'] : ['target_settings', target])}
            />
          </legend>
          {isConfigObject(setting) ? (
            <SettingsSection config={config} path={['target_settings', target]} />
          ) : (
            <RawField path={['target_settings', target]} config={config} label={`settings of ${target}`} />
          )}
        </fieldset>
      ))}
      {offered.length > 0 && (
        <div>
          <Popover
            label={`Settings of one target of sub-config ${number}`}
            trigger={(props) => (
              <Button kind="plain" size="small" icon={<Plus size={12} />} {...props}>
                Settings of one target
              </Button>
            )}
          >
            {(close) =>
              offered.map((target) => (
                <MenuItem
                  key={target}
                  onSelect={() => {
                    close();
                    set(['target_settings', target], objectOf(mode === 'quantization' ? [['quant_dtype', 'int8']] : []));
                  }}
                >
                  <span className="font-mono">{target}</span>
                </MenuItem>
              ))
            }
          </Popover>
        </div>
      )}
    </div>
  );
}
