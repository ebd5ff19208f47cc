import { expect, test } from 'vitest';
import type { Finding } from './finding.ts';
import { numberFindings } from './number-findings.ts';
import { wordFix } from '../diagnostics/fix.ts';
import { wordFinding } from './word-finding.ts';

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

test('F7: words name the numbers that are shown, places and edits the list that was resolved', () => {
  const [shown] = numberFindings([lost], [2, 4]);
  expect(wordFinding(shown!).title).toBe('1 weight target already taken by #2.');
  expect(wordFix(shown!.fixes[0]!)).toBe('Move #4 above #2');
  expect(shown!.where).toEqual(lost.where);
  expect(shown!.fixes[0]!.action).toEqual(lost.fixes[0]!.action);
});

test('F7: nothing changes where every sub-config counts', () => {
  const findings = [lost];
  expect(numberFindings(findings, [1, 2])).toBe(findings);
});
