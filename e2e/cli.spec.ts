import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

function espalier(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/espalier.js', ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr };
}

const tree = ['--tree', 'public/samples/spec_mlp.json.gz'];

test('match: indices, an error with its place, and a name of a character', () => {
  const input = ['fc[12]', 'fc[', String.raw`\N{LATIN SMALL LETTER R}elu1`].map((text) => JSON.stringify(text)).join('\n');
  const { status, lines } = espalier(['match', ...tree], `${input}\n`);
  expect([status, lines.map((line): unknown => JSON.parse(line))]).toEqual([
    0,
    [
      { matched: [1, 3] },
      { error: { msg: 'unterminated character set', pos: 2 } },
      { matched: [2] },
    ],
  ]);
});

test('resolve: one line a list, numbers as Python writes them', () => {
  const { status, lines } = espalier(
    ['resolve', ...tree, '--mode', 'pruning'],
    '[{"op_names": ["fc1"], "target_names": ["weight"], "sparse_ratio": 5e-1}]\n[{"op_names": ["nope"]}]\n',
  );
  expect([status, lines.length]).toEqual([0, 2]);
  expect(lines[0]).toContain('"sparse_ratio":0.5,');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    accepted: true,
    selected: [['fc1']],
    masks: { fc1: { weight: [117_600, 235_200] } },
  });
  expect(JSON.parse(lines[1]!)).toMatchObject({ accepted: false, stage: 'register', error: { type: 'KeyError' } });
});

test('unusable input: exit code 2 and the way out', () => {
  expect(espalier(['resolve', ...tree]).stderr).toContain('--mode');
  expect(espalier(['match', '--tree', 'nowhere.json'])).toMatchObject({ status: 2 });
  expect(espalier(['check', 'package.json', ...tree, '--mode', 'pruning'])).toMatchObject({ status: 1 });
});

test('F8: check of a plan file takes its list of the mode and its assertions', () => {
  const plan = (count: number) =>
    JSON.stringify({
      format: 'compression-plan',
      version: 1,
      lists: {
        pruning: [
          { id: 's1', enabled: false, config: { op_types: ['Nope'] } },
          { id: 's2', config: { op_types: ['Linear'], sparse_ratio: 'half' } },
        ],
        quantization: [{ id: 's3', config: { op_types: ['Linear'], quant_dtype: 'int8' } }],
      },
      assertions: [
        { id: 'a1', mode: 'quantization', sub_config: 's3', label: 'all of them', demand: { type: 'selects-exactly', count } },
        { id: 'a2', mode: 'quantization', sub_config: null, label: '', demand: { type: 'never-selects', pattern: 'relu' } },
      ],
    });
  const file = test.info().outputPath('a.plan.json');
  const check = (count: number, mode: string) => {
    writeFileSync(file, plan(count));
    return espalier(['check', file, ...tree, '--mode', mode]);
  };
  expect(check(3, 'quantization')).toMatchObject({ status: 0, lines: [expect.anything(), '2 of 2 assertions hold.'] });
  const failed = check(2, 'quantization');
  expect(failed.status).toBe(1);
  expect(failed.lines.join('\n')).toContain('“all of them” fails: 3 modules are selected, not 2. (F8)');
  expect(failed.lines.at(-1)).toBe('1 of 2 assertions hold.');
  expect(check(3, 'pruning').status).toBe(1);
  writeFileSync(file, '{"format": "compression-plan", "version": 7}');
  expect(espalier(['check', file, ...tree, '--mode', 'pruning'])).toMatchObject({ status: 2 });
});
