import { describe, expect, test } from 'vitest';
import type { Finding } from '../../core/checks/finding.ts';
import type { Fix } from '../../core/diagnostics/fix.ts';
import { readListText } from '../../monaco/read-list-text.ts';
import { asResolved } from '../../core/diagnostics/number-of.ts';
import { markFindings, markProblem, markRepeatedKeys } from './finding-markers.ts';

const text = '[\n  {"op_names_re": ["layer1("], "sparse_ratio": 1}\n]';

const fix: Fix = {
  code: 'write-float',
  values: { value: '1.0' },
  action: { type: 'edit-list', edits: [{ type: 'set', path: [0, 'sparse_ratio'], value: { type: 'float', text: '1.0' } }] },
};

function finding(where: Finding['where'], fixes: readonly Fix[] = []): Finding {
  return { code: 'empty-dict', severity: 'refused', rule: 'V7', where, values: { key: 'target_settings' }, fixes };
}

describe('markFindings', () => {
  const cases: readonly [where: Finding['where'], marked: string][] = [
    [{ subConfig: 0, path: ['sparse_ratio'] }, '1'],
    [{ subConfig: 0, path: ['op_names_re', 0], range: [6, 7] }, '('],
    [{ subConfig: 0, path: ['op_names'] }, '{'],
    [{ subConfig: null, path: [] }, '['],
  ];
  test.each(cases)('%j → %s', (where, marked) => {
    const [marker] = markFindings(text, [finding(where)], asResolved, () => undefined);
    expect(text.slice(marker!.offset, marker!.offset + marker!.length)).toBe(marked);
    expect(marker!.severity).toBe('refused');
  });

  test('fixes call back with what they do', () => {
    const applied: Fix[] = [];
    const [marker] = markFindings(text, [finding({ subConfig: 0, path: ['sparse_ratio'] }, [fix])], asResolved, (chosen) =>
      applied.push(chosen),
    );
    marker!.fixes[0]!.run();
    expect(applied).toEqual([fix]);
  });

  test('a broken text has none', () => {
    expect(markFindings('[', [finding({ subConfig: 0, path: [] })], asResolved, () => undefined)).toEqual([]);
  });
});

test('markProblem marks at least one character', () => {
  const read = readListText('[{}');
  if (read.ok) throw new Error('The text should be broken.');
  expect(markProblem(read.error)).toMatchObject({ severity: 'refused', length: expect.toSatisfy((n: number) => n >= 1) });
});

test('markRepeatedKeys marks the one that counts', () => {
  const repeated = '[{"op_names": ["a"], "op_names": ["b"]}]';
  expect(markRepeatedKeys(repeated)).toMatchObject([{ offset: repeated.lastIndexOf('"op_names"'), length: 10, severity: 'silent' }]);
  expect(markRepeatedKeys(text)).toEqual([]);
});
