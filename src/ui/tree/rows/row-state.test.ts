import { expect, test } from 'vitest';
import { severityCode, type Severity } from '../../../core/diagnostics/severity.ts';
import { firstMarks, gravestBelow, type RowMark } from './row-state.ts';

function marks(count: number, own = -1): readonly RowMark[] {
  return Array.from({ length: count }, (_, at) => {
    return { id: `s${at}`, number: at + 1, color: at, state: 'selected', count: 1, own: at === own, amount: '' };
  });
}

test('a row shows the first of thousands of sub-configs, and always the one that selects its own module', () => {
  const numbers = (all: readonly RowMark[]) => firstMarks(all).map(({ number }) => number);
  expect(numbers(marks(12))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(numbers(marks(5000))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(numbers(marks(5000, 4321))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 4322]);
});

test.each<[readonly (Severity | null)[], Severity | null]>([
  [[null, 'later', 'refused'], 'refused'],
  [[null, 'later', null], 'later'],
  [[null, 'silent', 'not-checked'], null],
  [['refused', 'later', 'refused'], null],
  [['silent', 'later', null], 'later'],
  [[null], null],
])('of a closed row whose modules have %j the failure below is %s', (severities, below) => {
  const codes = Uint8Array.from(severities, (severity) => (severity === null ? 0 : severityCode(severity)));
  expect(gravestBelow(codes, { module: 0, end: codes.length })).toBe(below);
});
