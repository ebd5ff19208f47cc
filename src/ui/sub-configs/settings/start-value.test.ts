import { expect, test } from 'vitest';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { writeCompactJson } from '../../../core/config/json-writer.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { settingKeys } from '../../../core/config/setting-keys.ts';
import { isConfigObject, type ConfigObject, type KeyPath } from '../../../core/config/value.ts';
import { startValue } from './start-value.ts';

function configOf(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(text);
  return read.value;
}

function start(key: string, mode: Mode, config: string, targets: readonly string[], path: KeyPath = [], others: readonly string[] = []): string {
  const entry = settingKeys[mode].find((each) => each.key === key)!;
  const list = [config, ...others].map((text, at) => ({ id: `${at}`, label: '', color: 0, enabled: true, config: configOf(text) }));
  const offers = targets.map((name) => ({ name, note: '', inTemplate: true }));
  return writeCompactJson(startValue(entry, path, { mode, config: list[0]!.config, list, offers })!);
}

const all = ['_input_', 'weight', 'bias', '_output_'];

test.each<[string, Mode, string, readonly string[], KeyPath, string]>([
  ['parameters', 'pruning', '{}', ['weight', 'bias'], [], '"out_channel"'],
  ['inputs, parameters and outputs', 'quantization', '{}', all, [], '"default"'],
  ['only named parameters', 'quantization', '{"target_names":["weight"]}', all, [], '"out_channel"'],
  ['only named outputs', 'quantization', '{"target_names":["_output_0"]}', all, [], '"per_channel"'],
  ['one input', 'quantization', '{}', all, ['target_settings', '_input_'], '"per_channel"'],
  ['one parameter', 'quantization', '{}', all, ['target_settings', 'bias'], '"out_channel"'],
  ['nothing selected', 'pruning', '{}', [], [], '"out_channel"'],
])('R6: granularity of %s', (_what, mode, config, targets, path, expected) => {
  expect(start('granularity', mode, config, targets, path)).toBe(expected);
});

test('X2: a new global group is the last one of the list, a new dependency group is not', () => {
  const others = ['{"global_group_id":"a","dependency_group_id":"d"}', '{"target_settings":{"weight":{"global_group_id":7}}}'];
  expect(start('global_group_id', 'pruning', '{}', all, [], others)).toBe('7');
  expect(start('global_group_id', 'pruning', '{}', all)).toBe('"group_1"');
  expect(start('dependency_group_id', 'pruning', '{}', all, [], others)).toBe('"residual_1"');
});
