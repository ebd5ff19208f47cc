import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { isConfigObject } from '../config/value.ts';
import { readAlgorithm } from './algorithm.ts';
import { startPlan } from './start-plan.ts';

describe('arguments of a class that is newly chosen', () => {
  it.each([
    ['L1NormPruner', '{"training_steps": 7}', '{}'],
    ['TaylorPruner', '{}', '{"training_steps": 100}'],
    ['AGPPruner(TaylorPruner)', '{}', '{"interval_steps": 100, "total_times": 10, "training_steps": 100}'],
    // A-P9: a pruner that trains and its schedule have the same steps.
    ['AGPPruner(TaylorPruner)', '{"training_steps": 7}', '{"training_steps": 7, "interval_steps": 7, "total_times": 10}'],
    ['LinearPruner(SlimPruner)', '{"interval_steps": 5, "total_times": 3, "max_steps": 20}', '{"interval_steps": 5, "total_times": 3, "max_steps": 20, "training_steps": 5}'],
    ['MovementPruner', '{"quant_start_step": 1}', '{"warmup_step": 100, "cooldown_begin_step": 400}'],
    ['QATQuantizer', '{"max_steps": 9}', '{"max_steps": 9}'],
  ])('A-N2: %s after %s starts with %s', (name, before, expected) => {
    const known = readJsonValue(before);
    if (!known.ok || !isConfigObject(known.value)) throw new Error(before);
    expect(writeCompactJson(startPlan(readAlgorithm(name)!, known.value).call).replaceAll(/\s/g, '')).toBe(expected.replaceAll(/\s/g, ''));
  });
});
