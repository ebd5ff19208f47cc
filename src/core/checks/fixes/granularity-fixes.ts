import { getAt, type ListEdit } from '../../config/list-edits.ts';
import type { Mode } from '../../config/mode.ts';
import { getKey, isConfigObject, objectOf, withKey, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { kindOfTarget } from '../../resolve/settings.ts';
import { targetNames } from './target-fixes.ts';

/** The edit that gives one target a granularity of its own. */
export function ownGranularity(config: ConfigObject, subConfig: number, target: string, granularity: string): ListEdit {
  const path = [subConfig, 'target_settings', target];
  const own = getAt(config, ['target_settings', target]);
  const dtype = getKey(config, 'quant_dtype');
  // Quantization wants a type in every target (rule V4).
  const base = isConfigObject(own) ? own : objectOf(dtype === undefined ? [] : [['quant_dtype', dtype]]);
  return { type: 'set', path, value: withKey(base, 'granularity', granularity) };
}

/**
 * `channel` at top level, for parameters and for inputs or outputs: each kind has a word of its own (rule R6). Null where the
 * sub-config has targets of one kind only.
 */
export function splitChannel(config: ConfigObject, subConfig: number, mode: Mode): Fix | null {
  const named = targetNames(config).filter((target) => typeof target === 'string');
  const isOpen = named.length === 0 && mode === 'quantization';
  const flows = isOpen ? ['_input_', '_output_'] : named.filter((target) => kindOfTarget(target) !== 'parameter');
  if (flows.length === 0 || (!isOpen && flows.length === named.length)) return null;
  return fix(
    'write-two-values',
    { value: '"out_channel"', other: '"per_channel"', targets: flows.join(', ') },
    { type: 'set', path: [subConfig, 'granularity'], value: 'out_channel' },
    ...flows.map((target) => ownGranularity(config, subConfig, target, 'per_channel')),
  );
}
