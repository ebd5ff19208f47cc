import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const folder = mkdtempSync(join(tmpdir(), 'espalier-ci-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(at: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist/cli/espalier.js'), 'check', ...args], { cwd: at, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a project file says what is checked, from every folder of the repository; the summary is a table', () => {
  mkdirSync(join(folder, 'configs/deep'), { recursive: true });
  copyFileSync('public/samples/resnet18.json.gz', join(folder, 'resnet18.json.gz'));
  writeFileSync(join(folder, 'configs/good.json'), '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]\n');
  writeFileSync(join(folder, 'configs/bad.py'), 'config_list = [{"op_names": ["no|such"], "sparse_ratio": SPARSITY}]\n');
  expect(check(join(folder, 'configs'))).toMatchObject({ status: 2, stderr: expect.stringContaining('espalier.json') });

  const project = { tree: 'resnet18.json.gz', mode: 'pruning', checks: [{ list: 'configs/good.json' }, { list: 'configs/bad.py', set: { SPARSITY: '0.5' } }] };
  writeFileSync(join(folder, 'espalier.json'), JSON.stringify(project));
  const all = check(join(folder, 'configs/deep'), '--summary', 'summary.md');
  expect(all).toMatchObject({ status: 1, stderr: '' });
  expect(all.stdout).toContain('../good.json for resnet18');
  expect(all.stdout).toContain('NNI 3.0 refuses ../bad.py for resnet18: KeyError');
  const summary = readFileSync(join(folder, 'configs/deep/summary.md'), 'utf8');
  expect(summary).toContain('| ✅ | `../good.json` | resnet18 | pruning |');
  expect(summary).toMatch(/^\| ❌ \| `\.\.\/bad\.py` \| resnet18 \| pruning \| KeyError: .*no&#124;such/m);

  // As a commit hook hands over the files that changed.
  expect(check(folder, 'configs/good.json')).toMatchObject({ status: 0 });
  expect(check(folder, 'configs/good.json', 'README.md')).toMatchObject({ status: 0, stderr: expect.stringContaining('README.md is no list of') });
  const json = check(folder, '--format', 'json');
  expect((JSON.parse(json.stdout) as { readonly files: readonly unknown[] }).files).toHaveLength(2);
});

test('the Action and the hook run the commands that there are', () => {
  const action = readFileSync('action.yml', 'utf8');
  const hooks = readFileSync('.pre-commit-hooks.yaml', 'utf8');
  expect(action).toContain('espalier check');
  expect(action).toContain('GITHUB_STEP_SUMMARY');
  expect(hooks).toContain('entry: espalier check');
});
