import { describe, expect, test } from 'vitest';
import { floatOf, objectOf } from '../../core/config/value.ts';
import type { TargetMask } from '../../core/masks/predict-masks.ts';
import type { ModuleExplanation } from '../../core/resolve/explain.ts';
import type { SelectionEntry, TargetOutcome } from '../../core/resolve/resolution.ts';
import { commonShape, groupExplanations, sumMasks } from './group-explanations.ts';

function target(shape: readonly number[], ratio: number): TargetOutcome {
  return {
    target: 'weight',
    kind: 'parameter',
    attribute: 'tensor',
    shape,
    subConfig: 0,
    setting: objectOf([['sparse_ratio', floatOf(ratio)]]),
    provenance: [],
    kernel: null,
    losers: [],
  };
}

function entry(index: number): SelectionEntry {
  return { key: 'op_names', index, value: `m${index}`, count: 1, effect: 1, state: { type: 'fine' } };
}

function explanation(module: number, targets: readonly TargetOutcome[], moduleType = 'Linear'): ModuleExplanation {
  return {
    module,
    name: `m${module}`,
    moduleType,
    subConfigs: [
      {
        subConfig: 0,
        reason:
          targets.length > 0 ? { type: 'selected', by: [entry(module)] } : { type: 'not-named', moduleType },
      },
    ],
    targets,
    failures: [],
    dropped: [],
    fusedInto: null,
  };
}

function modulesOf(explanations: readonly ModuleExplanation[]): readonly (readonly number[])[] {
  return groupExplanations(explanations).map(({ members }) => members.map(({ module }) => module));
}

describe('groupExplanations', () => {
  const half = [target([4, 4], 0.5)];
  const cases: readonly [title: string, explanations: readonly ModuleExplanation[], groups: readonly number[][]][] = [
    ['nothing', [], []],
    ['one', [explanation(1, half)], [[1]]],
    ['equal results, whatever hit them', [explanation(1, half), explanation(2, [target([4, 4], 0.5)])], [[1, 2]]],
    ['shapes do not part', [explanation(1, half), explanation(2, [target([8, 4], 0.5)])], [[1, 2]]],
    ['values part', [explanation(1, half), explanation(2, [target([4, 4], 0.9)]), explanation(3, half)], [[1, 3], [2]]],
    ['types part', [explanation(1, half), explanation(2, half, 'Conv2d')], [[1], [2]]],
    ['untouched ones of any type', [explanation(1, []), explanation(2, [], 'ReLU'), explanation(3, half)], [[1, 2], [3]]],
    ['untouched ones', [explanation(1, []), explanation(2, half), explanation(3, [])], [[1, 3], [2]]],
  ];
  test.each(cases)('%s', (_title, explanations, groups) => {
    expect(modulesOf(explanations)).toEqual(groups);
  });
});

test('a group names the type that all agree in', () => {
  const typesOf = (explanations: readonly ModuleExplanation[]) =>
    groupExplanations(explanations).map(({ moduleType }) => moduleType);
  expect(typesOf([explanation(1, []), explanation(2, [])])).toEqual(['Linear']);
  expect(typesOf([explanation(1, []), explanation(2, [], 'ReLU')])).toEqual([null]);
});

describe('commonShape', () => {
  test('is reported when all agree', () => {
    const equal = groupExplanations([explanation(1, [target([4, 4], 0.5)]), explanation(2, [target([4, 4], 0.5)])]);
    expect(commonShape(equal[0]!, 0)).toEqual([4, 4]);
    const unequal = groupExplanations([explanation(1, [target([4, 4], 0.5)]), explanation(2, [target([2, 4], 0.5)])]);
    expect(commonShape(unequal[0]!, 0)).toBeNull();
  });
});

type TargetMasks = ReadonlyMap<string, TargetMask>;

describe('sumMasks', () => {
  const [group] = groupExplanations([explanation(1, [target([4, 4], 0.5)]), explanation(2, [target([8, 4], 0.5)])]);
  const half = (total: number): TargetMasks => new Map([['weight', { masked: total / 2, total }]]);
  const unknown: TargetMasks = new Map([['weight', { masked: null, total: 32 }]]);
  test('X4b: adds up what shapes decide, and says so where weights do', () => {
    expect(sumMasks(group!, 'weight', new Map([[1, half(16)], [2, half(32)]]))).toEqual({ masked: 24, total: 48 });
    expect(sumMasks(group!, 'weight', new Map([[1, half(16)], [2, unknown]]))).toEqual({ masked: null, total: 48 });
    expect(sumMasks(group!, 'weight', new Map([[1, half(16)]]))).toBeNull();
    expect(sumMasks(group!, 'bias', new Map([[1, half(16)], [2, half(32)]]))).toBeNull();
  });
});
