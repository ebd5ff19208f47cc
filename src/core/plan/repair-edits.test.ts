import { expect, test } from 'vitest';
import { isConfigObject } from '../config/value.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { commit } from './commit.ts';
import { createPlan } from './create-plan.ts';
import { createHistory } from './history.ts';
import { repairEdits } from './repair-edits.ts';
import { templateFromParameters } from '../config/template-start.ts';

test('F15, F10b: the repaired list, and what belongs to another mode, are one undo step; nothing that is written is lost', () => {
  const listOf = (text: string) => parseList(text).filter(isConfigObject);
  const before = commit(createHistory(createPlan()), [{ type: 'replace-list', mode: 'quantization', list: listOf('[{"op_types":["Linear"],"quant_dtype":8},{"op_types":["Conv2d"],"sparse_ration":1}]') }], { time: 0 });
  const repaired = listOf('[{"op_types":["Linear"],"quant_dtype":"int8"},{"op_types":["Conv2d"],"sparse_ration":1}]');
  const after = commit(before, repairEdits(before.present, 'quantization', { list: repaired, repairs: 1, moves: [{ subConfig: 1, mode: 'pruning' }], registered: [] }), { time: 9000 });
  const written = (mode: 'pruning' | 'quantization') => writeCompactJson(after.present.lists[mode].map(({ config }) => config));
  expect([written('quantization'), written('pruning')]).toEqual(['[{"op_types":["Linear"],"quant_dtype":"int8"}]', '[{"op_types":["Conv2d"],"sparse_ration":1}]']);
  expect(after.past).toHaveLength(before.past.length + 1);
  expect(after.past.at(-1)?.label).toBe('Fix 2 problems');
});

test('F10f: templates that were registered for the list are of the same undo step', () => {
  const before = createHistory(createPlan());
  const template = { mode: 'quantization', moduleType: 'Own', setting: templateFromParameters('quantization', []) } as const;
  const after = commit(before, repairEdits(before.present, 'quantization', { list: [], repairs: 1, moves: [], registered: [template] }), { time: 0 });
  expect(after.present.templates).toEqual([template]);
  expect(after.past).toHaveLength(1);
});
