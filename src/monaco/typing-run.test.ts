import { describe, expect, test } from 'vitest';
import { createTypingRun, type TextChange } from './typing-run.ts';

const insert = (rangeOffset: number, text: string): TextChange => ({ rangeOffset, rangeLength: 0, text });
const remove = (rangeOffset: number, rangeLength = 1): TextChange => ({ rangeOffset, rangeLength, text: '' });

describe('createTypingRun', () => {
  const cases: readonly [title: string, changes: readonly TextChange[], continues: readonly boolean[]][] = [
    ['keys one after the other', [insert(4, 'a'), insert(5, 'b'), insert(6, 'c')], [false, true, true]],
    ['a bracket with its counterpart', [insert(4, '[]'), insert(5, '1')], [false, true]],
    ['backspaces', [insert(4, 'a'), remove(4), remove(3), insert(3, 'b')], [false, true, true, true]],
    ['elsewhere', [insert(4, 'a'), insert(40, 'b')], [false, false]],
    ['a paste, then a key', [insert(4, 'a'), insert(5, 'pasted'), insert(11, 'b')], [false, false, true]],
    ['a selection replaced', [insert(4, 'a'), { rangeOffset: 2, rangeLength: 3, text: 'x' }], [false, false]],
  ];
  test.each(cases)('%s', (_title, changes, continues) => {
    const run = createTypingRun();
    expect(changes.map((change) => run.continues([change]))).toEqual(continues);
  });

  test('ends on request, and with several cursors', () => {
    const run = createTypingRun();
    run.continues([insert(4, 'a')]);
    run.end();
    expect(run.continues([insert(5, 'b')])).toBe(false);
    expect(run.continues([insert(6, 'c'), insert(60, 'c')])).toBe(false);
  });
});
