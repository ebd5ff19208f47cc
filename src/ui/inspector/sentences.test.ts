import { describe, expect, test } from 'vitest';
import type { ModuleExplanation, SelectionReason } from '../../core/resolve/explain.ts';
import type { OutcomeFailure, ProvenanceStep, SelectionEntry, TargetOutcome } from '../../core/resolve/resolution.ts';
import { plainSentence, reasonSentence, sourceSentence, verdictSentence, type Sentence } from './sentences.ts';

const entry = (key: SelectionEntry['key'], value: string, index = 0): SelectionEntry => ({
  key,
  index,
  value,
  count: 1,
  effect: 1,
  state: { type: 'fine' },
});
const pattern = entry('op_names_re', 'layer1');
const type = entry('op_types', 'Conv2d');
const selected: SelectionReason = { type: 'selected', by: [pattern] };
const notNamed: SelectionReason = { type: 'not-named', moduleType: 'Conv2d' };

const wonBy = (subConfig: number, losers: readonly number[] = []): TargetOutcome => ({
  target: 'weight',
  kind: 'parameter',
  attribute: 'tensor',
  shape: null,
  subConfig,
  setting: { type: 'object', entries: [] },
  provenance: [],
  kernel: null,
  losers: losers.map((loser) => ({ subConfig: loser, setting: { type: 'object', entries: [] } })),
});
const failure: OutcomeFailure = {
  subConfig: 0,
  code: 'unregistered-type',
  rule: 'C1',
  stage: 'register',
  error: { type: 'AssertionError', message: 'Mish is not registered' },
  target: null,
  path: [],
  values: { type: 'Mish' },
};

function explain(reasons: readonly SelectionReason[], rest: Partial<ModuleExplanation> = {}): ModuleExplanation {
  return {
    module: 3,
    name: 'layer1.0.conv1',
    moduleType: 'Conv2d',
    subConfigs: reasons.map((reason, subConfig) => ({ subConfig, reason })),
    targets: [],
    failures: [],
    dropped: [],
    fusedInto: null,
    ...rest,
  };
}

/** The sub-configs from #5 on choose by type alone. */
const byTypeAlone = (subConfig: number) => subConfig >= 4;

const plain = (sentence: Sentence) => plainSentence(sentence, (subConfig) => `#${subConfig + 1}`);

describe('verdictSentence', () => {
  const cases: readonly [rule: string, explanation: ModuleExplanation, sentence: string][] = [
    ['S', explain([]), 'Not selected: no sub-config is on'],
    ['S2', explain([selected], { targets: [wonBy(0)] }), 'Selected by #1 through the pattern layer1'],
    [
      'S3',
      explain([{ type: 'selected', by: [pattern, type] }], { targets: [wonBy(0)] }),
      'Selected by #1 through the pattern layer1 and the type Conv2d',
    ],
    [
      'S, R1: one that lost everything selects it all the same',
      explain([selected, { type: 'selected', by: [type] }], { targets: [wonBy(0, [1])] }),
      'Selected by #1 through the pattern layer1; #2 selects it, too, but comes too late: its targets are taken',
    ],
    [
      'S, R1: two that lost everything',
      explain([selected, { type: 'selected', by: [type] }, selected], { targets: [wonBy(0, [1, 2])] }),
      'Selected by #1 through the pattern layer1; #2 and #3 select it, too, but come too late: its targets are taken',
    ],
    [
      'S, C5: one that wants no target',
      explain([selected, { type: 'selected', by: [type] }], { targets: [wonBy(0)] }),
      'Selected by #1 through the pattern layer1; #2 selects it, too, but sets none of its targets',
    ],
    [
      'R1: two that each hold a target',
      explain([selected, { type: 'selected', by: [type] }], { targets: [wonBy(0), wonBy(1)] }),
      'Selected by #1 through the pattern layer1 and #2 through the type Conv2d',
    ],
    [
      'C1',
      explain([selected], { failures: [failure] }),
      'Selected by #1 through the pattern layer1, but NNI refuses it',
    ],
    ['C5', explain([selected]), 'Selected by #1 through the pattern layer1, but none of its targets is configured'],
    [
      'S4',
      explain([{ type: 'excluded', by: [type], excludes: [entry('exclude_op_names', 'layer1.0.conv1')] }, notNamed]),
      'Excluded from #1 by the name layer1.0.conv1',
    ],
    [
      'S3',
      explain([notNamed, { type: 'type-not-listed', by: [pattern], moduleType: 'Conv2d' }]),
      'Not selected: #2 matches it, but Conv2d is not in its op_types',
    ],
    ['S1', explain([notNamed, { type: 'no-selector' }]), 'Not selected: no match'],
    [
      'S3: by type alone',
      { ...explain([]), subConfigs: [{ subConfig: 4, reason: notNamed }] },
      'Not selected: no sub-config lists Conv2d',
    ],
    ['V1', explain([{ type: 'no-selector' }]), 'Not selected: no sub-config has a selector'],
    [
      'R4',
      explain([notNamed], { fusedInto: 'conv1' }),
      'Fused into conv1: NNI runs both as one and configures only that one',
    ],
  ];
  test.each(cases)('%s → %#', (_rule, explanation, sentence) => {
    expect(plain(verdictSentence(explanation, byTypeAlone))).toBe(sentence);
  });
});

describe('reasonSentence', () => {
  const many = [0, 1, 2, 3, 4].map((index) => entry('op_names', `m${index}`, index));
  const cases: readonly [reason: SelectionReason, sentence: string][] = [
    [selected, 'selects it by the pattern layer1'],
    [{ type: 'selected', by: many }, 'selects it by the name m0, the name m1, the name m2 and 2 more'],
    [
      { type: 'excluded', by: [pattern], excludes: [entry('exclude_op_types', 'Conv2d')] },
      'selects it by the pattern layer1 and excludes it by the type Conv2d',
    ],
    [
      { type: 'type-not-listed', by: [pattern], moduleType: null },
      'matches it by the pattern layer1, but its type is not in op_types',
    ],
    [notNamed, 'no match'],
    [{ type: 'no-selector' }, 'has no selector, so it selects nothing'],
  ];
  test.each(cases)('%j', (reason, sentence) => {
    expect(plain(reasonSentence(0, reason, byTypeAlone))).toBe(sentence);
  });

  test('S3: by type alone', () => {
    expect(plain(reasonSentence(4, notNamed, byTypeAlone))).toBe('Conv2d is not in op_types');
  });

  test('leads to the place in the card', () => {
    expect(reasonSentence(2, { type: 'selected', by: [entry('op_types', 'Conv2d', 4)] }, byTypeAlone)).toContainEqual({
      type: 'link',
      text: 'Conv2d',
      subConfig: 2,
      path: ['op_types', 4],
    });
  });
});

describe('sourceSentence', () => {
  const step = (source: ProvenanceStep['source'], subConfig: number | null, path: ProvenanceStep['path']) =>
    plain(sourceSentence({ source, subConfig, path, value: null, overridden: false }));
  test('C2–C4: names template, shorthand and target setting', () => {
    expect(step('template', null, ['Conv2d', 'weight', 'granularity'])).toBe('template of Conv2d');
    expect(step('shorthand', 0, ['sparse_ratio'])).toBe('shorthand of #1');
    expect(step('target-setting', 1, ['target_settings', 'weight', 'sparse_ratio'])).toBe('target setting of #2');
    expect(step('kernel', null, [])).toBe("NNI's reading of default");
  });
});
