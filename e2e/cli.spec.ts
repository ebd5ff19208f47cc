import { spawnSync } from 'node:child_process';
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
