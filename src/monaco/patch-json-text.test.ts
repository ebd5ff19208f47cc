import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonValue } from '../core/config/json-reader.ts';
import { writeJson } from '../core/config/json-writer.ts';
import type { ConfigValue } from '../core/config/value.ts';
import { arbitraryValue } from '../core/testing/arbitrary-config.ts';
import { isSameText, patchJsonText } from './patch-json-text.ts';
import { applyTextEdits } from './text-edit.ts';

function valueOf(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('patchJsonText', () => {
  const cases: readonly [title: string, before: string, value: string, after: string][] = [
    ['nothing to do', '[ {"a":1} ]', '[{"a": 1}]', '[ {"a":1} ]'],
    ['E1: 1 and 1.0 are not the same', '[{"a":1}]', '[{"a": 1.0}]', '[{"a":1.0}]'],
    ['E1: 0.5 and 0.50 are written differently', '[{"a":0.5}]', '[{"a": 0.50}]', '[{"a":0.50}]'],
    [
      'the layout of the rest stays',
      '[\n    { "op_types": ["Conv2d"],   "sparse_ratio": 0.5 },\n  {"op_names": []}]',
      '[{"op_types": ["Conv2d"], "sparse_ratio": 0.75}, {"op_names": []}]',
      '[\n    { "op_types": ["Conv2d"],   "sparse_ratio": 0.75 },\n  {"op_names": []}]',
    ],
    [
      'a key is added on one line',
      '[{ "op_types": [ "Conv2d" ] }]',
      '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]',
      '[{"op_types": [ "Conv2d" ], "sparse_ratio": 0.5}]',
    ],
    [
      'a key is added below the others',
      '[\n  {\n    "op_types": [ "Conv2d" ]\n  }\n]',
      '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]',
      '[\n  {\n    "op_types": [ "Conv2d" ],\n    "sparse_ratio": 0.5\n  }\n]',
    ],
    ['sub-configs change places', '[\n  { "a":1 },\n  { "b":2 }\n]', '[{"b": 2}, {"a": 1}]', '[\n  { "b":2 },\n  { "a":1 }\n]'],
    ['a sub-config goes', '[\n  { "a":1 },\n  { "b":2 }\n]', '[{"b": 2}]', '[\n  { "b":2 }\n]'],
    ['the last one goes', '[\n  { "a":1 }\n]', '[]', '[]'],
    ['a key that stands twice', '{"a": 1, "a": 2}', '{"a": 3}', '{"a": 1, "a": 3}'],
    ['no JSON', '[{"a": }]', '[]', '[]'],
  ];
  test.each(cases)('%s', (_title, before, value, after) => {
    expect(applyTextEdits(before, patchJsonText(before, valueOf(value)))).toBe(after);
  });

  test('an edit touches only what differs', () => {
    expect(patchJsonText('[{"a": 0.5, "b": [1, 2]}]', valueOf('[{"a": 0.75, "b": [1, 2, 3]}]'))).toEqual([
      { offset: 9, length: 0, text: '7' },
      { offset: 22, length: 0, text: ', 3' },
    ]);
  });

  test('E1: the text then means the value, to the digit, seed 11', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, fc.constantFrom(0, 1, 4), (before, after, indent) => {
        const text = writeJson(before, { indent, width: 20 });
        const patched = applyTextEdits(text, patchJsonText(text, after));
        expect(isSameText(valueOf(patched), after)).toBe(true);
      }),
      { seed: 11, numRuns: 1500 },
    );
  });

  test('a text in the usual layout stays in it, seed 12', () => {
    const key = fc.constantFrom('op_names', 'target_settings', 'align', 'x'.repeat(60));
    const leaf = fc.constantFrom<ConfigValue>('layer1.0.conv1', { type: 'float', text: '0.5' }, null, 'y'.repeat(30));
    const value = fc.letrec<{ value: ConfigValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name })
          .map((entries): ConfigValue => ({ type: 'object', entries })),
      ),
    })).value;
    fc.assert(
      fc.property(value, value, (before, after) => {
        const text = writeJson(before);
        expect(applyTextEdits(text, patchJsonText(text, after))).toBe(writeJson(after));
      }),
      { seed: 12, numRuns: 1500 },
    );
  });
});
