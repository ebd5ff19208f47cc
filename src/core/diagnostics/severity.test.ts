import { expect, test } from 'vitest';
import { severities, severityCode, severityOfCode } from './severity.ts';

test('F5 a graver severity has a larger code, and a code names its severity', () => {
  const codes = severities.map(severityCode);
  expect(codes).toEqual([5, 4, 3, 2, 1]);
  expect(codes.map(severityOfCode)).toEqual(severities);
  expect(severityOfCode(0)).toBeNull();
});
