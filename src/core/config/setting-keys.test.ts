import { describe, expect, it } from 'vitest';
import { commonKeys as ruleKeys, settingKeyNames } from './config-schema.ts';
import { readJsonValue } from './json-reader.ts';
import { modes, type Mode } from './mode.ts';
import {
  alignKeys,
  commonKeys,
  describePath,
  findSettingKey,
  keyMarkdown,
  settingKeys,
  usualTargets,
} from './setting-keys.ts';
import { createTemplateRegistry } from './setting-templates.ts';
import { validateSubConfig } from './validate.ts';
import { objectOf, type ConfigEntry, type ConfigValue, type KeyPath } from './value.ts';

function valueOf(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(`${read.error.message} ${text}`);
  return read.value;
}

/** A sub-config that NNI takes, with these entries. */
function validWith(mode: Mode, entries: readonly ConfigEntry[]): ConfigValue {
  const taken = new Set(entries.map(([key]) => key));
  const needed: readonly ConfigEntry[] = [['op_types', ['Linear']], ...quantDtype(mode)];
  return objectOf([...needed.filter(([key]) => !taken.has(key)), ...entries]);
}

function quantDtype(mode: Mode): readonly ConfigEntry[] {
  return mode === 'quantization' ? [['quant_dtype', 'int8']] : [];
}

const everySetting = modes.flatMap((mode) => settingKeys[mode].map((key) => [mode, key.key, key] as const));

describe('the catalogue of keys (V3–V5)', () => {
  it.each(modes)('V2: has every setting key of %s that NNI knows, and no other', (mode) => {
    const keys = settingKeys[mode].map(({ key }) => key);
    expect(keys.toSorted()).toEqual(settingKeyNames(mode).toSorted());
  });

  it('V1: has the eight keys that every mode has', () => {
    expect(commonKeys.map(({ key }) => key).toSorted()).toEqual(ruleKeys.toSorted());
  });

  it.each(everySetting)('%s %s: NNI takes the example', (mode, name, { example }) => {
    const value = valueOf(example);
    expect(validateSubConfig(validWith(mode, [[name, value]]), mode)).toEqual([]);
    const inside = objectOf([...quantDtype(mode).filter(([key]) => key !== name), [name, value]]);
    const settings = objectOf([['weight', inside]]);
    expect(validateSubConfig(validWith(mode, [['target_settings', settings]]), mode)).toEqual([]);
  });

  it.each(everySetting.filter(([, , key]) => key.choices !== undefined))(
    '%s %s: NNI takes the words of the catalogue and no other',
    (mode, name, { choices = [], choiceMeanings = [] }) => {
      const refused = [...choices, 'anything'].filter(
        (word) => validateSubConfig(validWith(mode, [[name, word]]), mode).length > 0,
      );
      expect(refused).toEqual(['anything']);
      expect(choiceMeanings.filter((meaning) => meaning !== '')).toHaveLength(choices.length);
    },
  );

  it.each(commonKeys.map((key) => [key.key, key] as const))('%s: NNI takes the example', (name, { example }) => {
    expect(validateSubConfig(validWith('pruning', [[name, valueOf(example)]]), 'pruning')).toEqual([]);
  });

  it.each<[Mode, string, readonly string[]]>([
    ['pruning', 'sparse_ratio', ['weight']],
    ['pruning', 'align', ['bias']],
    ['pruning', 'apply_method', ['weight', 'bias']],
    ['quantization', 'quant_dtype', ['_input_', 'weight', 'bias', '_output_']],
    ['quantization', 'fuse_names', []],
    ['distillation', 'lambda', ['_output_']],
  ])('C3: %s %s reaches %j', (mode, key, expected) => {
    expect(findSettingKey(mode, key)?.reaches).toEqual(expected);
  });

  it.each(modes)('C2: offers the targets that %s templates have', (mode) => {
    const template = createTemplateRegistry(mode, [])('Linear');
    const offered = new Set(usualTargets(mode).map(({ name }) => name));
    expect(template?.entries.map(([target]) => target).filter((target) => !offered.has(target))).toEqual([]);
  });

  it.each<[Mode, KeyPath, unknown]>([
    ['pruning', ['op_names', 3], commonKeys[0]],
    ['pruning', ['sparse_ratio'], findSettingKey('pruning', 'sparse_ratio')],
    ['pruning', ['target_settings'], commonKeys[7]],
    ['pruning', ['target_settings', 'weight'], commonKeys[7]],
    ['pruning', ['target_settings', 'weight', 'align', 'dims', 0], alignKeys[2]],
    ['pruning', ['align', 'module_name'], alignKeys[0]],
    ['pruning', ['align'], findSettingKey('pruning', 'align')],
    ['pruning', ['quant_dtype'], undefined],
    ['pruning', ['target_settings', 'weight', 'op_names'], undefined],
    ['quantization', ['target_settings', 'bias', 'quant_dtype'], findSettingKey('quantization', 'quant_dtype')],
    ['pruning', [], undefined],
    ['pruning', [0], undefined],
  ])('%s: knows what stands at %j', (mode, path, expected) => {
    expect(describePath(mode, path)).toBe(expected);
  });

  it('words a key for a hover', () => {
    expect(keyMarkdown(findSettingKey('distillation', 'apply_method')!).split('\n')).toEqual([
      "How the student's output is compared with the teacher's.",
      '',
      '- `mse`: Mean squared error, for hidden states.',
      '- `kl`: Kullback-Leibler divergence of the softened outputs, for logits.',
      '',
      'Left out: mse.',
      '',
      'NNI accepts one of the words.',
      '',
      'At the top it reaches `_output_`.',
      '',
      'Rule V5, A-D1',
    ]);
  });
});
