import { describe, expect, it } from 'vitest';
import { hasPython, runPython } from '../testing/run-python.ts';
import { exportedList, needsTuples, tuplesLine, writeExportJson, writeLoadingLines } from './export-list.ts';
import { readJsonValue } from '../config/json-reader.ts';
import { floatOf, intOf, objectOf } from '../config/value.ts';

const pruned = objectOf([
  ['op_types', ['Linear']],
  ['sparse_ratio', floatOf(1)],
  ['global_group_id', intOf(1)],
]);
const fused = objectOf([
  ['op_names', ['conv1']],
  ['quant_dtype', 'int8'],
  ['fuse_names', [['conv1', 'bn1']]],
]);

describe('exporting JSON', () => {
  it('leaves out what is off', () => {
    const subConfig = { id: 's1', label: 'x', color: 1, enabled: true, config: pruned };
    const list = [subConfig, { ...subConfig, id: 's2', enabled: false, config: fused }];
    expect(exportedList(list)).toEqual([pruned]);
  });

  it('E1: writes floats as floats and ints as ints', () => {
    const text = writeExportJson([pruned]);
    expect(text).toContain('"sparse_ratio": 1.0,\n');
    expect(text).toContain('"global_group_id": 1\n');
    expect(readJsonValue(text)).toEqual({ ok: true, value: [pruned] });
  });

  it('E2: comes with the line for tuples only where they are needed', () => {
    expect([needsTuples([pruned]), needsTuples([pruned, fused])]).toEqual([false, true]);
    expect(writeLoadingLines([pruned], 'pruning', "it's.json").split('\n')).toEqual([
      'import json',
      '',
      'with open("it\'s.json", encoding=\'utf-8\') as file:',
      '    pruning_config_list = json.load(file)',
      '',
    ]);
    expect(writeLoadingLines([fused], 'quantization', 'a.json')).toContain(tuplesLine('quantization'));
  });

  it(`E2: the line makes tuples (python3 ${hasPython ? 'present' : 'absent'})`, () => {
    const program = [
      'import json',
      `quantization_config_list = json.loads('''${writeExportJson([pruned, fused])}''')`,
      tuplesLine('quantization'),
      "print([config.get('fuse_names') for config in quantization_config_list])",
      '',
    ].join('\n');
    const printed = "[None, [('conv1', 'bn1')]]\n";
    expect(tuplesLine('quantization')).not.toContain('\n');
    expect(hasPython ? runPython(program) : printed).toBe(printed);
  });
});
