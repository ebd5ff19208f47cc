import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createPlan } from '../core/plan/create-plan.ts';
import { applyPlanEdit } from '../core/plan/plan-edits.ts';
import { writePlan } from '../core/plan/plan-file.ts';
import { floatOf, objectOf } from '../core/config/value.ts';
import { runCommand } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-fix-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tree = join(folder, 'model.txt');
writeFileSync(tree, 'Net(\n  (a): Linear(in_features=2, out_features=2, bias=True)\n)');

/** Writes a file, runs `fix` on it, and gives the text of the file, the output, the messages, and the exit code. */
async function fix(name: string, before: string | Uint8Array, ...args: readonly string[]) {
  const path = join(folder, name);
  writeFileSync(path, before);
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await runCommand(['fix', path, '--tree', tree, '--mode', 'pruning', ...args], {
    lines: (async function* () {})(),
    print: async (line) => void printed.push(line),
    complain: (line) => void said.push(line.replaceAll(`${folder}/`, '')),
    version: '0',
  });
  return { after: readFileSync(path, 'utf8'), printed, said: said.join('\n'), exitCode };
}

const script = `RATIO = 0.5  # as in the paper
config_list = [
    {'op_types': ['Linear'], 'sparse_ration': RATIO},  # all of them
]
`;

it('F10c: a sub-config of another mode cannot be moved there, and the way to do it is said', async () => {
  const { printed, said, exitCode } = await fix('both.json', '[{"op_types":["Linear"],"sparse_ration":0.5},{"op_types":["Linear"],"quant_dtype":"int8"}]');
  expect(exitCode).toBe(1);
  expect(printed.join('')).toContain('"sparse_ratio": 0.5');
  expect(said).toContain('[1].quant_dtype: not repaired: quant_dtype is not a key of this mode. Take sub-config 2 out of this list and put it into a list of its own, for --mode quantization.');
});

it('F10d: what a list alone cannot say is said: a template, or another class', async () => {
  const model = 'Net(\n  (a): Linear(in_features=2, out_features=2, bias=True)\n  (b): LayerNorm((2,), eps=1e-05, elementwise_affine=True)\n)';
  writeFileSync(join(folder, 'norm.txt'), model);
  const { printed, said, exitCode } = await fix('norm.json', '[{"op_types":["Linear","LayerNorm"],"sparse_ratio":0.5}]', '--tree', join(folder, 'norm.txt'));
  expect([exitCode, JSON.parse(printed.join('\n'))]).toEqual([0, [{ op_types: ['Linear'], sparse_ratio: 0.5 }]]);
  expect(said).toContain('Remove the entry. To keep LayerNorm, register a template for it on the page, and give that plan with --templates.');
  const outputs = await fix('dorefa.json', '[{"op_types":["Linear"],"quant_dtype":"int8","quant_scheme":"affine","target_names":["_output_"]}]', '--mode', 'quantization', '--algorithm', 'DoReFaQuantizer');
  expect(outputs.exitCode).toBe(1);
  expect(outputs.said).toContain("Use another class: --algorithm 'QATQuantizer'.");
});

describe('fix --write puts the repaired list in place as Save does; E7d, F10c', () => {
  it.each([
    ['list.json', '[\n\t{"op_types": ["Linear"], "sparse_ration": 0.5} // most of it\n]\r\n', '[\n\t{"op_types": ["Linear"], "sparse_ratio": 0.5} // most of it\n]\r\n'],
    ['bom.json', '\uFEFF[{"op_types": ["Linear"],  "sparse_ratio": 1}]', '\uFEFF[{"op_types": ["Linear"],  "sparse_ratio": 1.0}]'],
    ['prune.py', script, script.replace('sparse_ration', 'sparse_ratio')],
    ['ready.json', '[ {"op_types":["Linear"],"sparse_ratio":0.5}]', '[ {"op_types":["Linear"],"sparse_ratio":0.5}]'],
  ])('%s keeps its form', async (name, before, after) => {
    expect(await fix(name, before, '--write')).toMatchObject({ exitCode: 0, printed: [], after });
    expect(readdirSync(folder).filter((file) => file.endsWith('.espalier'))).toEqual([]);
  });

  it('a plan keeps what else it holds', async () => {
    const list = [objectOf([['op_types', ['Linear']], ['sparse_ration', floatOf(0.5)]])];
    const plan = applyPlanEdit(createPlan('mine'), { type: 'replace-list', mode: 'pruning', list });
    const before = writePlan(plan).replace('"name": "mine"', '"name":   "mine"');
    expect(await fix('plan.json', before, '--write')).toMatchObject({ exitCode: 0, printed: [], after: before.replace('sparse_ration', 'sparse_ratio') });
  });

  it.each([
    ['log.yaml', '- op_types: [Linear]\n  sparse_ration: 0.5\n', '--write is for JSON, Python scripts and plans'],
    ['loop.py', "config_list = []\nfor name in ['a', 'b']:\n    config_list.append({'op_names': [name], 'sparse_ration': 0.5 if name == 'a' else 0.6})\n", 'in steps, as in a loop'],
    ['utf16.json', Buffer.from('\uFEFF[{"op_types": ["Linear"], "sparse_ration": 0.5}]', 'utf16le'), '--write is for text in UTF-8'],
    ['cells.ipynb', JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', outputs: [], source: script }] }), '--write is for JSON, Python scripts and plans'],
  ])('%s cannot be written, and stays as it is', async (name, before, message) => {
    const { after, said, exitCode } = await fix(name, before, '--write');
    expect([exitCode, after]).toEqual([2, typeof before === 'string' ? before : before.toString('utf8')]);
    expect(said).toContain(message);
    expect(said).toContain('Without --write the list is printed.');
  });

  it('without --write the list is printed and the file stays', async () => {
    const { after, printed } = await fix('prune.py', script);
    expect([after, JSON.parse(printed.join('\n'))]).toEqual([script, [{ op_types: ['Linear'], sparse_ratio: 0.5 }]]);
  });
});
