import { expect, test } from 'vitest';
import { wordFix } from '../diagnostics/fix.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import type { Finding } from './finding.ts';
import { wordFinding, wordWhyAlone } from './word-finding.ts';

const lost: Finding = {
  code: 'lost-targets',
  severity: 'silent',
  rule: 'R1',
  where: { subConfig: 1, path: [] },
  values: { subConfig: 2, winner: 1, target: 'weight', count: 1, narrower: 0 },
  fixes: [
    {
      code: 'move-up',
      values: { subConfig: 2, winner: 1 },
      action: { type: 'edit-list', edits: [{ type: 'move', from: 1, to: 0 }] },
    },
  ],
};

test('F7: words name the numbers that are shown', () => {
  const numberOf = (place: number): number => [2, 4][place - 1]!;
  expect(wordFinding(lost, numberOf).title).toBe('1 weight target already taken by #2.');
  expect(wordFix(lost.fixes[0]!, numberOf)).toBe('Move #4 above #2');
});

test('F7: where every sub-config counts, words name its place', () => {
  expect(wordFinding(lost, asResolved).title).toBe('1 weight target already taken by #1.');
  expect(wordFix(lost.fixes[0]!, asResolved)).toBe('Move #2 above #1');
});

test.each([
  ['exclude-elsewhere', { subConfig: 2 }, 'Exclude the modules of #4 from the others, and remove #4'],
  ['move-to-mode', { subConfig: 1, mode: 'pruning' }, 'Move #2 to the pruning list'],
  ['remove-sub-config', { subConfig: 2 }, 'Remove sub-config 4'],
  ['remove-none', { keys: 'a, b, c' }, 'Remove keys that are None: a, b, c'],
  ['remove-none', { keys: 'a, b, c, d' }, 'Remove the 4 keys that are None'],
] as const)('F7: the fix %s names the number that is shown', (code, values, expected) => {
  const fix = { code, values, action: { type: 'edit-list', edits: [] } } as Parameters<typeof wordFix>[0];
  expect(wordFix(fix, (place) => [2, 4][place - 1]!)).toBe(expected);
});

test('F7: a place that shows the exception by itself gets the reason without it', () => {
  const refused: Finding = { ...lost, error: { type: 'AssertionError', message: 'said by Python' } };
  expect(wordFinding(refused, asResolved).why).toContain('said by Python');
  expect(wordWhyAlone(refused, asResolved)).not.toContain('Python');
  expect(wordWhyAlone({ ...refused, where: { ...refused.where, also: [[0, 'op_types']] } }, asResolved)).toContain('The same at [0].op_types');
});
