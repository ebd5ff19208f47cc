import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The output of a command, its standard error (without the folder's name), and its exit code. */
async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const said: string[] = [];
  const exitCode = await runCommand(args, {
    lines: (async function* () {})(),
    print: async (line) => void printed.push(line),
    complain: (line) => void said.push(...line.replaceAll(`${folder}/`, '').split('\n')),
    version: '0',
  });
  return { exitCode, printed, said };
}

const linear = 'Linear(in_features=2, out_features=2, bias=True)';
const list = file('list.json', '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');

describe('T28a --report', () => {
  test('says what became of every line, with numbers', async () => {
    const tree = file('model.txt', `>>> print(model)\nNet(\n  (a): ${linear}  # keep\n  ...\n  (fc): ${linear}\nDownloading\n)\nDone.`);
    const { said, exitCode } = await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list, '--report');
    expect(exitCode).toBe(0);
    expect(said).toEqual([
      'model.txt: 8 lines: 4 understood, 1 blank or decoration, 1 for parts left out, 1 outside the model, 1 not understood.',
      'model.txt: 1 line inside the model is not understood (line 6): “Downloading”.',
      'model.txt: Parts of the model are left out in the text (line 4).',
      'model.txt: Remarks are left aside (line 3).',
      'model.txt: 1 line is not part of the model (line 8).',
    ]);
  });
  test('says what the page notes above the tree', async () => {
    const tree = file('names.txt', 'fc.weight torch.Size([2, 2])\nfc.bias torch.Size([2])');
    const { said } = await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list, '--report');
    expect(said).toEqual(['names.txt: Types are unknown: this file names tensors only.']);
  });
  test('a text of which every line is understood', async () => {
    const tree = file('plain.txt', `Net(\n  (a): ${linear}\n)`);
    expect((await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list, '--report')).said).toEqual(['plain.txt: everything in the file was understood.']);
    expect((await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list)).said).toEqual([]);
  });
});

describe('T28d --accept-unread', () => {
  const noise = ['Downloading', 'Epoch one', 'loss is high', 'done now'];
  const tree = file('noisy.txt', ['Net(', `  (a): ${linear}`, ...noise, ')'].join('\n'));
  test('without it, more than three lines that are not understood are shown and the model is not opened', async () => {
    const { said, exitCode, printed } = await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list);
    expect([exitCode, printed]).toEqual([2, []]);
    expect(said.join('\n')).toContain('3: Downloading');
    expect(said.join('\n')).toContain('--accept-unread');
  });
  test('with it, the model is opened', async () => {
    const { said, exitCode, printed } = await run('resolve', '--tree', tree, '--mode', 'pruning', '--config', list, '--accept-unread');
    expect([exitCode, said]).toEqual([0, []]);
    expect(JSON.parse(printed[0]!)).toMatchObject({ accepted: true });
  });
});

describe('E5a assumptions about a script are reported', () => {
  test('groups that NNI adds when it runs', async () => {
    const tree = file('model2.txt', `Net(\n  (a): ${linear}\n)`);
    const script = file('prune.py', "config_list = [{'op_types': ['Linear'], 'sparse_ratio': 0.5}]\nconfig_list = auto_set_denpendency_group_ids(model, config_list, x)\n");
    const { said, exitCode } = await run('check', script, '--tree', tree, '--mode', 'pruning');
    expect(exitCode).toBe(0);
    expect(said).toEqual(['prune.py: Line 2 adds dependency groups (auto_set_denpendency_group_ids). They are not in this list: they follow from the data flow of the model.']);
  });
  test('what a notebook leaves open is reported by the line of its code', async () => {
    const tree = file('model3.txt', `Net(\n  (a): ${linear}\n)`);
    const cells = ['r = 1', "config_list = [{'op_types': ['Linear'],\n 'sparse_ratio': args.s}]"].map((source) => ({ cell_type: 'code', source, outputs: [] }));
    const notebook = file('prune.ipynb', JSON.stringify({ cells, nbformat: 4 }));
    expect((await run('check', notebook, '--tree', tree, '--mode', 'pruning')).said.join('\n')).toContain('args.s (line 4)');
  });
});
