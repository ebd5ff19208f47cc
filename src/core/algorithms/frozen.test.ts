import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { modes } from '../config/mode.ts';
import { isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { readText } from '../testing/read-text.ts';
import { readAlgorithm } from './algorithm.ts';
import { outcomeValue } from './outcome-value.ts';
import { predictOutcome } from './predict-outcome.ts';

/** A frozen layer, a normalisation that trains, and a head whose `requires_grad` is given. */
function treeOf(headTrains: boolean): ModuleTree {
  const tensor = (shape: readonly number[], trains: boolean) => ({ shape, dtype: 'float32', ...(trains ? {} : { requires_grad: false }) });
  const linear = { type: 'Linear', class: 'torch.nn.modules.linear.Linear', forward: { args: ['input'] } };
  const tree = readText(JSON.stringify({
    format: 'module-tree',
    version: 1,
    model: 'Net',
    modules: [
      { name: '', type: 'Net' },
      { name: 'stem', ...linear, parameters: { weight: tensor([8, 4], false), bias: tensor([8], false) } },
      { name: 'head', ...linear, parameters: { weight: tensor([6, 8], headTrains), bias: null } },
    ],
  }));
  if ('code' in tree) throw new Error(tree.code);
  return tree;
}

function outcomeOf(tree: ModuleTree, name: string, call: string, list: string): string {
  const resolver = createResolver(tree);
  const algorithm = readAlgorithm(name)!;
  const mode = modes.find((candidate) => candidate === algorithm.mode)!;
  const resolution = resolver.resolve({ mode, list: parseList(list), templates: [], python: '3.11' });
  const read = readJsonValue(call);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(call);
  const outcome = predictOutcome(resolution, resolver, { algorithm, call: read.value, teacher: null, uncalled: [] });
  const { error } = outcome;
  if (error !== null) return `${error.moment} ${error.type} ${error.rule} ${error.target}`.trim();
  return JSON.stringify(outcomeValue(outcome, tree)).includes('needs') ? 'open' : 'runs';
}

const half = '[{"op_names":["stem"],"sparse_ratio":0.5}]';
const int8 = '[{"op_names":["head"],"quant_dtype":"int8","quant_scheme":"symmetric","target_names":["weight"]}]';

describe('frozen parameters', () => {
  it.each([
    ['TaylorPruner', '{"training_steps":1}', half, 'compress RuntimeError A-F1 weight'],
    ['TaylorPruner', '{"training_steps":1}', '[{"op_names":["head"],"sparse_ratio":0.5,"target_names":["weight"]}]', 'runs'],
    ['AGPPruner(TaylorPruner)', '{"interval_steps":1,"total_times":1,"training_steps":3,"max_steps":1}', half, 'compress RuntimeError A-F1 weight'],
    ['TaylorPruner', '{"training_steps":1}', '[{"op_names":["stem"],"target_names":["weight","_output_"],"target_settings":{"weight":{"sparse_ratio":0.5},"_output_":{"sparse_ratio":0.5}}}]', 'compress NotImplementedError A-P7 _output_0'],
    ['SlimPruner', '{"training_steps":1}', half, 'runs'],
    ['MovementPruner', '{"warmup_step":0,"cooldown_begin_step":1,"max_steps":1}', half, 'runs'],
    ['L1NormPruner', '{}', half, 'runs'],
    ['LsqQuantizer', '{"max_steps":1}', int8.replace('head', 'stem'), 'runs'],
  ])('A-F1: %s with %s on %s: %s', (name, call, list, expected) => {
    expect(outcomeOf(treeOf(true), name, call, list)).toBe(expected);
  });

  it.each([
    ['AGPPruner(L1NormPruner)', '{"interval_steps":1,"total_times":1,"max_steps":1}', half, 'compress RuntimeError A-F2'],
    ['L1NormPruner', '{}', half, 'runs'],
    ['SlimPruner', '{"training_steps":1}', half, 'runs'],
    ['MovementPruner', '{"warmup_step":0,"cooldown_begin_step":1,"max_steps":1}', half, 'runs'],
    ['MovementPruner', '{"warmup_step":0,"cooldown_begin_step":1,"max_steps":1}', half.replace('}]', ',"apply_method":"bypass"}]'), 'compress RuntimeError A-F2'],
    ['QATQuantizer', '{"max_steps":1}', int8, 'compress RuntimeError A-F2'],
    ['PtqQuantizer', '{"max_steps":1}', int8, 'compress RuntimeError A-F2'],
    ['LsqQuantizer', '{"max_steps":1}', int8, 'runs'],
    ['LsqPlusQuantizer', '{"max_steps":1}', int8.replace('"weight"', '"_output_1"').replace('}]', ',"target_settings":{"_output_1":{"quant_dtype":"int8","quant_scheme":"affine"}}}]'), 'compress RuntimeError A-F2'],
    ['DynamicLayerwiseDistiller', '{"max_steps":1}', '[{"op_names":["head"],"lambda":0.5}]', 'compress RuntimeError A-F2'],
  ])('A-F2: %s with %s on %s: %s', (name, call, list, expected) => {
    expect(outcomeOf(treeOf(false), name, call, list)).toBe(expected);
  });

  it('A-F2: something trains while one parameter does', () => {
    expect(outcomeOf(treeOf(true), 'QATQuantizer', '{"max_steps":1}', int8)).toBe('runs');
  });
});

describe('the first of several faults', () => {
  const list = (rest: string): string => `[{"op_names":["head"],"quant_dtype":"int8","quant_scheme":"symmetric",${rest}}]`;
  it.each([
    ['an input before a bias that is None', list('"target_names":["_input_","bias"],"target_settings":{"_input_":{"quant_dtype":"int8","granularity":[3]}}'), 'first-forward AssertionError A-Q9 _input_0'],
    ['a bias that is None before an output', list('"target_names":["_output_","bias"],"target_settings":{"_output_":{"quant_dtype":"int8","granularity":[4]}}'), 'first-forward AttributeError A-Q2 bias'],
  ])('A-Q15: %s', (_title, text, expected) => {
    expect(outcomeOf(treeOf(true), 'QATQuantizer', '{"max_steps":1}', text)).toBe(expected);
  });

  it('A-Q15: an error has no type where an open fact may come before it', () => {
    const resolver = createResolver(treeOf(true));
    const text = list('"target_names":["_input_","bias"],"target_settings":{"_input_":{"quant_dtype":"int8","granularity":[[3,1],"back"]}}');
    const resolution = resolver.resolve({ mode: 'quantization', list: parseList(text), templates: [], python: '3.11' });
    const algorithm = readAlgorithm('QATQuantizer')!;
    const value = outcomeValue(predictOutcome(resolution, resolver, { algorithm, call: null, teacher: null, uncalled: [] }), resolver.tree);
    expect(Object.fromEntries(value.entries)).toMatchObject({
      error: { entries: [['type', null], ['message', null], ['moment', 'first-forward']] },
      needs: ['shapes'],
    });
  });

  it('A-Q3: a range that fails with the step after the last is left open', () => {
    const resolver = createResolver(treeOf(true));
    const resolution = resolver.resolve({ mode: 'quantization', list: parseList(int8.replace('int8', 'int65')), templates: [], python: '3.11' });
    const forwardAfter = (start: number) => {
      const call = readJsonValue(`{"quant_start_step":${start},"max_steps":2}`);
      if (!call.ok || !isConfigObject(call.value)) throw new Error('call');
      const { error, forwardAfter: after } = predictOutcome(resolution, resolver, { algorithm: readAlgorithm('QATQuantizer')!, call: call.value, teacher: null, uncalled: [] });
      return error?.moment ?? after;
    };
    expect([0, 1, 2, 3].map(forwardAfter)).toEqual(['first-forward', 'compress', undefined, null]);
  });
});
