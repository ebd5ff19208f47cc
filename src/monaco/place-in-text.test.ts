import { describe, expect, test } from 'vitest';
import { readJson } from '../core/config/json-reader.ts';
import type { KeyPath } from '../core/config/value.ts';
import { placeInText, type ValueRange } from './place-in-text.ts';

const text = String.raw`[{"op_names_re": ["layer1\\.(", "\u00e9[a"], "target_settings": {"weight": {"sparse_ratio": 1}}}]`;

describe('placeInText', () => {
  const cases: readonly [path: KeyPath, range: ValueRange | undefined, marked: string][] = [
    [[], undefined, '['],
    [[0], undefined, '{'],
    [[0, 'target_settings'], undefined, '"target_settings"'],
    [[0, 'target_settings', 'weight', 'sparse_ratio'], undefined, '1'],
    [[0, 'target_settings', 'weight', 'granularity'], undefined, '"weight"'],
    [[0, 'sparse_ratio'], undefined, '{'],
    [[3, 'op_names'], undefined, '['],
    [[0, 'op_names_re'], undefined, String.raw`["layer1\\.(", "\u00e9[a"]`],
    [[0, 'op_names_re', 0], undefined, String.raw`"layer1\\.("`],
    [[0, 'op_names_re', 0], [6, 7], String.raw`\\`],
    [[0, 'op_names_re', 0], [8, 9], '('],
    [[0, 'op_names_re', 0], [9, 9], '"'],
    [[0, 'op_names_re', 0], [40, 50], '"'],
    [[0, 'op_names_re', 1], [1, 3], '[a'],
    [[0, 'target_settings'], [1, 3], '"target_settings"'],
  ];
  test.each(cases)('%j, %j → %s', (path, range, marked) => {
    const read = readJson(text);
    if (!read.ok) throw new Error(read.error.message);
    const { offset, length } = placeInText(text, read.value, path, range);
    expect(text.slice(offset, offset + length)).toBe(marked);
  });
});
