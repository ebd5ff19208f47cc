import { describe, expect, test } from 'vitest';
import { describeTree } from '../testing/describe-tree.ts';
import { readTree } from './read-tree.ts';

function read(notebook: unknown): readonly string[] | string {
  const result = readTree({ name: 'n.ipynb', bytes: new TextEncoder().encode(JSON.stringify(notebook, null, 1)) });
  return result.ok ? describeTree(result.value) : result.error.code;
}

const printed = ['Net(\n', '  (fc): Linear(in_features=2, out_features=2, bias=False)\n', ')'];
const rows = [' Net', 'fc Linear weight[2,2] bias=None'];

describe('T7d notebooks', () => {
  const old = (cells: readonly unknown[], nbformat = 3) => ({ metadata: { name: '' }, nbformat, nbformat_minor: 0, worksheets: [{ cells, metadata: {} }] });
  test.each<[string, unknown]>([
    ['format 3, printed', old([{ cell_type: 'code', input: ['print(model)'], outputs: [{ output_type: 'stream', stream: 'stdout', text: printed }] }])],
    ['format 3, shown', old([{ cell_type: 'code', input: 'model', outputs: [{ output_type: 'pyout', prompt_number: 2, text: printed }] }])],
    ['format 2', old([{ cell_type: 'code', input: 'model', outputs: [{ output_type: 'pyout', text: printed.join('') }] }], 2)],
    ['format 4, in the words', { cells: [{ cell_type: 'markdown', source: ['# Model\n', '```\n', ...printed, '\n```'] }], nbformat: 4 }],
    ['format 4, in a comment of its code', { cells: [{ cell_type: 'code', source: ['%time x\n', '"""\n', ...printed, '\n"""'], outputs: [] }], nbformat: 4 }],
  ])('%s', (_title, notebook) => {
    expect(read(notebook)).toEqual(rows);
  });
  test('without a model', () => {
    expect(read(old([{ cell_type: 'code', input: 'x', outputs: [{ output_type: 'stream', text: 'hello' }] }]))).toBe('is-notebook');
    expect(read(old([]))).toBe('is-notebook');
  });
});
