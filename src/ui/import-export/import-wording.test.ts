import { expect, test } from 'vitest';
import { readImport } from '../../core/plan/import-list.ts';
import { wordConsequence, wordForeignKeys, wordImportChanges, wordImportError, wordOrigins, wordUnfitFile } from './import-wording.ts';

test.each([
  [2, true, 0, 0, '2 sub-configs found. Adds them to the empty pruning list.'],
  [1, true, 3, 0, 'Replaces the 3 sub-configs of the pruning list with 1 sub-config.'],
  [1, true, 1, 2, 'Replaces the sub-config of the pruning list with 1 sub-config. 2 that are off stay.'],
  [2, true, 0, 1, 'Adds 2 sub-configs to the pruning list. 1 that is off stays.'],
  [2, false, 3, 1, 'Adds 2 sub-configs after the 4 that the pruning list has. Nothing is replaced.'],
])('%d sub-configs, replacing %s, over %d on and %d off', (count, replacing, on, off, text) => {
  expect(wordConsequence(count, 'pruning', replacing, { on, off })).toBe(text);
});

test.each([
  ['[{"op_types": ["Linear"], "quant_dtype": "int8"}]', 'quant_dtype is a key of quantization. If the list is for quantization, choose that mode first.'],
  ['[{"op_types": ["Linear"], "sparse_ratio": 0.5, "odd": 1}]', null],
])('keys of another mode in %s', (text, wording) => {
  const read = readImport(text, 'pruning');
  expect(read.ok && read.value.type === 'list' && read.value.list && wordForeignKeys(read.value.list, 'pruning')).toBe(wording);
});

test.each([
  ['[{"op_types": [,]}]', 'Line 1, column 16: '],
  ["config_list = [{'op_names': {'a', 'b'}}]", 'Line 1: a set is where NNI expects a list.'],
  ['2024-02-10 17:02:26 INFO done', 'No config list found in this text. It begins “2024-02-10 17:02:26 INFO done”.'],
  ['<!DOCTYPE html><html><body>Sign in</body></html>', 'It is a web page: the download may have led to a page for signing in.'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n', 'It is a Git LFS pointer in place of the file. Run git lfs pull'],
  ['PK\u0003\u0004\u0000\u0000', 'It is a zip file. Unpack it'],
  ['config_list = []', 'config_list (line 1) is empty'],
  ["config_list = [{'op_names': ['a'\n", 'Python would stop here.'],
  ["config_list = [\n  {'op_names': ['a' 1]}]", 'Line 2, column 21: Python would stop here.'],
])('errors of %s name the place', (text, wording) => {
  const read = readImport(text, 'pruning');
  expect(read.ok ? '' : wordImportError(read.error)).toContain(wording);
});

test.each([
  ["ratio = 0.5\nconfig_list = [\n  {'op_types': ['Conv2d'], 'sparse_ratio': ratio},\n  {'op_types': ['Linear']}]\npruner = L1NormPruner(model, config_list)", 'From config_list, lines 3, 4; L1NormPruner takes it on line 5.'],
  ["config_list = [{'op_names': [f'a.{i}']} for i in range(9)]", 'From config_list, line 1.'],
  ["[{'op_types': ['Linear']}]", 'From the list, line 1.'],
  ['[{"op_types": ["Linear"]}]', null],
])('E5a: where %s comes from', (text, wording) => {
  const read = readImport(text, 'pruning');
  expect(read.ok && read.value.type === 'list' && wordOrigins(read.value.origins, read.value.call)).toBe(wording);
});

test.each([
  ['list.yaml', 10, null],
  ['model.safetensors', 10, 'is no text'],
  ['list.json', 30_000_000, 'too large'],
  ['list.json', 10, null],
  ['list.py', 10, null],
])('%s of %d bytes', (name, size, wording) => {
  if (wording === null) expect(wordUnfitFile({ name, size })).toBeNull();
  else expect(wordUnfitFile({ name, size })).toContain(wording);
});

test('changes of an NNI 2.x list are said once, with all sub-configs', () => {
  const at = (...numbers: readonly number[]) => numbers.map((number) => ({ type: 'pruning-keys' as const, subConfig: number - 1 }));
  const change = 'the sparsity keys became target_names and target_settings of weight and bias.';
  expect(wordImportChanges(at(2))).toEqual([`Sub-config 2: ${change}`]);
  expect(wordImportChanges(at(1, 2, 3, 5, 7, 8))).toEqual([`Sub-configs 1 to 3, 5, 7, 8: ${change}`]);
  expect(wordImportChanges([{ type: 'respelled', subConfig: 0, slips: ['weight for wieght', 'output for outputs'] }])).toEqual([
    'Sub-config 1: quant_types and quant_bits are read as they were meant: weight for wieght, output for outputs.',
  ]);
  const mixed = [...at(1), { type: 'excludes' as const, subConfig: 1 }, ...at(3)];
  expect(wordImportChanges(mixed)).toEqual([
    `Sub-configs 1, 3: ${change}`,
    'Sub-config 2: only excluded modules. These are now excluded in every sub-config, and nothing is selected here.',
  ]);
});
