import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import { settingKeys, findSettingKey } from '../../../core/config/setting-keys.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../../../core/config/value.ts';
import type { Finding } from '../../../core/checks/finding.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { selectorValue } from '../selectors/entries.ts';
import { fix } from '../../../core/diagnostics/fix.ts';
import { fieldCandidates, fieldOf, fixesAt, isToldElsewhere, placeFindings } from './finding-places.ts';
import { groupIdText, groupUses, parseGroupId } from '../settings/group-ids.ts';
import { hasField } from '../settings/has-field.ts';
import { filterOptions } from '../../shared/options.ts';
import { patternProblem, splitAtProblem } from '../selectors/pattern-problem.ts';

function json(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function object(text: string): ConfigObject {
  const value = json(text);
  if (!isConfigObject(value)) throw new Error('an object is wanted');
  return value;
}

describe('entries of selectors', () => {
  it.each([
    ['{}', { type: 'absent' }],
    ['{"op_types": ["Linear"]}', { type: 'entries', entries: ['Linear'] }],
    ['{"op_types": "Linear"}', { type: 'other' }],
    ['{"op_types": ["Linear", 1]}', { type: 'other' }],
  ])('%s', (config, expected) => {
    expect(selectorValue(object(config), 'op_types')).toEqual(expected);
  });
});

describe('findings at their fields', () => {
  it.each<[KeyPath, KeyPath | null]>([
    [[], null],
    [['op_names_re', 1], ['op_names_re', 1]],
    [['op_types'], ['op_types']],
    [['target_names', 0], ['target_names']],
    [['align', 'dims', 0], ['align']],
    [['target_settings'], null],
    [['target_settings', 'weight'], ['target_settings', 'weight']],
    [['target_settings', 'weight', 'align', 'dims'], ['target_settings', 'weight', 'align']],
  ])('%j shows at %j', (path, field) => {
    expect(fieldOf(path)).toEqual(field);
  });

  it('leaves what has no field for the foot of the card', () => {
    const at = (key: string, path: KeyPath): Finding => ({
      code: 'unknown-key',
      severity: 'refused',
      rule: 'V2',
      where: { subConfig: 0, path },
      values: { key },
      fixes: [],
    });
    const nameOf = (finding: Finding): string => (finding.code === 'unknown-key' ? finding.values.key : '');
    const placed = placeFindings(
      [at('a', ['op_types', 0]), at('b', ['op_types', 1]), at('c', []), at('d', ['quant_dtype'])],
      object('{"op_types": ["Linear"]}'),
    );
    expect([...placed.atFields].map(([id, findings]) => [id, findings.map(nameOf)])).toEqual([
      ['op_types.0', ['a']],
    ]);
    expect(placed.atFoot.map(nameOf)).toEqual(['b', 'c', 'd']);
  });

  it('F12: offers each fix of a finding at one field, the one that it changes', () => {
    const config = object('{"op_names": ["m"], "op_types": ["Conv2d"], "sparse_ratio": 1}');
    const rename = fix('write-name', { value: 'n' }, { type: 'set', path: [0, 'op_names', 0], value: 'n' });
    const types = fix('write-name', { value: 'k' }, { type: 'set', path: [0, 'op_types'], value: ['k'] });
    const whole = fix('remove-sub-config', { subConfig: 0 }, { type: 'remove', path: [0] });
    const finding: Finding = {
      code: 'unknown-key',
      severity: 'refused',
      rule: 'V2',
      where: { subConfig: 0, path: ['op_names', 0], also: [['op_types', 0], ['sparse_ratio']] },
      values: { key: 'm' },
      fixes: [types, rename, whole],
    };
    expect(fixesAt(['op_names', 0], finding, config)).toEqual([rename, whole]);
    expect(fixesAt(['op_types', 0], finding, config)).toEqual([types]);
    expect(fixesAt(['sparse_ratio'], finding, config)).toEqual([]);
  });

  it('F12: offers a fix of several findings once, with the first', () => {
    const only = fix('only-types', { types: 'Conv2d' }, { type: 'set', path: [0, 'op_types'], value: ['Conv2d'] });
    const exclude = (type: string) => fix('exclude-type', { type }, { type: 'set', path: [0, 'exclude_op_types'], value: [type] });
    const at = (key: string, path: KeyPath, ...fixes: Finding['fixes']): Finding =>
      ({ code: 'unknown-key', severity: 'refused', rule: 'V2', where: { subConfig: 0, path }, values: { key }, fixes });
    const findings = [at('a', [], only, exclude('ReLU')), at('b', [], only, exclude('Sequential')), at('c', ['op_names_re', 0], only)];
    const placed = placeFindings(findings, object('{"op_names_re": ["layer"]}'));
    expect(placed.atFoot.map(({ fixes }) => fixes)).toEqual([[only, exclude('ReLU')], [exclude('Sequential')]]);
    expect(placed.atFields.get('op_names_re.0')?.map(({ fixes }) => fixes)).toEqual([[]]);
  });

  it('F12: an entry without effect because of another selector repeats no words of it, one with words of its own has them', () => {
    const config = object('{"op_names": ["m"], "op_types": ["Conv2d", "Linear"], "sparse_ratio": 1}');
    const at = (path: KeyPath, more: Partial<Finding> = {}): Finding => ({
      code: 'unknown-key',
      severity: 'silent',
      rule: 'S',
      where: { subConfig: 0, path, also: [['op_types', 0], ['op_types', 1], ['sparse_ratio']] },
      values: { key: 'm' },
      fixes: [],
      ...more,
    } as Finding);
    const finding = at(['op_names', 0], { merged: [at(['op_types', 1])] });
    const told = (path: KeyPath) => isToldElsewhere(path, finding, config);
    expect([['op_names', 0], ['op_types', 0], ['op_types', 1], ['sparse_ratio']].map(told)).toEqual([false, true, false, false]);
    // Its first place has no field in the card: the next one has the words.
    expect(isToldElsewhere(['op_types', 0], at(['exclude_op_names', 0]), config)).toBe(false);
  });

  it('looks for fields from the inside out', () => {
    expect(fieldCandidates(['target_settings', 'weight', 'align'])).toEqual([
      'target_settings.weight.align',
      'target_settings.weight',
      'target_settings',
    ]);
  });
});

describe('which values the field of a key can show without losing anything', () => {
  it.each<[Mode, string, string, boolean]>([
    ['pruning', 'sparse_ratio', '0.5', true],
    ['pruning', 'sparse_ratio', '1', false],
    ['pruning', 'sparse_ratio', '"0.5"', false],
    ['pruning', 'global_group_id', '7', true],
    ['pruning', 'global_group_id', 'true', false],
    ['pruning', 'internal_metric_block', '2.0', false],
    ['pruning', 'granularity', '[4, 4]', true],
    ['pruning', 'granularity', '[[1], "back"]', false],
    ['pruning', 'granularity', '"channels"', false],
    ['pruning', 'align', '{"module_name": null, "target_name": "weight", "dims": [0]}', true],
    ['pruning', 'align', '{"module_name": "", "target_name": "weight", "dims": [0]}', false],
    ['pruning', 'align', '{"target_name": "weight", "extra": 1}', false],
    ['pruning', 'apply_method', '"mul"', true],
    ['pruning', 'apply_method', '"div"', false],
    ['quantization', 'quant_dtype', '"uint4"', true],
    ['quantization', 'quant_dtype', 'null', true],
    ['quantization', 'quant_dtype', '"int08"', false],
    ['quantization', 'quant_dtype', '"float16"', false],
    ['quantization', 'fuse_names', '[["a", "b"]]', true],
    ['quantization', 'fuse_names', '[["a, b"]]', false],
    ['quantization', 'fuse_names', '[["a", 1]]', false],
    ['quantization', 'fuse_names', '[[" a", "b"]]', false],
    ['quantization', 'fuse_names', '[["", "b"]]', false],
    ['pruning', 'global_group_id', '"a\\nb"', false],
    ['distillation', 'lambda', '1.0', true],
    ['distillation', 'lambda', '1', false],
    ['distillation', 'link', '"auto"', true],
    ['distillation', 'link', '["a", "b"]', true],
    ['distillation', 'link', '[]', false],
  ])('%s %s: %s → %s', (mode, key, value, fits) => {
    expect(hasField(findSettingKey(mode, key)!, json(value))).toBe(fits);
  });

  it('V3–V5: every key of every mode has a field for its own example', () => {
    const keys = [...settingKeys.pruning, ...settingKeys.quantization, ...settingKeys.distillation];
    expect(keys.filter((entry) => !hasField(entry, json(entry.example))).map(({ key }) => key)).toEqual([]);
  });
});

it('X2a: group ids are found at the top and in target settings, with the sub-configs that use them', () => {
  const list = [
    '{"global_group_id": "a", "target_settings": {"weight": {"global_group_id": 1}, "bias": 3}}',
    '{"global_group_id": "b"}',
    '{"target_settings": {"weight": {"global_group_id": "a"}}}',
  ].map((text, at): SubConfig => ({ id: `s${at}`, label: '', color: 0, enabled: true, config: object(text) }));
  expect(groupUses(list, 'global_group_id')).toEqual([
    { id: 'a', numbers: [1, 3] },
    { id: '1', numbers: [1] },
    { id: 'b', numbers: [2] },
  ]);
});

it.each<[ConfigValue, string]>([
  ['all', 'all'],
  [{ type: 'int', text: '7' }, '7'],
  ['7', '"7"'],
  ['"7"', '"\\"7\\""'],
  ['', ''],
])('X2a: the group id %j reads %s, and is read back', (id, text) => {
  expect(groupIdText(id)).toBe(text);
  expect(parseGroupId(text)).toEqual(id);
});

it('options that begin with the text come before those that hold it, in either case', () => {
  const options = ['Conv2d', 'LazyConv2d', 'Linear', 'convert'].map((value) => ({ value }));
  expect(filterOptions(options, 'conv').map(({ value }) => value)).toEqual(['Conv2d', 'convert', 'LazyConv2d']);
  expect(filterOptions(Array.from({ length: 80 }, (_, at) => ({ value: `x${at}` })), '')).toHaveLength(50);
});

describe('problems of patterns', () => {
  const entry = (state: SelectionEntry['state']): SelectionEntry => {
    return { key: 'op_names_re', index: 0, value: 'x', count: 0, effect: 0, state };
  };

  it.each<[string, SelectionEntry | null, string | null]>([
    ['nothing known yet', null, null],
    ['a fine one', entry({ type: 'fine' }), null],
    ['one that does not compile', entry({ type: 'invalid', message: 'bad escape', position: 2 }), 'bad escape'],
    [
      'one that hangs',
      entry({ type: 'slow', seconds: 7200 }),
      'Python would hang on this for about 2 hours.',
    ],
  ])('S2: %s', (_, known, text) => {
    expect(patternProblem(null, known)?.text ?? null).toBe(text);
  });

  it.each([
    ['a[', 1, ['a', '[']],
    ['😀[', 1, ['😀', '[']],
    ['ab', 2, ['ab', ' ']],
    ['a😀', 1, ['a', '😀']],
  ])('S2: the wrong character of %s at code point %i', (pattern, position, parts) => {
    expect(splitAtProblem(pattern, position)).toEqual(parts);
  });
});
