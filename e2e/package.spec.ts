import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@playwright/test';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a program with nothing of this project in its environment; fails with its output. npm writes its notes to standard error. */
function runWhole(program: string, args: readonly string[], folder: string): { readonly stdout: string; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: tmpdir(), npm_config_cache: join(tmpdir(), 'espalier-npm') },
  });
  expect([status, error, status === 0 ? '' : stderr]).toEqual([0, undefined, '']);
  return { stdout, output: stdout + stderr };
}

const run = (program: string, args: readonly string[], folder: string): string => runWhole(program, args, folder).stdout;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('the packed tarball, installed into an empty folder without a network, works with nothing but Node', () => {
  // Outside of the project: npm would look for one in the folders above.
  const folder = mkdtempSync(join(tmpdir(), 'espalier-'));
  const parcel = mkdtempSync(join(tmpdir(), 'espalier-parcel-'));
  // In a copy: packing changes package.json for a moment, and other tests read it. What is built is there.
  const copy = mkdtempSync(join(tmpdir(), 'espalier-copy-'));
  for (const part of ['dist', 'docs', 'src/tools', 'CHANGELOG.md', 'LICENSE', 'README.md']) cpSync(part, join(copy, part), { recursive: true });
  writeFileSync(join(copy, 'package.json'), readFileSync('package.json', 'utf8').replace(/"build": ".*"/, '"build": "node -e 0"'));
  const before = readFileSync(join(copy, 'package.json'), 'utf8');
  run(npm, ['pack', '--pack-destination', parcel], copy);
  expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(before);

  const { output } = runWhole(npm, ['install', '--offline', '--no-audit', '--no-fund', join(parcel, readdirSync(parcel)[0]!)], folder);
  // npm 11 warns about packages whose scripts it does not run.
  expect(output).not.toContain('npm warn');
  const installed = filesBelow(join(folder, 'node_modules'));
  const paths = installed.map((file) => relative(join(folder, 'node_modules/espalier'), file).replaceAll('\\', '/'));
  expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/cli/LICENSES.md', 'dist/app/LICENSES.md', 'dist/app/index.html', 'docs/ci.md']));
  expect(paths.filter((path) => /^(?:src|e2e|node_modules|dist\/cli\/cache)\//.test(path))).toEqual([]);
  expect(installed.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(25_000_000);
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['espalier']);

  writeFileSync(join(folder, 'model.txt'), 'Net(\n  (fc1): Linear(in_features=4, out_features=8, bias=True)\n  (fc2): Linear(in_features=8, out_features=2, bias=True)\n)\n');
  writeFileSync(join(folder, 'list.py'), 'config_list = [{"op_types": ["Linear"], "sparse_ratio": 0.5}]\n');
  const said = run(join(folder, 'node_modules/.bin/espalier'), ['check', 'list.py', '--tree', 'model.txt', '--mode', 'pruning'], folder);
  expect(said).toContain('NNI 3.0 accepts list.py for model.');
  // The first command kept its compiled code; Node 22 does so in a folder of its own.
  const compiled = join(folder, 'node_modules/espalier/dist/cli/cache', `${process.version}-${process.arch}`);
  if (existsSync(compiled)) {
    const whole = readFileSync(compiled);
    for (const damaged of [whole.subarray(0, 1000), Buffer.concat([whole.subarray(0, 8), Buffer.alloc(whole.length - 8)])]) {
      writeFileSync(compiled, damaged);
      expect(run(join(folder, 'node_modules/.bin/espalier'), ['check', 'list.py', '--tree', 'model.txt', '--mode', 'pruning'], folder)).toBe(said);
      expect(statSync(compiled).size).toBeGreaterThan(whole.length / 2);
    }
  } else expect('enableCompileCache' in nodeModule).toBe(true);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  expect(run(join(folder, 'node_modules/.bin/espalier'), ['--version'], folder).trim()).toBe(version);

  // Every example of --help, as it stands in docs/commands.md; open goes on until it is ended.
  cpSync('public/samples/resnet18.json.gz', join(folder, 'resnet18.json.gz'));
  writeFileSync(join(folder, 'pruning.json'), '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]\n');
  writeFileSync(join(folder, 'espalier.json'), '{"tree": "resnet18.json.gz", "mode": "pruning", "checks": [{"list": "pruning.json"}]}\n');
  const examples = [...readFileSync('docs/commands.md', 'utf8').matchAll(/^ +Example: (.*)$/gm)].map(([, command]) => command!);
  expect(examples.length).toBeGreaterThan(8);
  for (const command of process.platform === 'win32' ? [] : examples.filter((example) => !example.startsWith('espalier open '))) {
    // Ends with 0, or the test fails with its output.
    run('bash', ['-c', command.replace(/(?<=^|\| )espalier /, './node_modules/.bin/espalier ')], folder);
  }
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('<title>');
  for (const made of [folder, parcel, copy]) rmSync(made, { recursive: true });
});
