import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';

const folder = mkdtempSync(join(tmpdir(), 'espalier-ci-'));
// A worker can come back to this file after it has left it.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
copyFileSync('public/samples/resnet18.json.gz', join(folder, 'resnet18.json.gz'));

function check(at: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist/cli/espalier.js'), 'check', ...args], { cwd: at, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a project file says what is checked, from every folder of the repository; the summary is a table', () => {
  mkdirSync(join(folder, 'configs/deep'), { recursive: true });
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
  expect(summary).toContain('| ✅ | <code>../good.json</code> | resnet18 | pruning |');
  expect(summary).toMatch(/^\| ❌ \| <code>\.\.\/bad\.py<\/code> \| resnet18 \| pruning \| KeyError&#58; .*no&#124;such/m);

  // As a commit hook hands over the files that changed.
  expect(check(folder, 'configs/good.json')).toMatchObject({ status: 0 });
  expect(check(folder, 'configs/good.json', 'README.md')).toMatchObject({ status: 0, stderr: expect.stringContaining('README.md is no list of') });
  const json = check(folder, '--format', 'json');
  expect((JSON.parse(json.stdout) as { readonly files: readonly unknown[] }).files).toHaveLength(2);
});

test('the project file of docs/ci.md works as it is written there', () => {
  const example = /```json\n([^]*?)```/.exec(readFileSync('docs/ci.md', 'utf8'))![1]!;
  const at = join(folder, 'docs');
  for (const made of ['configs', 'trees']) mkdirSync(join(at, made), { recursive: true });
  for (const [name, sample] of [['resnet18', 'resnet18'], ['small', 'spec_mlp'], ['big', 'spec_mlp']]) copyFileSync(`public/samples/${sample}.json.gz`, join(at, `trees/${name}.json.gz`));
  writeFileSync(join(at, 'espalier.json'), example);
  writeFileSync(join(at, 'configs/l1.json'), '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]\n');
  // Only the script leaves the value open that the check of both gives.
  writeFileSync(join(at, 'configs/agp.py'), 'config_list = [{"op_types": ["Conv2d"], "sparse_ratio": args.sparsity}]\n');
  writeFileSync(join(at, 'configs/plan.json'), '{"format": "compression-plan", "version": 1, "name": "p", "lists": {"pruning": [{"id": "a", "config": {"op_types": ["Conv2d"], "sparse_ratio": 0.5}}]}}\n');
  writeFileSync(join(at, 'configs/distil.json'), '[{"op_names": ["fc1"], "lambda": 0.5, "link": "fc1", "apply_method": "mse"}]\n');
  const all = check(at);
  expect(all).toMatchObject({ status: 0, stderr: '' });
  for (const file of ['l1.json', 'agp.py', 'plan.json', 'distil.json']) expect(all.stdout).toContain(`configs/${file} for `);
  expect(check(at, 'configs/l1.json')).toMatchObject({ status: 0, stderr: '' });

  // Of one list alone every value must be used.
  const alone = ['--tree', 'trees/resnet18.json.gz', '--mode', 'pruning', '--set', 'args.sparsity=0.5'];
  expect(check(at, 'configs/l1.json', ...alone)).toMatchObject({ status: 2, stderr: 'espalier: --set is for Python source, and configs/l1.json is JSON.\n' });
  expect(check(at, 'configs/l1.json', 'configs/agp.py', ...alone)).toMatchObject({ status: 0, stderr: '' });
});

test('what cannot be checked stands in every format', () => {
  const none = (format: string) => check(folder, 'none.json', '--tree', 'resnet18.json.gz', '--mode', 'pruning', '--format', format, '--summary', `${format}.md`);
  expect(none('text')).toMatchObject({ status: 2, stderr: 'espalier: The config list none.json cannot be read: there is no such file.\n' });
  expect(none('github').stdout).toBe('::error::The config list none.json cannot be read: there is no such file.\n');
  expect(readFileSync(join(folder, 'github.md'), 'utf8')).toContain('- ⚠️ Not checked: The config list none.json cannot be read&#58; there is no such file.');
  const { runs } = JSON.parse(none('sarif').stdout) as { readonly runs: readonly unknown[] };
  expect(runs).toEqual([expect.objectContaining({ invocations: [{ executionSuccessful: false, toolExecutionNotifications: [expect.objectContaining({ level: 'error' })] }], results: [] })]);
});

/** Runs the step of the Action as a runner does; npm and espalier are stand-ins, which write down their arguments. */
function runAction(inputs: Readonly<Record<string, string>>): { readonly npm: string; readonly espalier: readonly string[] } {
  const { runs } = parse(readFileSync('action.yml', 'utf8')) as { readonly runs: { readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[] } };
  const [{ run, env }] = runs.steps as [(typeof runs.steps)[number]];
  const temporary = mkdtempSync(join(folder, 'runner-'));
  const programs = join(temporary, 'programs');
  const bin = join(temporary, 'espalier/node_modules/.bin');
  for (const made of [programs, bin]) mkdirSync(made, { recursive: true });
  const stand = (path: string, text: string) => writeFileSync(path, `#!/usr/bin/env bash\n${text}\n`, { mode: 0o755 });
  // The output of builds is noise; the last command prints the name of the tarball.
  stand(join(programs, 'npm'), `echo "$@" >> '${temporary}/npm'; [ "$1" = pack ] && echo espalier.tgz || echo noise`);
  stand(join(bin, 'espalier'), `printf '%s\\0' "$@" > '${temporary}/espalier.txt'`);
  const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, inputs[/inputs\.([\w-]+)/.exec(value)![1]!] ?? '']));
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...given, PATH: `${programs}:${process.env['PATH']}`, RUNNER_TEMP: temporary, GITHUB_ACTION_PATH: process.cwd(), GITHUB_STEP_SUMMARY: 'summary.md' },
  });
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  return { npm: readFileSync(join(temporary, 'npm'), 'utf8'), espalier: readFileSync(join(temporary, 'espalier.txt'), 'utf8').split('\0').slice(0, -1) };
}

test('the Action builds, installs what it has built, and hands its inputs over as they are', () => {
  test.skip(spawnSync('bash', ['--version']).status !== 0, 'bash is not on this machine');
  const built = runAction({});
  expect(built.npm).toMatch(/^ci .*\nrun build\npack .*\ninstall .*\/espalier\.tgz\n$/);
  expect(built.espalier).toEqual(['check', '--format', 'github', '--summary', 'summary.md']);
  mkdirSync(join(folder, 'lists'));
  for (const name of ['one', 'my two']) writeFileSync(join(folder, `lists/${name}.json`), '[]');
  const given = runAction({ files: 'lists/*.json\r\n\n$(touch no)`id`;x\n', package: 'x.tgz', tree: 'a b.json', mode: 'pruning', algorithm: 'AGPPruner(L1NormPruner)', 'max-warnings': '0' });
  expect(given.npm).toMatch(/^install .* x\.tgz\n$/);
  expect(given.espalier.join(' | ')).toBe(
    'check | lists/my two.json | lists/one.json | $(touch no)`id`;x | --format | github | --summary | summary.md' +
      ' | --tree | a b.json | --mode | pruning | --algorithm | AGPPruner(L1NormPruner) | --max-warnings | 0',
  );
});

test('the hook runs a command that there is, and npm builds a package that it takes from git', () => {
  const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Readonly<Record<string, unknown>>[];
  expect(hook).toMatchObject({ id: 'espalier-check', entry: 'espalier check', language: 'node', pass_filenames: false });
  for (const file of ['espalier.json', 'a/espalier.json', 'list.py', 'model.json.gz']) expect(file).toMatch(new RegExp(String(hook!['files'])));
  // In a folder of npm's cache `prepare` builds; here it does nothing.
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
  const copy = join(folder, '_cacache/tmp/git-clone1');
  mkdirSync(join(copy, 'src/tools'), { recursive: true });
  mkdirSync(join(copy, 'node_modules/vite'), { recursive: true });
  for (const script of ['prepare.mjs', 'hide-prepare.mjs']) copyFileSync(`src/tools/${script}`, join(copy, `src/tools/${script}`));
  const packageFile = JSON.stringify({ type: 'module', scripts: { prepare: scripts['prepare'], build: 'node -e "fs.mkdirSync(\'built\')"' } });
  writeFileSync(join(copy, 'package.json'), packageFile);
  const prepare = (cwd: string) => spawnSync('npm', ['run', 'prepare'], { cwd, encoding: 'utf8', shell: process.platform === 'win32' }).status;
  expect([prepare(copy), existsSync(join(copy, 'built'))]).toEqual([0, true]);
  // npm would warn about it wherever the package is installed.
  expect(readFileSync(join(copy, 'package.json'), 'utf8')).not.toContain('"prepare"');
  const other = join(folder, 'clone');
  mkdirSync(other);
  writeFileSync(join(other, 'package.json'), packageFile);
  expect([prepare(other), existsSync(join(other, 'built'))]).toEqual([0, false]);
});
