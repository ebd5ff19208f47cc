import { expect, test } from 'vitest';
import type { Finding } from '../../core/checks/finding.ts';
import { emptyObject, objectOf } from '../../core/config/value.ts';
import type { SubConfig } from '../../core/plan/plan.ts';
import { unfinishedOf } from './unfinished.ts';

const of = (subConfig: number | null, intended = false) =>
  ({ where: { subConfig, path: [] }, ...(intended ? { intended } : {}) }) as unknown as Finding;
const subConfigs = [
  { id: 'a', config: objectOf([['op_types', ['Conv2d']]]) },
  { id: 'b', config: emptyObject },
  { id: 'c', config: objectOf([['op_names_re', []]]) },
] as unknown as readonly SubConfig[];
const ids = ['a', 'b', 'c'];

test.each<[name: string, findings: readonly Finding[], unfinished: readonly number[] | null]>([
  ['one that chooses nothing, each once', [of(1), of(1)], [1]],
  ['two that choose nothing', [of(2), of(1)], [2, 1]],
  ['another sub-config has a finding', [of(1), of(0)], null],
  ['a finding of another sub-config that is intended', [of(0, true), of(2)], [2]],
  ['a finding about the list', [of(1), of(null)], null],
  ['no finding', [], null],
])('K3: %s', (_, findings, unfinished) => {
  expect(unfinishedOf(findings, ids, subConfigs)).toEqual(unfinished);
});
