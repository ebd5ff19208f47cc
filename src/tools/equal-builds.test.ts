import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const made: string[] = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-build-'));
  made.push(folder);
  return folder;
}

/** The sources in a folder of another name and depth, with the same packages. */
function clone(): string {
  const to = join(newFolder(), 'some', 'where');
  const left = new Set(['node_modules', 'dist', 'test-results', '.git']);
  cpSync(root, to, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'), 'junction');
  return to;
}

const run = promisify(execFile);

/** Builds page, report and command line of the sources in a folder; gives the folder of the three. */
async function build(from: string): Promise<string> {
  const outDir = newFolder();
  // The packages count as lying where their link is, as in a clone that has its own.
  const script = `
    const { build } = await import('vite');
    for (const [mode, folder] of [['production', 'app'], ['report', 'report'], ['cli', 'cli']]) {
      const outDir = ${JSON.stringify(`${outDir}/`)} + folder;
      await build({ mode, logLevel: 'error', resolve: { preserveSymlinks: true }, build: { outDir, emptyOutDir: false } });
    }`;
  const { NODE_ENV: _, ...env } = process.env;
  const { stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: from, env });
  expect(stderr).toBe('');
  return outDir;
}

/** The names of all files of a build, with a digest of each. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const files = ['app', 'report', 'cli'].flatMap((part) => readdirSync(join(folder, part), { recursive: true, encoding: 'utf8', withFileTypes: true }));
  const digests = files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // The command line keeps its compiled code there.
    .filter((path) => !relative(folder, path).startsWith(join('cli', 'cache')))
    .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

test('two clones of the same sources make the same page, report and command line', async () => {
  // `npm test` has built these sources just before.
  const isBuilt = process.env['ESPALIER_IS_BUILT'] !== undefined;
  const folders = await Promise.all([isBuilt ? join(root, 'dist') : build(root), build(clone())]);
  const [here, there] = [filesOf(folders[0]), filesOf(folders[1])];
  for (const file of ['app/index.html', 'report/report.html', 'cli/espalier.js']) expect(Object.keys(here)).toContain(file);
  expect(Object.keys(here).length).toBeGreaterThan(100);
  expect(there).toEqual(here);
});
