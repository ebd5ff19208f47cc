import { describe, expect, test } from 'vitest';
import { readListText } from './read-list-text.ts';

describe('readListText', () => {
  const refused: readonly [text: string, type: 'syntax' | 'shape', line: number, column: number, message: RegExp][] = [
    ['', 'syntax', 1, 1, /empty/],
    ['[{"a": 1},]', 'syntax', 1, 10, /comma/],
    ['[\n  {"a": True}\n]', 'syntax', 2, 9, /True is Python/],
    ['{"op_types": ["Conv2d"]}', 'shape', 1, 1, /an object, not a list/],
    ['  "x"', 'shape', 1, 3, /a string, not a list/],
    ['[{}, 1.0]', 'shape', 1, 6, /Item 2 of the list is a number, not a sub-config/],
    ['[{},\n [\n]]', 'shape', 2, 2, /Item 2 of the list is a list/],
    ['[null]', 'shape', 1, 2, /Item 1 of the list is null/],
  ];
  test.each(refused)('refuses %j', (text, type, line, column, message) => {
    const read = readListText(text);
    expect(read).toMatchObject({ ok: false, error: { type, line, column } });
    if (!read.ok) expect(`${read.error.message} ${read.error.remedy}`).toMatch(message);
  });

  test('marks the first line of a wrong item only', () => {
    expect(readListText('[{},\n [\n]]')).toMatchObject({ error: { offset: 6, length: 1 } });
  });

  test('E1: reads a list and keeps 1.0', () => {
    const read = readListText('[{"sparse_ratio": 1.0}]');
    expect(read.ok && read.value.list).toEqual([
      { type: 'object', entries: [['sparse_ratio', { type: 'float', text: '1.0' }]] },
    ]);
  });
});
