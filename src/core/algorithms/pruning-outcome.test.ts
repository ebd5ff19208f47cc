import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { isConfigObject } from '../config/value.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { readAlgorithm } from './algorithm.ts';
import { predictOutcome } from './predict-outcome.ts';

const resolver = createResolver(readSample('conv_bn_relu'));

function errorOf(name: string, call: string, list: string): string | null {
  const resolution = resolver.resolve({ mode: 'pruning', list: parseList(list), templates: [], python: '3.11' });
  const read = readJsonValue(call);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(call);
  const { error } = predictOutcome(resolution, resolver, { algorithm: readAlgorithm(name)!, call: read.value, teacher: null, uncalled: [] });
  return error === null ? null : `${error.moment} ${error.type} ${error.rule}`;
}

describe('outcomes of pruners', () => {
  const whole = '[{"op_names":["conv"],"sparse_ratio":1.0,"dependency_group_id":"d","internal_metric_block":3}]';

  it.each([
    ['L1NormPruner', '{}', null],
    ['AGPPruner(L1NormPruner)', '{"interval_steps":1,"total_times":1,"max_steps":1}', null],
    ['AGPPruner(L1NormPruner)', '{"interval_steps":1,"total_times":2,"max_steps":2}', 'compress RuntimeError X2'],
    ['MovementPruner', '{"warmup_step":0,"cooldown_begin_step":2,"max_steps":2}', 'compress RuntimeError X2'],
  ])('A-P17: 16 positions in 3 blocks with ratio 1 under %s with %s', (name, call, expected) => {
    expect(errorOf(name, call, whole)).toBe(expected);
  });

  it('A-P3: total_times of 0 is divided by', () => {
    const list = '[{"op_names":["conv"],"sparse_ratio":0.5}]';
    expect(errorOf('LinearPruner(L1NormPruner)', '{"interval_steps":1,"total_times":0,"max_steps":2}', list)).toBe('compress ZeroDivisionError A-P3');
  });

  it.each([
    ['{"interval_steps":2,"total_times":0,"max_steps":1,"warmup_step":0,"cooldown_begin_step":1}', 'compress ZeroDivisionError A-P3'],
    ['{"interval_steps":0,"total_times":1,"max_steps":2,"warmup_step":0,"cooldown_begin_step":1}', 'compress AssertionError X3'],
    ['{"interval_steps":0,"total_times":1,"max_steps":1,"warmup_step":1,"cooldown_begin_step":1}', 'constructor AssertionError A-P6'],
    ['{"interval_steps":1,"total_times":-1,"max_steps":2,"warmup_step":1,"cooldown_begin_step":2}', 'compress AssertionError X3'],
  ])('A-P16: MovementPruner under a schedule makes masks in each step after warmup_step, with %s', (call, expected) => {
    const list = '[{"op_names":["conv"],"sparse_ratio":0.9,"target_names":["bias"]}]';
    expect(errorOf('LinearPruner(MovementPruner)', call, list)).toBe(expected);
  });

  it.each([
    ['{"interval_steps":2,"total_times":-1,"max_steps":1,"training_steps":1}', 'compress AssertionError X2'],
    ['{"interval_steps":-1,"total_times":1,"max_steps":1,"training_steps":1}', 'compress AssertionError X2'],
    ['{"interval_steps":2,"total_times":0,"max_steps":1,"training_steps":1}', 'compress AssertionError X2'],
    ['{"interval_steps":2,"total_times":0,"max_steps":1,"training_steps":2}', null],
  ])('A-P9: masks of a bound SlimPruner come after training_steps, with the goals of the start where no update comes before, with %s', (call, expected) => {
    const list = '[{"op_names":["conv"],"sparse_threshold":0.5,"global_group_id":1}]';
    expect(errorOf('LinearPruner(SlimPruner)', call, list)).toBe(expected);
  });

  it('A-P10: without a step the average is met only after compress()', () => {
    const list = '[{"op_names":["bn"],"target_names":["running_mean"],"target_settings":{"running_mean":{"sparse_ratio":0.5}}}]';
    expect(errorOf('SlimPruner', '{"training_steps":1}', list)).toBe('first-forward RuntimeError A-P10');
    expect(errorOf('SlimPruner', '{"training_steps":0}', list)).toBeNull();
  });
});
