import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, describe, expect, test } from 'vitest';
import { importsOfEntries, refuseImportsOfEntries } from './worker-entry.ts';

const entry = { type: 'chunk', fileName: 'worker.js', isEntry: true, imports: ['early.js'] };

test.each([
  ['nothing imports the entry', [{ type: 'chunk', fileName: 'early.js', dynamicImports: ['engine.js'] }], []],
  ['a chunk imports it', [{ type: 'chunk', fileName: 'engine.js', imports: ['worker.js'] }], ['engine.js → worker.js']],
  ['a chunk imports it later', [{ type: 'chunk', fileName: 'engine.js', dynamicImports: ['worker.js'] }], ['engine.js → worker.js']],
  ['a file that is no chunk', [{ type: 'asset', fileName: 'style.css' }], []],
])('%s', (_, others, found) => {
  expect(importsOfEntries(Object.fromEntries([entry, ...others].map((chunk) => [chunk.fileName, chunk])))).toEqual(found);
});

describe('a real build', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  /** Builds a page whose worker shares `start.js` with a chunk that it fetches later. */
  async function buildShared(group: RegExp | null): Promise<void> {
    const root = mkdtempSync(join(tmpdir(), 'espalier-worker-entry-'));
    folders.push(root);
    const write = (name: string, text: string) => writeFileSync(join(root, name), text);
    write('page.js', "new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });");
    write('worker.js', "import { start } from './start.js'; start(); self.onmessage = async () => (await import('./late.js')).twice();");
    write('start.js', 'export const start = () => self.name;');
    write('late.js', "import { start } from './start.js'; export const twice = () => [start(), start()];");
    const groups = group ? [{ name: 'start', test: group }] : [];
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      worker: { format: 'es', plugins: () => [refuseImportsOfEntries()], rolldownOptions: { output: { codeSplitting: { groups } } } },
      build: { write: false, rolldownOptions: { input: join(root, 'page.js') } },
    });
  }

  test('passes where what the worker shares with later chunks has a chunk of its own', async () => {
    await expect(buildShared(/start\.js$/)).resolves.toBeUndefined();
  });

  test('fails where it stands in the entry, which the later chunk then imports', async () => {
    await expect(buildShared(null)).rejects.toThrow(/imports the entry of a worker.*late.*worker/);
  });
});
