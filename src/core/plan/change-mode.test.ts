import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigObject, type ConfigObject } from '../config/value.ts';
import { fitToMode, keysUnknownTo } from './change-mode.ts';
import { createPlan } from './create-plan.ts';
import { describePlanEdit } from './describe-edit.ts';
import { applyPlanEdit } from './plan-edits.ts';
import type { Plan, SubConfig } from './plan.ts';

function config(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(text);
  return read.value;
}

const cases: readonly [config: string, to: Mode, unknown: readonly string[], after: string][] = [
  ['{"op_types":["Linear"],"sparse_ratio":0.5,"target_names":["weight"]}', 'quantization', ['sparse_ratio'], '{"op_types":["Linear"],"target_names":["weight"]}'],
  [
    '{"op_names":["a"],"granularity":"out_channel","target_settings":{"weight":{"sparse_ratio":0.5},"bias":{"granularity":"default","max_sparse_ratio":0.9}}}',
    'quantization',
    ['sparse_ratio', 'max_sparse_ratio'],
    '{"op_names":["a"],"granularity":"out_channel","target_settings":{"bias":{"granularity":"default"}}}',
  ],
  ['{"op_names":["a"],"quant_dtype":"int8","target_settings":{"weight":{"quant_dtype":"int4"}}}', 'distillation', ['quant_dtype'], '{"op_names":["a"]}'],
  ['{"op_names":["a"],"link":"b","lambda":0.5}', 'distillation', [], '{"op_names":["a"],"link":"b","lambda":0.5}'],
];

const own: SubConfig = { id: 's1', label: 'convs', color: 3, enabled: false, config: config('{"op_types":["Conv2d"],"sparse_ratio":0.5}') };
const other: SubConfig = { ...own, id: 's2', label: '' };
const plan: Plan = {
  ...createPlan('mine'),
  lists: { pruning: [own, other], quantization: [{ ...own, id: 's3' }], distillation: [] },
  assertions: [{ id: 'a1', mode: 'pruning', subConfig: 's1', label: '', demand: { type: 'selects-exactly', count: 3 } }],
  intended: [
    { mode: 'pruning', code: 'x', subConfig: 's1', path: '' },
    { mode: 'pruning', code: 'x', subConfig: 's2', path: '' },
  ],
};

describe('K4: moving to another mode', () => {
  it.each(cases)('K4: %s to %s', (text, mode, unknown, after) => {
    expect(keysUnknownTo(config(text), mode)).toEqual(unknown);
    expect(writeCompactJson(fitToMode(config(text), mode))).toBe(writeCompactJson(config(after)));
  });

  it('K4: keeps label, colour, switch and assertions, and goes last', () => {
    const edit = { type: 'change-mode', mode: 'pruning', ids: ['s1'], to: 'quantization' } as const;
    const { lists, assertions, intended } = applyPlanEdit(plan, edit);
    expect(lists.pruning).toEqual([other]);
    expect(lists.quantization.map(({ id, label, color, enabled }) => [id, label, color, enabled])).toEqual([
      ['s3', 'convs', 3, false],
      ['s1', 'convs', 3, false],
    ]);
    expect(assertions[0]?.mode).toBe('quantization');
    expect(intended?.map(({ subConfig }) => subConfig)).toEqual(['s2']);
    expect(describePlanEdit(edit, plan)).toBe('Move #1 to the quantization list');
  });

  it('K4: an id that the list lacks changes nothing', () => {
    expect(applyPlanEdit(plan, { type: 'change-mode', mode: 'pruning', ids: ['s3'], to: 'quantization' })).toBe(plan);
  });
});
