import { describe, expect, it } from 'vitest';
import { readAlgorithm } from '../algorithms/algorithm.ts';
import { predictOutcome } from '../algorithms/predict-outcome.ts';
import { applyListEdits } from '../config/list-edits.ts';
import { isConfigObject, type ConfigList } from '../config/value.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { wordFix } from '../diagnostics/fix.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import { wordFinding } from './word-finding.ts';

function findingsOf(name: string, list: ConfigList, tree = readSample('resnet18')) {
  const resolver = createResolver(tree);
  const algorithm = readAlgorithm(name)!;
  const resolution = resolver.resolve({ mode: algorithm.mode, list, templates: [], python: '3.11' });
  const outcome = predictOutcome(resolution, resolver, { algorithm, call: null, teacher: null, uncalled: [] });
  return collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher: null, outcome });
}

const weightAndBias = '[{"op_names":["fc"],"target_settings":{"weight":{"sparse_ratio":0.5},"bias":{"sparse_ratio":0.5}}}]';
const rows = [
  ['A-P4', 'FPGMPruner', weightAndBias, 'later', 'FPGMPruner fails in compress() at fc.bias.', ['Write out_channel', 'Use L1NormPruner']],
  ['A-P5', 'SlimPruner', '[{"op_names":["fc"],"sparse_ratio":0.5,"apply_method":"add"}]', 'refused', 'SlimPruner refuses the list at fc.weight.', ['Remove apply_method', 'Use TaylorPruner']],
  ['A-P7', 'TaylorPruner', '[{"op_names":["fc"],"target_names":["weight","_output_"],"target_settings":{"weight":{"sparse_ratio":0.5},"_output_":{"sparse_ratio":0.5}}}]', 'later', 'TaylorPruner fails in compress() at fc._output_0.', ['Remove _output_']],
  ['A-F1', 'TaylorPruner', '[{"op_names":["bn1"],"target_names":["weight","running_mean"],"target_settings":{"weight":{"sparse_ratio":0.5},"running_mean":{"sparse_ratio":0.5}}}]', 'later', 'TaylorPruner fails in compress() at bn1.running_mean.', ['Remove running_mean', 'Use L1NormPruner']],
  ['A-P10', 'SlimPruner', '[{"op_names":["bn1"],"target_names":["weight","running_mean"],"target_settings":{"weight":{"sparse_ratio":0.5},"running_mean":{"sparse_ratio":0.5}}}]', 'later', 'SlimPruner fails in the first forward pass at bn1.running_mean.', ['Remove running_mean', 'Use L1NormPruner']],
  ['A-Q4', 'DoReFaQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","target_names":["weight"]}]', 'refused', 'DoReFaQuantizer refuses the list at fc.weight.', ['Write affine', 'Use QATQuantizer']],
  ['A-Q4', 'DoReFaQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","quant_scheme":"affine","target_names":["weight","_output_"]}]', 'refused', 'DoReFaQuantizer refuses the list at fc._output_0.', ['Remove _output_', 'Use QATQuantizer']],
  ['A-Q4', 'DoReFaQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","quant_scheme":"affine","target_names":["weight"],"granularity":"out_channel"}]', 'refused', 'DoReFaQuantizer refuses the list at fc.weight.', ['Remove granularity', 'Use QATQuantizer']],
  ['A-Q5', 'BNNQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","target_names":["weight"],"granularity":"out_channel"}]', 'refused', 'BNNQuantizer refuses the list at fc.weight.', ['Remove granularity', 'Use QATQuantizer']],
  ['A-Q6', 'LsqQuantizer', '[{"op_names":["fc"],"quant_dtype":null,"target_names":["weight"]}]', 'refused', 'LsqQuantizer refuses the list at fc.weight.', ['Write int8', 'Use LsqPlusQuantizer']],
  ['A-Q9', 'QATQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","target_names":["weight"],"granularity":[7,7]}]', 'later', 'QATQuantizer fails in the first forward pass at fc.weight.', ['Remove granularity']],
  ['A-Q10', 'QATQuantizer', '[{"op_names":["fc"],"quant_dtype":"uint64","target_names":["weight"]}]', 'later', 'QATQuantizer fails in the first forward pass at fc.weight.', ['Write int8']],
  ['A-Q11', 'PtqQuantizer', '[{"op_names":["fc"],"quant_dtype":"int8","target_names":["weight","_output_3"]}]', 'later', 'PtqQuantizer fails in compress() at fc._output_3.', ['Remove _output_3', 'Use QATQuantizer']],
  ['A-D4', 'Adaptive1dLayerwiseDistiller', '[{"op_names":["fc"],"link":["fc","fc"]}]', 'later', 'Adaptive1dLayerwiseDistiller fails in compress() at fc._output_0.', ['Use DynamicLayerwiseDistiller']],
] as const;

describe('what the algorithm fails on', () => {
  it.each(rows)('%s: %s on %s', (rule, name, text, severity, title, fixes) => {
    const list = parseList(text);
    const found = findingsOf(name, list).find(({ code }) => code === 'algorithm-fails')!;
    expect([found.rule, found.severity, wordFinding(found, asResolved).title]).toEqual([rule, severity, title]);
    expect(found.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(fixes);
    for (const { action } of found.fixes) {
      if (action.type === 'register-template') throw new Error('no fix here registers a template');
      const edited = action.type === 'edit-list' ? applyListEdits(list.filter(isConfigObject), action.edits) : null;
      if (edited?.ok === false) throw new Error(edited.error.message);
      const [runner, after] = action.type === 'use-algorithm' ? [action.algorithm, list] : [name, edited!.value];
      const left = findingsOf(runner, after);
      expect(left.filter(({ code, where, values }) => code === 'algorithm-fails' && JSON.stringify([where, values]) === JSON.stringify([found.where, found.values]))).toEqual([]);
    }
  });

  it('A-F2: a schedule around any pruner trains, and a pruner alone does not', () => {
    const sample = readSample('resnet18');
    const specs = sample.specs.map((spec) => ({ ...spec, parameters: spec.parameters?.map((info) => (info.isNone ? info : { ...info, isFrozen: true as const })) ?? null }));
    const list = parseList('[{"op_names":["fc"],"sparse_ratio":0.5}]');
    const [found] = findingsOf('AGPPruner(L1NormPruner)', list, { ...sample, specs });
    expect([found!.rule, wordFinding(found!, asResolved).title, found!.fixes.map((fix) => wordFix(fix, asResolved))]).toEqual([
      'A-F2', 'AGPPruner(L1NormPruner) fails in compress().', ['Use L1NormPruner'],
    ]);
    expect(findingsOf('L1NormPruner', list, { ...sample, specs })).toEqual([]);
  });

  it('A-D1: a distillation without apply_method has no finding', () => {
    expect(findingsOf('DynamicLayerwiseDistiller', parseList('[{"op_names":["fc"],"lambda":0.5}]'))).toEqual([]);
  });
});
