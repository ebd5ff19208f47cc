import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { modes } from '../config/mode.ts';
import { settingKeys } from '../config/setting-keys.ts';
import { distillers, plainPruners, quantizers, readAlgorithm } from './algorithm.ts';
import { keyNotes, usefulRange, valueNote } from './key-notes.ts';

const algorithmOf = (name: string) => readAlgorithm(name)!;

describe('what keys mean to a class', () => {
  it.each([
    ['LevelPruner', 'sparse_threshold', 'absolute value of each weight'],
    ['L1NormPruner', 'sparse_threshold', 'sum of the absolute values'],
    ['FPGMPruner', 'granularity', 'fails on a pruned target without a granularity'],
    ['LevelPruner', 'granularity', 'default is single weights'],
    ['TaylorPruner', 'granularity', 'default is whole output channels'],
    ['SlimPruner', 'apply_method', 'takes mul only'],
    ['AGPPruner(L1NormPruner)', 'sparse_ratio', 'AGPPruner raises it'],
    ['MovementPruner', 'max_sparse_ratio', 'MovementPruner raises it'],
    ['DoReFaQuantizer', 'quant_scheme', 'refuses the list without it'],
    ['LsqQuantizer', 'quant_dtype', 'refuses null'],
    ['BNNQuantizer', 'granularity', 'refuses every granularity but default'],
    ['Adaptive1dLayerwiseDistiller', 'link', 'one link for each target'],
    ['DynamicLayerwiseDistiller', 'lambda', 'refuses an int'],
  ])('A-P2–A-P11, A-Q1–A-Q7, A-D2–A-D4: %s says of %s: %s', (name, key, expected) => {
    expect(keyNotes(algorithmOf(name), key).join(' ')).toContain(expected);
  });

  it.each([
    ['SlimPruner', { from: 0, to: 1.01, scale: 'linear' }],
    ['TaylorPruner', { from: 1e-9, to: 1e-3, scale: 'log' }],
    ['AGPPruner(TaylorPruner)', { from: 1e-9, to: 1e-3, scale: 'log' }],
    ['MovementPruner', { from: 0, to: 1, scale: 'linear' }],
    ['L1NormPruner', null],
  ])('A-P11: thresholds of %s lie in %j', (name, expected) => {
    expect(usefulRange(algorithmOf(name), 'sparse_threshold')).toEqual(expected);
    expect(usefulRange(algorithmOf(name), 'sparse_ratio')).toBeNull();
  });

  it.each([
    ['QATQuantizer', 'apply_method', '"bypass"', null, 'Ignored by QATQuantizer: it uses qat_clamp_round.'],
    ['QATQuantizer', 'apply_method', '"qat_clamp_round"', null, null],
    ['DoReFaQuantizer', 'apply_method', '"clamp_round"', 'input', null],
    ['DoReFaQuantizer', 'apply_method', '"clamp_round"', 'output', 'Ignored by DoReFaQuantizer: it uses dorefa_clamp_round_output.'],
    ['DoReFaQuantizer', 'quant_scheme', '"symmetric"', 'parameter', 'Ignored by DoReFaQuantizer: it uses affine.'],
    ['DoReFaQuantizer', 'quant_scheme', '"symmetric"', 'input', null],
    ['DoReFaQuantizer', 'quant_scheme', '"symmetric"', null, 'DoReFaQuantizer uses it for inputs only; weights and outputs are affine.'],
    ['LsqQuantizer', 'quant_scheme', '"affine"', null, 'Ignored by LsqQuantizer: it uses symmetric.'],
    ['LsqPlusQuantizer', 'quant_scheme', '"affine"', null, null],
    ['BNNQuantizer', 'quant_dtype', '"int4"', null, 'Ignored by BNNQuantizer: values become +1 or −1.'],
    ['LevelPruner', 'granularity', '"default"', null, 'default: single weights'],
    ['L1NormPruner', 'granularity', '"default"', null, null],
    ['Adaptive1dLayerwiseDistiller', 'link', '["a", "b"]', null, 'Refused by Adaptive1dLayerwiseDistiller: it takes one link.'],
    ['DynamicLayerwiseDistiller', 'link', '["a", "b"]', null, null],
  ] as const)('A-Q1, A-Q4–A-Q7, A-D4: under %s, %s of %s for %s', (name, key, text, kind, expected) => {
    const value = readJsonValue(text);
    expect(value.ok && valueNote(algorithmOf(name), key, value.value, kind)).toBe(expected);
  });

  it('A-N1: says something of its own for every class', () => {
    for (const name of [...plainPruners, ...quantizers, ...distillers]) {
      const algorithm = algorithmOf(name);
      const mode = modes.find((candidate) => candidate === algorithm.mode)!;
      expect(settingKeys[mode].flatMap(({ key }) => keyNotes(algorithm, key)).join(' ')).toContain(name);
    }
  });
});
