import { expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { wordFix } from '../diagnostics/fix.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { judgeList, judgeOf, type ListSetting } from './judge-list.ts';
import { repairInPlan } from './repair-in-plan.ts';
import { repairList } from './repair-list.ts';

// Without the data flow, which no case here needs and which takes long to follow.
const resolver = createResolver({ ...readSample('bert_base'), graph: null });
const settingOf = (mode: Mode): ListSetting => ({ resolver, teacher: null, templates: [], mode, python: '3.11', algorithm: null, call: null, tries: { sure: 100, hasTime: () => false } });

const perChannel = '[{"op_types":["Linear","LayerNorm"],"quant_dtype":"int8","granularity":"out_channel"}]';

it('F10f: a type that was asked for by name is registered, and keeps its place in the list', () => {
  const setting = settingOf('quantization');
  const { list, registered, repairs } = repairInPlan(parseList(perChannel), setting);
  expect(registered.map(({ mode, moduleType, setting: { entries } }) => [mode, moduleType, entries.map(([target]) => target)])).toEqual([
    ['quantization', 'LayerNorm', ['_input_', 'weight', 'bias', '_output_']],
  ]);
  expect(writeCompactJson(list)).toContain('"op_types":["Linear","LayerNorm"]');
  expect(repairs.map(({ fix }) => wordFix(fix, asResolved))).toEqual(['Register LayerNorm', 'Write "per_channel" for _input_, _output_']);
  expect(judgeList(list, { ...setting, templates: registered }).verdict.state).toBe('ready');
});

it('F10f: the first fix of such a type registers it; a list alone leaves it out', () => {
  const setting = settingOf('quantization');
  const list = parseList('[{"op_types":["Linear","LayerNorm"],"quant_dtype":"int8"}]');
  expect(judgeList(list, setting).findings[0]!.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Register LayerNorm', 'Remove the entry']);
  expect(writeCompactJson(repairList(list, 'quantization', judgeOf(setting)).list)).toBe('[{"op_types":["Linear"],"quant_dtype":"int8"}]');
});

it('F10f: a type without parameters, or one that was not asked for by name, is not registered', () => {
  const registered = (mode: Mode, text: string) => repairInPlan(parseList(text), settingOf(mode)).registered.map(({ moduleType }) => moduleType);
  expect(registered('pruning', '[{"op_types":["Linear","Dropout"],"sparse_ratio":0.5}]')).toEqual([]);
  expect(registered('quantization', '[{"op_names_re":["bert.embeddings"],"quant_dtype":"int8"}]')).toEqual([]);
  expect(registered('quantization', '[{"op_types":["Linear","BertLayer"],"quant_dtype":"int8"}]')).toEqual([]);
});
