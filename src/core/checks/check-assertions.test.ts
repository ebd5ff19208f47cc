import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { wordFinding } from './word-finding.ts';
import { createPlan } from '../plan/create-plan.ts';
import { applyPlanEdit } from '../plan/plan-edits.ts';
import type { Demand, Plan } from '../plan/plan.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { createResolver } from '../resolve/resolver.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { assertionsOfList, checkAssertions, type ListAssertion } from './check-assertions.ts';
import { findFailedAssertions } from './findings/assertion-fails.ts';

const resolver = createResolver(readSample('resnet18'));
const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.5}]';

/** The reported text for a demand; empty when the demand holds. */
function reported(demand: Demand, subConfig: number | null = null, label = ''): string {
  const read = readJsonValue(list);
  const resolution = resolver.resolve({
    mode: 'pruning',
    list: read.ok ? read.value : null,
    templates: [],
    python: defaultPythonVersion,
  });
  const assertions: readonly ListAssertion[] = [{ id: 'a1', label, subConfig, demand }];
  const results = checkAssertions(assertions, resolution, resolver, defaultPythonVersion);
  const findings = findFailedAssertions({ assertions: results, tree: resolver.tree });
  return findings.map((finding) => `${finding.severity}: ${wordFinding(finding, asResolved).title}`).join('\n');
}

describe('F8b: assertions of a plan', () => {
  it.each<[Demand, number | null, string]>([
    [{ type: 'selects-exactly', count: 21 }, null, ''],
    [{ type: 'selects-exactly', count: 20 }, 0, ''],
    [{ type: 'selects-exactly', count: 32 }, null, 'assertion: An assertion fails: 21 modules are selected, not 32.'],
    [{ type: 'selects-at-least', count: 2 }, 1, 'assertion: An assertion fails: 1 module is selected, fewer than 2.'],
    [{ type: 'selects-at-most', count: 5 }, 0, 'assertion: An assertion fails: 20 modules are selected, more than 5.'],
    [{ type: 'never-selects', pattern: 'vision' }, null, ''],
    [
      { type: 'never-selects', pattern: 'layer1' },
      0,
      'assertion: An assertion fails: layer1.0.conv1 and 3 more modules that match layer1 are selected.',
    ],
    [{ type: 'selects-all', pattern: 'fc$' }, null, ''],
    [
      { type: 'selects-all', pattern: 'bn1' },
      null,
      'assertion: An assertion fails: bn1, which matches bn1, is not selected.',
    ],
    [
      { type: 'never-selects', pattern: 'layer[' },
      null,
      'not checked: An assertion cannot be decided: its pattern is not one that Python can try.'.replace('not checked', 'not-checked'),
    ],
    [
      { type: 'selects-exactly', count: 1 },
      7,
      'not-checked: An assertion cannot be decided: its sub-config is not in the list.',
    ],
  ])('%j of %s', (demand, subConfig, expected) => {
    expect(reported(demand, subConfig)).toBe(expected);
  });

  it('says the label', () => {
    expect(reported({ type: 'selects-exactly', count: 1 }, 0, 'only the head')).toBe(
      'assertion: “only the head” fails: 20 modules are selected, not 1.',
    );
  });

  it('counts the sub-configs that NNI gets, and leaves out those about one that is off', () => {
    let plan: Plan = createPlan();
    for (let i = 0; i < 3; i++) plan = applyPlanEdit(plan, { type: 'add-sub-config', mode: 'pruning' });
    const [first, second, third] = plan.lists.pruning.map(({ id }) => id);
    plan = applyPlanEdit(plan, { type: 'set-enabled', mode: 'pruning', id: first!, enabled: false });
    for (const subConfig of [first!, second!, third!, null]) {
      const demand = { type: 'selects-exactly', count: 0 } as const;
      plan = applyPlanEdit(plan, {
        type: 'set-assertion',
        assertion: { id: '', mode: 'pruning', subConfig, label: '', demand },
      });
    }
    expect(assertionsOfList(plan, 'pruning').map(({ id, subConfig }) => [id, subConfig])).toEqual([
      ['a2', 0],
      ['a3', 1],
      ['a4', null],
    ]);
    expect(assertionsOfList(plan, 'quantization')).toEqual([]);
  });
});
