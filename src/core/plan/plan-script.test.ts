import { describe, expect, it } from 'vitest';
import { readAlgorithm, writeAlgorithm } from '../algorithms/algorithm.ts';
import type { PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import type { Mode } from '../config/mode.ts';
import { emptyObject, isConfigObject, type ConfigValue } from '../config/value.ts';
import { hasPython, parsesInPython } from '../testing/run-python.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { createPlan, createSubConfig } from './create-plan.ts';
import { readImport } from './import-list.ts';
import type { Plan } from './plan.ts';
import { commentedCall, modesInUse, writePlanScript } from './plan-script.ts';

function plannedOf(name: string, call = '{}'): PlannedAlgorithm {
  const value: ConfigValue = parseList(`[${call}]`)[0]!;
  return { algorithm: readAlgorithm(name)!, call: isConfigObject(value) ? value : emptyObject };
}

const lists: Readonly<Record<Mode, string>> = {
  pruning: '{"op_types":["Linear"],"sparse_ratio":0.5}',
  quantization: '{"op_types":["Linear"],"quant_dtype":"int8"}',
  distillation: '{"op_types":["Linear"],"lambda":0.5}',
};

function planWith(...planned: readonly PlannedAlgorithm[]): Plan {
  const plan = createPlan('mine');
  const withLists = Object.fromEntries(
    planned.map(({ algorithm: { mode } }) => {
      const config = parseList(`[${lists[mode]}]`)[0];
      return [mode, [createSubConfig(plan, [], isConfigObject(config) ? config : emptyObject)]];
    }),
  );
  const algorithms = Object.fromEntries(planned.map((one) => [one.algorithm.mode, one]));
  return { ...plan, lists: { ...plan.lists, ...withLists }, algorithms: { ...plan.algorithms, ...algorithms } };
}

const classes = [
  ['LevelPruner', '{}'], ['L2NormPruner', '{}'], ['FPGMPruner', '{}'],
  ['SlimPruner', '{"training_steps":20,"regular_scale":0.5}'], ['TaylorPruner', '{}'],
  ['MovementPruner', '{"warmup_step":1,"cooldown_begin_step":5,"max_steps":9}'],
  ['AGPPruner(L1NormPruner)', '{"interval_steps":10,"total_times":3,"max_steps":30}'],
  ['LinearPruner(TaylorPruner)', '{"interval_steps":10,"total_times":3,"training_steps":10}'],
  ['AGPPruner(LinearPruner(L1NormPruner))', '{"interval_steps":10,"total_times":3}'],
  ['QATQuantizer', '{"quant_start_step":5}'], ['PtqQuantizer', '{"is_bias_correction":true}'], ['DoReFaQuantizer', '{}'],
  ['BNNQuantizer', '{}'], ['LsqQuantizer', '{}'], ['LsqPlusQuantizer', '{}'],
  ['DynamicLayerwiseDistiller', '{"origin_loss_lambda":0.5}'], ['Adaptive1dLayerwiseDistiller', '{}'],
] as const;

describe('the exported script', () => {
  it.each(classes)('runs %s with %s, and is imported with both again', (name, call) => {
    const planned = plannedOf(name, call);
    const { mode } = planned.algorithm;
    const script = writePlanScript(planWith(planned), [mode], false);
    if (hasPython) expect(parsesInPython(script)).toBe(true);
    const read = readImport(script, mode, { tree: null, given: new Map() });
    const found = read.ok && read.value.type === 'list' ? read.value.planned : null;
    expect(found && writeAlgorithm(found.algorithm)).toBe(name);
    const durations = new Set(['max_steps', 'max_epochs']);
    const entries = (one: PlannedAlgorithm | null) => new Map((one?.call.entries ?? []).filter(([key]) => !durations.has(key)));
    expect(entries(found)).toEqual(entries(planned));
    expect(commentedCall(planned).split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('what the plan leaves open is an argument of the function', () => {
    const script = writePlanScript(planWith(plannedOf('AGPPruner(TaylorPruner)', '{"total_times":4}')), ['pruning'], false);
    expect(script).toContain('def prune(model, evaluator, interval_steps, training_steps, max_steps=None, max_epochs=1):');
    expect(script).toContain('    pruner = TaylorPruner(model, pruning_config_list, evaluator, training_steps=training_steps)');
    expect(script).toContain('    pruner = AGPPruner(pruner, interval_steps=interval_steps, total_times=4, evaluator=evaluator)');
    expect(script).toContain('nni.trace(torch.optim.SGD)');
  });

  it('A-C4, A-C5: a chain goes on from one compressor to the next, in an order that works', () => {
    const plan = planWith(plannedOf('AGPPruner(L1NormPruner)', '{"interval_steps":1,"total_times":2}'), plannedOf('LsqQuantizer'), plannedOf('Adaptive1dLayerwiseDistiller'));
    const script = writePlanScript({ ...plan, chain: ['quantization', 'pruning', 'distillation'] }, ['quantization', 'pruning', 'distillation'], true);
    if (hasPython) expect(parsesInPython(script)).toBe(true);
    expect(script.slice(script.indexOf('def compress'))).toBe(
      [
        'def compress(model, evaluator, teacher_model, teacher_predict, example_inputs, max_steps=None, max_epochs=1):',
        '    """Runs the lists on one model, each compressor made from the one before it."""',
        '    pruner = L1NormPruner(model, pruning_config_list, evaluator=evaluator)',
        '    pruner = AGPPruner(pruner, interval_steps=1, total_times=2, evaluator=evaluator)',
        '    quantizer = LsqQuantizer.from_compressor(pruner, quantization_config_list, evaluator=evaluator)',
        '    distiller = Adaptive1dLayerwiseDistiller.from_compressor(quantizer, distillation_config_list, evaluator=evaluator, teacher_model=teacher_model, teacher_predict=teacher_predict)',
        '    distiller.track_forward(*example_inputs)',
        '    distiller.compress(max_steps, max_epochs)',
        '    return model',
        '',
      ].join('\n'),
    );
    const norm = writePlanScript(planWith(plannedOf('L1NormPruner'), plannedOf('QATQuantizer')), ['quantization', 'pruning'], true);
    expect(norm).toContain('    pruner = L1NormPruner.from_compressor(quantizer, pruning_config_list, evaluator=evaluator)\n    pruner.update_masks(pruner.generate_masks())');
  });

  it.each([
    ['MovementPruner', '{"warmup_step":1,"cooldown_begin_step":30,"max_steps":40}', '{"max_steps":2}', 'max_steps=40'],
    ['AGPPruner(L1NormPruner)', '{"interval_steps":10,"total_times":4}', '{"max_steps":2}', 'max_steps=40'],
    ['TaylorPruner', '{"training_steps":7}', '{"max_steps":2,"quant_start_step":9}', 'max_steps=10'],
    ['TaylorPruner', '{"training_steps":7}', '{"max_steps":null,"max_epochs":3}', 'max_steps=None, max_epochs=3'],
  ])('A-C9: a chain of %s with %s and QATQuantizer with %s trains for %s', (name, call, quantizing, expected) => {
    const script = writePlanScript(planWith(plannedOf(name, call), plannedOf('QATQuantizer', quantizing)), ['pruning', 'quantization'], true);
    expect(/def compress\((.*)\):/.exec(script)?.[1]).toContain(expected);
  });

  it('names the modes in use in the order of the chain', () => {
    const plan = planWith(plannedOf('L1NormPruner'), plannedOf('QATQuantizer'));
    expect(modesInUse({ ...plan, chain: ['distillation', 'quantization', 'pruning'] })).toEqual(['quantization', 'pruning']);
  });
});
