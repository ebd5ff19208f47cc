import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { isConfigObject } from '../config/value.ts';
import { callProblem } from './check-call.ts';
import { suggestAlgorithm } from './suggest-algorithm.ts';

describe('what was meant by an algorithm', () => {
  it.each([
    ['l1normpruner', 'L1NormPruner'],
    ['L1Norm', 'L1NormPruner'],
    ['QAT_Quantizer', 'QATQuantizer'],
    ['lsqquantizer', 'LsqQuantizer'],
    ['LsqPlus', 'LsqPlusQuantizer'],
    ['nni.compression.pruning.TaylorPruner', 'TaylorPruner'],
    ['L1NormPruner()', 'L1NormPruner'],
    ['AGPPruner', 'AGPPruner(L1NormPruner)'],
    ['agppruner(taylorpruner', 'AGPPruner(TaylorPruner)'],
    ['Adaptive1d', 'Adaptive1dLayerwiseDistiller'],
    ['AGPPruner(QATQuantizer)', null],
    ['AutoCompressPruner', null],
    ['', null],
  ])('suggests for “%s” %s', (text, expected) => {
    expect(suggestAlgorithm(text)).toBe(expected);
  });

  it.each([
    ['{"training_steps": 2, "regular_scale": 1, "max_steps": null, "evaluator": null}', null],
    ['{"max_steps": 2, "arguments": {"quant_start_step": 1}}', null],
    ['{"is_bias_correction": true, "track_forward": false}', null],
    ['{"training_step": 2}', 'No class of NNI 3.0 takes training_step.'],
    ['{"training_steps": "2"}', 'training_steps must be a whole number.'],
    ['{"training_steps": 1.5}', 'training_steps must be a whole number.'],
    ['{"interval_steps": null}', 'interval_steps must be a whole number.'],
    ['{"arguments": {"is_bias_correction": 1}}', 'is_bias_correction must be true or false.'],
  ])('finds in the call %s: %s', (text, expected) => {
    const read = readJsonValue(text);
    if (!read.ok || !isConfigObject(read.value)) throw new Error(text);
    const found = callProblem(read.value);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toContain(expected);
  });
});
