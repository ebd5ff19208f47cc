import { describe, expect, test } from 'vitest';
import { readJsonValue } from '../core/config/json-reader.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { settingKeys } from '../core/config/setting-keys.ts';
import { structureOffersAt } from './structure-offers.ts';

/** The text after the offer of that label at the bar is taken, places of a snippet filled. `null` where it is not offered. */
function take(marked: string, label: string, mode: Mode = 'pruning'): string | null {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { offers, offset, length } = structureOffersAt(text, at, mode);
  const offer = offers.find((one) => one.label === label);
  if (!offer) return null;
  const written = offer.insert.replaceAll(/\$\{\d:([^}]*)\}/g, '$1').replaceAll(/\$\d/g, '').replaceAll(/\\([\\$}])/g, '$1');
  return text.slice(0, offset) + written + text.slice(offset + length);
}

function labels(marked: string, mode: Mode = 'pruning'): readonly string[] {
  return structureOffersAt(marked.replace('|', ''), marked.indexOf('|'), mode).offers.map(({ label }) => label);
}

describe('keys', () => {
  test.each<[marked: string, label: string, after: string | null]>([
    ['[{|}]', 'op_types', '[{"op_types": [""]}]'],
    ['[{"op_t|"}]', 'op_types', '[{"op_types": [""]}]'],
    ['[{op_t|}]', 'op_types', '[{"op_types": [""]}]'],
    ['[{"spar|": 1}]', 'sparse_ratio', '[{"sparse_ratio": 1}]'],
    ['[{"|" "op_types": []}]', 'sparse_ratio', '[{"sparse_ratio": 0.5, "op_types": []}]'],
    ['[{"op_types": [], "|"}]', 'op_types', null],
    ['[{"op_types|": []}]', 'op_types', '[{"op_types": []}]'],
    ['[{"target_settings": {"weight": {|}}}]', 'sparse_ratio', '[{"target_settings": {"weight": {"sparse_ratio": 0.5}}}]'],
    ['[{"target_settings": {"weight": {|}}}]', 'op_types', null],
    ['[{"align": {|}}]', 'dims', '[{"align": {"dims": [0]}}]'],
    ['[{"sparse_ratio": 0.5, "|"}]', 'quant_dtype', null],
  ])('%s takes %s', (marked, label, after) => expect(take(marked, label)).toBe(after));

  test('stand in the order of a form, selectors first', () => {
    expect(labels('[{|}]').slice(0, 3)).toEqual(['op_names', 'op_names_re', 'op_types']);
    expect(labels('[{|}]').indexOf('sparse_ratio')).toBeLessThan(labels('[{|}]').indexOf('align'));
  });

  test.each(modes)('of %s close all that they open', (mode) => {
    const open = settingKeys[mode].filter(({ key }) => !readJsonValue(take('[{|}]', key, mode) ?? '').ok);
    expect(open).toEqual([]);
  });
});

describe('words', () => {
  test.each<[marked: string, label: string, after: string | null, mode: Mode]>([
    ['[{"granularity": |}]', 'out_channel', '[{"granularity": "out_channel"}]', 'pruning'],
    ['[{"granularity": "ou|"}]', 'out_channel', '[{"granularity": "out_channel"}]', 'pruning'],
    ['[{"quant_scheme": "|"}]', 'affine', '[{"quant_scheme": "affine"}]', 'quantization'],
    ['[{"align": {"module_name": |}}]', 'null', '[{"align": {"module_name": null}}]', 'pruning'],
    ['[{"link": "|"}]', 'auto', '[{"link": "auto"}]', 'distillation'],
    ['[{"sparse_ratio": 0.5|}]', 'out_channel', null, 'pruning'],
  ])('%s takes %s', (marked, label, after, mode) => expect(take(marked, label, mode)).toBe(after));
});

describe('sub-configs', () => {
  test.each(modes)('of %s are whole', (mode) => {
    const after = take('[\n  |\n]', '{ op_types … }', mode);
    expect(after && readJsonValue(after)).toMatchObject({ ok: true });
  });

  test('bring a comma where one follows', () => {
    expect(take('[| {"op_types": []}]', '{ op_types … }')).toContain('}, {"op_types": []}');
  });

  test('nothing is offered beside a number', () => expect(labels('[{"sparse_ratio": 0.|}]')).toEqual([]));
});
