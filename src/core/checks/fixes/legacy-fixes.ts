import { importLegacy, type ImportChange } from '../../config/legacy.ts';
import type { Mode } from '../../config/mode.ts';
import type { ListEdit } from '../../config/list-edits.ts';
import { selectorKeys, type SelectorKey } from '../../config/selector-keys.ts';
import { getKey, floatOf, isConfigList, isConfigNumber, numberOf, withKey, withoutKey, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { noBits } from '../../config/respell-legacy.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { FindingInput } from '../finding-context.ts';

const keysOfTwo: ReadonlySet<string> = new Set([
  'exclude', 'sparsity', 'sparsity_per_layer', 'total_sparsity', 'max_sparsity_per_layer', 'quant_types', 'quant_bits', 'op_partial_names',
]);

/** Keys of NNI 2.x that a sub-config has next to a first sub-config of today: NNI does not translate them (rule L1). */
export function legacyKeysOf(config: ConfigObject): readonly string[] {
  return config.entries.map(([key]) => key).filter((key) => keysOfTwo.has(key));
}

/**
 * Translates a sub-config of NNI 2.x in a list that NNI does not translate (rule F10). One that excludes becomes excludes of
 * all others: without its `exclude` it would compress modules that were to be left alone.
 */
export function translateSubConfig(config: ConfigObject, subConfig: number, { resolution }: FindingInput): readonly Fix[] {
  const keys = legacyKeysOf(config);
  if (keys.length === 0) return [];
  if (keys.includes('exclude')) {
    const excluded = getKey(config, 'exclude');
    return excluded === false || excluded === null ? [] : excludeElsewhere(config, subConfig, resolution.effective);
  }
  // Bits alone are the type of all targets: a key under another name.
  if (keys.every((key) => key === 'quant_bits')) return [];
  const marked = getKey(config, 'quant_types') === undefined && !keys.some((key) => key.includes('sparsity')) ? withKey(config, 'sparsity', null) : config;
  const imported = importLegacy([withoutBits(withRatio(marked))], resolution.mode);
  const value = imported.ok ? imported.value?.list[0] : undefined;
  if (value === undefined || value === config) return [];
  const edit = { type: 'set', path: [subConfig], value } as const;
  const slips = imported.ok ? slipsOf(imported.value?.changes ?? []).filter((slip) => slip !== noBits) : [];
  return slips.length === 0 ? [fix('translate', { keys: keys.join(', ') }, edit)] : [fix('translate-respelled', { what: keys.join(', '), changes: slips.join(', ') }, edit)];
}

/** Translates a list of NNI 2.x, with the slips put right that NNI's own translation loses without a word or stops at; none where there are none. */
export function translateRespelled(list: ConfigValue, mode: Mode): readonly Fix[] {
  const imported = isConfigList(list) ? importLegacy(list, mode) : null;
  const slips = imported?.ok === true ? slipsOf(imported.value?.changes ?? []) : [];
  if (imported?.ok !== true || imported.value === null || slips.length === 0) return [];
  const edits = imported.value.list.map((value, at): ListEdit => ({ type: 'set', path: [at], value }));
  return [fix('translate-respelled', { what: 'the list', changes: slips.join(', ') }, ...edits)];
}

/** A ratio that is a whole number would be refused after the translation. */
function withRatio(config: ConfigObject): ConfigObject {
  return ['sparsity', 'sparsity_per_layer', 'total_sparsity'].reduce((made, key) => {
    const value = getKey(made, key);
    return isConfigNumber(value) && value.type === 'int' ? withKey(made, key, floatOf(numberOf(value))) : made;
  }, config);
}

/** Bits without `quant_types` are no part of what NNI translates. */
function withoutBits(config: ConfigObject): ConfigObject {
  return getKey(config, 'quant_types') === undefined ? withoutKey(config, 'quant_bits') : config;
}

function slipsOf(changes: readonly ImportChange[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => (change.type === 'respelled' ? change.slips : [])))];
}

function excludeElsewhere(config: ConfigObject, subConfig: number, effective: readonly ConfigObject[]): readonly Fix[] {
  const partial = textsAt(config, 'op_partial_names').flatMap((name) => (typeof name === 'string' ? [`.*${name}.*`] : []));
  // Names say more than types: in NNI 2.x both had to fit.
  const isNamed = textsAt(config, 'op_names').length + textsAt(config, 'op_names_re').length + partial.length > 0;
  const keys = isNamed ? (['op_names', 'op_names_re'] as const) : (['op_types'] as const);
  const taken = keys.map(
    (key) => [`exclude_${key}` as SelectorKey, [...textsAt(config, key), ...(key === 'op_names_re' ? partial : [])]] as const,
  );
  const edits = effective.flatMap((other, index): readonly ListEdit[] => {
    const isSelecting = selectorKeys.some((key) => !key.startsWith('exclude_') && textsAt(other, key).length > 0);
    if (index === subConfig || !isSelecting || getKey(other, 'exclude') !== undefined) return [];
    return taken.flatMap(([key, values]): readonly ListEdit[] => {
      const before = textsAt(other, key);
      const added = values.filter((value) => !before.includes(value));
      return added.length === 0 ? [] : [{ type: 'set', path: [index, key], value: [...before, ...added] }];
    });
  });
  return [fix('exclude-elsewhere', { subConfig: subConfig + 1 }, ...edits, { type: 'remove', path: [subConfig] })];
}

function textsAt(config: ConfigObject, key: string): readonly ConfigValue[] {
  const value = getKey(config, key);
  return isConfigList(value) ? value : typeof value === 'string' ? [value] : [];
}
