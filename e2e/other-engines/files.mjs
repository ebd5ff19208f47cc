// Files for the walk: a list in an empty folder, its report, and espalier open on it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const espalier = join(root, 'dist/cli/espalier.js');
const model = join(root, 'public/samples/resnet18.json.gz');

/** A folder with `list.py`; `write` and `read` are of that file. */
export function listInFolder(text) {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-walk-'));
  const path = join(folder, 'list.py');
  writeFileSync(path, text);
  return { folder, path, read: () => readFileSync(path, 'utf8'), write: (next) => writeFileSync(path, next), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes the report of a list and gives its address on disk. */
export function makeReport({ folder, path }) {
  const output = join(folder, 'report.html');
  const { status, stderr } = spawnSync(process.execPath, [espalier, 'report', path, '--tree', model, '--mode', 'pruning', '-o', output], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`espalier report: ${stderr}`);
  return pathToFileURL(output).href;
}

/** Runs espalier open on a list and gives its address. */
export function openList({ path }) {
  const child = spawn(process.execPath, [espalier, 'open', model, path, '--no-open']);
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (piece) => {
      const address = /http:\S+/.exec(String(piece))?.[0];
      if (address) resolve({ address, stop: () => child.kill('SIGKILL') });
    });
    child.on('exit', (code) => reject(new Error(`espalier open ended with ${code}.`)));
  });
}
