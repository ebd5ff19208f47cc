import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTextEdits, smallestEdit, type TextEdit } from './text-edit.ts';

describe('smallestEdit', () => {
  const cases: readonly [before: string, after: string, edit: TextEdit | null][] = [
    ['same', 'same', null],
    ['', 'new', { offset: 0, length: 0, text: 'new' }],
    ['0.5', '0.75', { offset: 2, length: 0, text: '7' }],
    ['aaa', 'aa', { offset: 2, length: 1, text: '' }],
    ['[1, 2, 3]', '[1, 3]', { offset: 4, length: 3, text: '' }],
    ['a😀b', 'a😁b', { offset: 1, length: 2, text: '😁' }],
  ];
  test.each(cases)('%j → %j', (before, after, edit) => {
    expect(smallestEdit(before, after)).toEqual(edit);
  });

  test('any two texts, seed 7', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, fc.nat(5), (before, after, offset) => {
        const edit = smallestEdit(before, after, offset);
        const padding = 'x'.repeat(offset);
        expect(applyTextEdits(padding + before, edit ? [edit] : [])).toBe(padding + after);
        if (edit) expect(edit.text).toBe(new TextDecoder().decode(new TextEncoder().encode(edit.text)));
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

test('applyTextEdits takes edits in any order', () => {
  const edits: readonly TextEdit[] = [
    { offset: 0, length: 1, text: 'A' },
    { offset: 4, length: 0, text: '!' },
    { offset: 2, length: 2, text: '' },
  ];
  expect(applyTextEdits('abcd', edits)).toBe('Ab!');
  expect(applyTextEdits('abcd', edits.toReversed())).toBe('Ab!');
});

test('thousands of edits of a long text come out right', () => {
  const text = 'ab'.repeat(200_000);
  const edits = Array.from({ length: 100_000 }, (_, at): TextEdit => ({ offset: 4 * at, length: 1, text: 'x' }));
  expect(applyTextEdits(text, edits)).toBe('xbab'.repeat(100_000));
});
