import { describe, expect, test } from 'vitest';
import type { Finding } from '../../core/checks/finding.ts';
import { fix } from '../../core/diagnostics/fix.ts';
import type { Severity } from '../../core/diagnostics/severity.ts';
import { countSeverities, findingKey, groupByCause, orderFindings, sharedFix, shortSeverityLabel, stepInRing } from './problem-list.ts';

const facts = {
  a: { code: 'selects-nothing', values: { subConfig: 1 } },
  b: { code: 'empty-dict', values: { key: 'target_settings' } },
  c: { code: 'wins-nothing', values: { subConfig: 1, lost: 2, winners: [2] } },
  d: { code: 'not-checked', values: { subConfig: 1, lack: 'types', rule: 'C1', count: 1 } },
} as const;

function finding(severity: Severity, name: keyof typeof facts): Finding {
  return { ...facts[name], severity, rule: 'S', where: { subConfig: 0, path: [] }, fixes: [] };
}

const findings = [finding('silent', 'a'), finding('refused', 'b'), finding('silent', 'c'), finding('not-checked', 'd')];
const nameOf = (found: Finding): string => Object.entries(facts).find(([, { code }]) => code === found.code)![0];

test('countSeverities', () => {
  expect(countSeverities(findings)).toEqual({ refused: 1, later: 0, assertion: 0, silent: 2, 'not-checked': 1 });
});

test.each<[Severity, number, string]>([
  ['later', 1, 'fails when it runs'],
  ['later', 2, 'fail when it runs'],
  ['assertion', 1, 'assertion fails'],
  ['assertion', 2, 'assertions fail'],
  ['silent', 2, 'warnings'],
  ['not-checked', 1, 'not checked'],
])('shortSeverityLabel of %s, %d', (severity, count, expected) => {
  expect(shortSeverityLabel(severity, count)).toBe(expected);
});

describe('orderFindings', () => {
  const cases: readonly [only: Severity | null, codes: string][] = [
    [null, 'bacd'],
    ['silent', 'ac'],
    ['later', ''],
  ];
  test.each(cases)('%s → %s', (only, codes) => {
    expect(
      orderFindings(findings, only)
        .map(nameOf)
        .join(''),
    ).toBe(codes);
  });
});


test('stepInRing', () => {
  const cases: readonly [current: number | null, step: 1 | -1, count: number, next: number | null][] = [
    [null, 1, 0, null],
    [null, 1, 3, 0],
    [null, -1, 3, 2],
    [2, 1, 3, 0],
    [0, -1, 3, 2],
    [5, 1, 3, 0],
  ];
  for (const [current, step, count, next] of cases) expect(stepInRing(current, step, count)).toBe(next);
});

test('findingKey distinguishes findings by what and where, not by identity', () => {
  expect(findingKey(finding('silent', 'a'))).toBe(findingKey(finding('silent', 'a')));
  expect(findingKey(finding('silent', 'a'))).not.toBe(findingKey(finding('silent', 'b')));
});

test('F15: findings of one cause stand together where there are several', () => {
  const group = (...names: readonly (keyof typeof facts)[]) =>
    groupByCause(names.map((name) => finding('silent', name))).map((found) => found.map(nameOf).join(''));
  expect(group('a', 'c', 'a')).toEqual(['a', 'a', 'c']);
  expect(group('a', 'c', 'a', 'a')).toEqual(['aaa', 'c']);
});

test('F15: a fix that settles all of one cause stands in their line', () => {
  const only = fix('only-types', { types: 'Conv2d' }, { type: 'set', path: [0, 'op_types'], value: ['Conv2d'] });
  const exclude = (type: string) => fix('exclude-type', { type }, { type: 'set', path: [0, 'exclude_op_types'], value: [type] });
  const [one, other] = [{ ...findings[1]!, fixes: [exclude('a'), only] }, { ...findings[1]!, fixes: [only, exclude('b')] }];
  expect(sharedFix([one, other])).toEqual(only);
  expect(sharedFix([one, other, findings[1]!])).toBeNull();
  expect(sharedFix([])).toBeNull();
});

test('F14: what is intended is neither counted nor listed', () => {
  const intended: Finding = { ...finding('silent', 'a'), intended: true };
  expect(countSeverities([intended]).silent).toBe(0);
  expect(orderFindings([intended], null)).toEqual([]);
});
