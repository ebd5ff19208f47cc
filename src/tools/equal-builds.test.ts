import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-build-'));
  folders.push(folder);
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

/** Builds the page of the sources in a folder; gives the names of its files, with a digest of each. */
function built(from: string): Readonly<Record<string, string>> {
  const outDir = newFolder();
  // The packages count as lying where their link is, as in a clone that has its own.
  const options = { logLevel: 'warn', resolve: { preserveSymlinks: true }, build: { outDir, emptyOutDir: false } };
  const script = `import('vite').then(({ build }) => build(${JSON.stringify(options)}))`;
  const { NODE_ENV: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: from, env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const files = readdirSync(outDir, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile());
  const digests = files.map((file) => {
    const path = join(file.parentPath, file.name);
    return [relative(outDir, path), createHash('sha256').update(readFileSync(path)).digest('hex')] as const;
  });
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

test('two clones of the same sources make the same page', () => {
  const here = built(root);
  expect(Object.keys(here).length).toBeGreaterThan(100);
  expect(built(clone())).toEqual(here);
});
