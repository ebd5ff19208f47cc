import type { Mode } from './mode.ts';
import {
  alignKeys,
  commonKeys,
  settingKeyRows,
  type KeyChoice,
  type KeyDescription,
  type SettingKind,
} from './setting-keys-table.ts';
import { builtInTemplate } from './setting-templates.ts';
import { getKey, isConfigObject, type ConfigObject, type KeyPath } from './value.ts';

export { alignKeys, commonKeys } from './setting-keys-table.ts';

/** One setting key of a mode: the source for everything that edits, explains or completes keys. */
export interface SettingKey extends KeyDescription {
  readonly key: string;
  readonly mode: Mode;
  readonly kind: SettingKind;
  /** Keys of one section are together in a form. */
  readonly section: 'amount' | 'groups' | 'shape' | 'method';
  /** Targets whose template has the key, which a shorthand therefore reaches (rules C2, C3). */
  readonly reaches: readonly string[];
  /** The words that it takes. */
  readonly choices?: readonly string[];
  /** The meaning of each of `choices`, in the same order. */
  readonly choiceMeanings?: readonly string[];
  /** Only at the top level of a sub-config. */
  readonly topLevelOnly?: boolean;
}

/** The setting keys of each mode, in the order of a form (rules V3–V5). */
export const settingKeys: Readonly<Record<Mode, readonly SettingKey[]>> = {
  pruning: keysOf('pruning'),
  quantization: keysOf('quantization'),
  distillation: keysOf('distillation'),
};

function keysOf(mode: Mode): readonly SettingKey[] {
  const template = builtInTemplate(mode, 'Linear');
  return settingKeyRows[mode].map(({ words, ...row }): SettingKey => {
    const reaches = template ? targetsReached(template, row.key) : [];
    return Object.assign(row, { mode, reaches }, words ? wordsOf(words) : {});
  });
}

function wordsOf(words: readonly KeyChoice[]): Pick<SettingKey, 'choices' | 'choiceMeanings'> {
  return { choices: words.map(({ value }) => value), choiceMeanings: words.map(({ meaning }) => meaning) };
}

/** The catalogue's entry of a key, or `undefined` for a key that the mode does not have. */
export function findSettingKey(mode: Mode, key: string): SettingKey | undefined {
  return settingKeys[mode].find((entry) => entry.key === key);
}

/**
 * Describes the key of a path inside a sub-config: `['target_settings', 'weight', 'align', 'dims', 0]` is about `dims`.
 * `undefined` where the path has no key of NNI.
 */
export function describePath(mode: Mode, path: KeyPath): KeyDescription | undefined {
  const [first, , third] = path;
  if (typeof first !== 'string') return undefined;
  if (first === 'target_settings' && path.length > 2) {
    return typeof third === 'string' ? insideSetting(findSettingKey(mode, third), path.slice(3)) : undefined;
  }
  const common = commonKeys.find(({ key }) => key === first);
  return common ?? insideSetting(findSettingKey(mode, first), path.slice(1));
}

function insideSetting(key: SettingKey | undefined, rest: KeyPath): KeyDescription | undefined {
  if (key?.kind !== 'align' || rest.length === 0) return key;
  return alignKeys.find((entry) => entry.key === rest[0]);
}

/** Targets of a template that a key at the top of a sub-config reaches: all that have the key (rule C3). */
export function targetsReached(template: ConfigObject, key: string): readonly string[] {
  return template.entries
    .filter(([, setting]) => isConfigObject(setting) && getKey(setting, key) !== undefined)
    .map(([target]) => target);
}

/** A target that a form or a completion offers. */
export interface UsualTarget {
  readonly name: string;
  readonly meaning: string;
}

const weight: UsualTarget = { name: 'weight', meaning: 'The weight parameter.' };
const bias: UsualTarget = { name: 'bias', meaning: 'The bias parameter.' };
const input: UsualTarget = { name: '_input_', meaning: 'The first input; _input_1 or _input_mask is another.' };
const output: UsualTarget = { name: '_output_', meaning: 'The output, or the first of several.' };

const targetsOfMode: Readonly<Record<Mode, readonly UsualTarget[]>> = {
  pruning: [weight, bias, input, output],
  quantization: [input, weight, bias, output],
  distillation: [output, input],
};

/** Usual targets of modules; the targets of the templates come first (rule C2). */
export function usualTargets(mode: Mode): readonly UsualTarget[] {
  return targetsOfMode[mode];
}

/** The hover text of a key, as Markdown. */
export function keyMarkdown(key: KeyDescription | SettingKey): string {
  const words = 'choices' in key ? (key.choices ?? []) : [];
  const meanings = 'choiceMeanings' in key ? (key.choiceMeanings ?? []) : [];
  const reaches = 'reaches' in key ? key.reaches.map((target) => `\`${target}\``) : [];
  const list = words.map((word, index) => `- \`${word}\`: ${meanings[index] ?? ''}`).join('\n');
  const paragraphs = [
    key.meaning,
    ...(list === '' ? [] : [list]),
    `Left out: ${key.fallback}.`,
    `NNI accepts ${key.accepts}.`,
    ...(reaches.length > 0 ? [`At the top it reaches ${reaches.join(', ')}.`] : []),
    `Rule ${key.rule}`,
  ];
  return paragraphs.join('\n\n');
}
