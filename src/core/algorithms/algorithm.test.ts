import { describe, expect, it } from 'vitest';
import { argumentsOf, readCall } from './call.ts';
import { readJsonValue } from '../config/json-reader.ts';
import { isConfigObject } from '../config/value.ts';
import { distillers, plainPruners, quantizers, readAlgorithm, scheduledPruners, writeAlgorithm } from './algorithm.ts';
import { scheduleMasks } from './mask-schedule.ts';

const names = [
  ...plainPruners,
  ...scheduledPruners.flatMap((schedule) => plainPruners.map((name) => `${schedule}(${name})`)),
  'AGPPruner(AGPPruner(L1NormPruner))',
  ...quantizers,
  ...distillers,
];

function callOf(text: string) {
  const read = readJsonValue(text);
  return readCall(read.ok && isConfigObject(read.value) ? read.value : null);
}

describe('algorithms', () => {
  it.each(names)('reads and writes %s', (name) => {
    const algorithm = readAlgorithm(name);
    expect(algorithm && writeAlgorithm(algorithm)).toBe(name);
  });

  it.each(['', 'L1', 'AGPPruner', 'AGPPruner()', 'AGPPruner(QATQuantizer)', 'l1normpruner', `${'AGPPruner('.repeat(99)}L1NormPruner${')'.repeat(99)}`])(
    'reads no class from “%s”',
    (text) => {
      expect(readAlgorithm(text)).toBeNull();
    },
  );

  it('lists the arguments of the outermost class first', () => {
    const algorithm = readAlgorithm('AGPPruner(TaylorPruner)')!;
    const { constructor, compress } = argumentsOf(algorithm);
    expect(constructor.map(({ name }) => name)).toEqual(['interval_steps', 'total_times', 'training_steps']);
    expect(compress.map(({ name }) => name)).toEqual(['max_steps', 'max_epochs']);
  });

  it.each([
    // A-P3: whole at the end.
    ['LinearPruner(L1NormPruner)', '{"interval_steps":2,"total_times":3,"max_steps":6}', 1, 1 / 3, true],
    // A-P9: the update before the last, of AGP's curve.
    ['AGPPruner(TaylorPruner)', '{"interval_steps":2,"total_times":2,"training_steps":1,"max_steps":8}', 0.875, null, true],
    ['LinearPruner(SlimPruner)', '{"interval_steps":4,"total_times":2,"training_steps":2,"max_steps":8}', 0.5, null, true],
    // A-P13: no step follows the only masks.
    ['AGPPruner(L1NormPruner)', '{"interval_steps":3,"total_times":1,"max_steps":3}', 1, null, false],
    ['TaylorPruner', '{"training_steps":4}', 1, null, false],
    // No step is made, so no mask is.
    ['SlimPruner', '{"training_steps":0}', null, null, false],
    ['LinearPruner(L1NormPruner)', '{"interval_steps":0,"total_times":2,"max_steps":6}', null, null, false],
    ['MovementPruner', '{"warmup_step":1,"cooldown_begin_step":3,"max_steps":3}', 1, 0.875, true],
    // A-P16: 189 of 432 elements at a ratio of 0.5 were recorded.
    ['AGPPruner(MovementPruner)', '{"interval_steps":1,"total_times":2,"warmup_step":1,"cooldown_begin_step":2,"max_steps":3}', 0.875, null, true],
  ])('A-P3, A-P9, A-P13, A-P16: the last masks of %s with %s stand at %j of the goals, and before at %j', (name, call, goal, earlier, runsOn) => {
    const algorithm = readAlgorithm(name)!;
    if (algorithm.mode !== 'pruning') throw new Error(name);
    expect(scheduleMasks(algorithm, callOf(call))).toEqual({ goal, earlier, runsOn });
  });

  it('A-P3: a total_times of 0 is divided by, once the steps come to an interval', () => {
    const algorithm = readAlgorithm('AGPPruner(L1NormPruner)')!;
    if (algorithm.mode !== 'pruning') throw new Error('a pruner');
    expect(scheduleMasks(algorithm, callOf('{"interval_steps":2,"total_times":0,"max_steps":2}')).dividesByZero).toBe(true);
    expect(scheduleMasks(algorithm, callOf('{"interval_steps":2,"total_times":0,"max_steps":1}')).dividesByZero).toBeUndefined();
  });
});
