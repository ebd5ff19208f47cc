import { formatQuantity } from '../text/format-count.ts';
import { selectorKeys } from './selector-keys.ts';
import { settingKeys } from './setting-keys.ts';
import type { Mode } from './mode.ts';
import { writeCompactJson } from './json-writer.ts';
import { getKey, isConfigList, isConfigNumber, isConfigObject, type ConfigObject, type ConfigValue } from './value.ts';

/** A piece of a title, and its kind: patterns are shown in the colours of patterns. */
export interface TitlePart {
  readonly kind: 'pattern' | 'name' | 'word';
  readonly text: string;
}

/** What an empty text selects: as a pattern every module, as a name the model itself (rules S1, S2); as a type nothing. */
const emptyEntries: Readonly<Record<string, string>> = {
  op_names: '(root)',
  op_names_re: '(every module)',
  exclude_op_names: '(root)',
  exclude_op_names_re: '(every module)',
};

/** Entries of one selector that a title names; the others are counted. */
const namedAtMost = 2;

/**
 * The title of a sub-config: the modules that it selects (rule K1a), as in `layer[34].*conv · Conv2d`. One module with one link is
 * `layer.2 → bert.encoder.layer.5`. Empty where no selector has an entry.
 */
export function titleOfConfig(config: ConfigObject): readonly TitlePart[] {
  const named = [...partsOf(config, 'op_names'), ...partsOf(config, 'op_names_re')];
  const chosen = joined([joined(named, ', '), joined(partsOf(config, 'op_types'), ', ')], ' · ');
  if (chosen.length === 0) return [];
  const link = linkOf(config);
  return link === null ? chosen : [...chosen, { kind: 'word', text: ' → ' }, { kind: 'name', text: link }];
}

/** Titles that were asked for: thousands of cards and rows ask again after each edit, which changes few of them. */
const titles = new WeakMap<ConfigObject, string>();

/** The title as plain text. */
export function titleText(config: ConfigObject): string {
  const known = titles.get(config);
  if (known !== undefined) return known;
  const title = titleOfConfig(config)
    .map(({ text }) => text)
    .join('');
  titles.set(config, title);
  return title;
}

type Joined = readonly TitlePart[];

function joined(groups: readonly (TitlePart | Joined)[], between: string): Joined {
  return groups
    .map((group): Joined => ('kind' in group ? [group] : group))
    .filter((group) => group.length > 0)
    .flatMap((group, at): Joined => (at === 0 ? group : [{ kind: 'word', text: between }, ...group]));
}

function partsOf(config: ConfigObject, key: string): readonly TitlePart[] {
  const texts = textsOf(config, key);
  const kind = key.endsWith('_re') ? 'pattern' : 'name';
  const shown = texts.length === namedAtMost + 1 ? texts : texts.slice(0, namedAtMost);
  const rest = texts.length - shown.length;
  return [
    ...shown.map((text): TitlePart => (text === '' ? { kind: 'name', text: emptyEntries[key] ?? '' } : { kind, text })),
    ...(rest > 0 ? [{ kind: 'word', text: `${rest} more` } as const] : []),
  ];
}

function textsOf(config: ConfigObject, key: string): readonly string[] {
  const value = getKey(config, key);
  const texts = isConfigList(value) ? value.filter((item) => typeof item === 'string') : [];
  return texts.filter((text) => text !== '' || emptyEntries[key] !== undefined);
}

function linkOf(config: ConfigObject): string | null {
  const link = getKey(config, 'link');
  const isOne = textsOf(config, 'op_names').length === 1 && textsOf(config, 'op_names_re').length === 0;
  return isOne && typeof link === 'string' && link !== 'auto' ? link : null;
}

/** Whether no selector has an entry: the sub-config chooses nothing yet. */
export function choosesNothing(config: ConfigObject): boolean {
  return selectorKeys.slice(0, 3).every((key) => {
    const value = getKey(config, key);
    return value === undefined || (isConfigList(value) && value.every((item) => item === '' && emptyEntries[key] === undefined));
  });
}

/** The settings of a sub-config in the order of the form (rule K1b): `sparse_ratio 0.5 · out_channel · weight · without fc`. */
export function settingsText(config: ConfigObject, mode: Mode): string {
  const link = linkOf(config);
  const settings = settingKeys[mode].flatMap(({ key }): readonly string[] => {
    const value = getKey(config, key);
    return value === undefined || (key === 'link' && link !== null) ? [] : [settingText(key, value)];
  });
  const ofTargets = targetTexts(config, mode);
  const named = textsOf(config, 'target_names').join(', ');
  // Where all targets that are named have the same settings, these name them.
  const targets = ofTargets.length === 1 && ofTargets[0]!.startsWith(`${named}: `) ? '' : named;
  const excluded = selectorKeys.filter((key) => key.startsWith('exclude_')).flatMap((key) => partsOf(config, key));
  const without = excluded.length === 0 ? [] : [`without ${excluded.map(({ text }) => text).join(', ')}`];
  return [...settings, ...(targets === '' ? [] : [targets]), ...ofTargets, ...without].join(' · ');
}

/** `weight, bias: follows conv1.weight`: settings of single targets, equal ones together. */
function targetTexts(config: ConfigObject, mode: Mode): readonly string[] {
  const own = getKey(config, 'target_settings');
  if (!isConfigObject(own)) return [];
  const byText = new Map<string, string[]>();
  for (const [target, setting] of own.entries) {
    const text = isConfigObject(setting) ? inTarget(setting, mode) : '…';
    byText.set(text, [...(byText.get(text) ?? []), target]);
  }
  return [...byText].map(([text, targets]) => `${targets.join(', ')}: ${text}`);
}

function inTarget(setting: ConfigObject, mode: Mode): string {
  const texts = settingKeys[mode].flatMap(({ key }): readonly string[] => {
    const value = getKey(setting, key);
    return value === undefined ? [] : [settingText(key, value)];
  });
  return texts.length === 0 ? 'as the template' : texts.join(', ');
}

/** Keys whose values speak for themselves. */
const plainKeys: ReadonlySet<string> = new Set(['granularity', 'apply_method', 'quant_dtype', 'quant_scheme']);

/** One setting in a few words: `sparse_ratio 0.5`, `out_channel`, `follows conv1.weight`. */
function settingText(key: string, value: ConfigValue): string {
  if (key === 'align' && isConfigObject(value)) return alignText(value);
  if (key === 'fuse_names' && isConfigList(value)) return formatQuantity(value.length, 'fusion');
  if (key.endsWith('_group_id')) return `${key.replace('_id', '').replace('_', ' ')} ${valueWord(value)}`;
  return plainKeys.has(key) && value !== null ? valueWord(value) : `${key} ${valueWord(value)}`;
}

/** `follows conv1.weight`; of the own module only the target is named. Dimensions other than 0 are named. */
export function alignText(align: ConfigObject): string {
  const module = getKey(align, 'module_name');
  const target = getKey(align, 'target_name');
  const dims = getKey(align, 'dims');
  const whole = typeof target === 'string' ? target : '?';
  const whose = typeof module === 'string' && module !== '' ? `${module}.${whole}` : `its own ${whole}`;
  const isFirst = isConfigList(dims) && dims.length === 1 && isConfigNumber(dims[0]) && dims[0].text === '0';
  return `follows ${whose}${isFirst || dims === undefined ? '' : `, dims ${writeCompactJson(dims)}`}`;
}

/** Whether a text without its quotes would read as a number, a truth value or nothing. */
function readsAsOther(text: string): boolean {
  return !Number.isNaN(Number(text)) || /^(?:true|false|null|none)$/i.test(text);
}

function valueWord(value: ConfigValue): string {
  if (typeof value === 'string') return readsAsOther(value) ? writeCompactJson(value) : value;
  if (isConfigList(value)) return value.every(isConfigNumber) ? value.map((item) => item.text).join(' × ') : writeCompactJson(value);
  return isConfigNumber(value) ? value.text : writeCompactJson(value);
}
