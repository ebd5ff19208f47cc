// Files for the walk: a list in an empty folder, its report, espalier open on it, and the Python package.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
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
  run(process.execPath, espalier, 'report', path, '--tree', model, '--mode', 'pruning', '-o', output);
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

const python = process.platform === 'win32' ? 'python' : 'python3';

/** Whether a Python is on this machine that can run the package. */
export const hasPython = () => spawnSync(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;

/**
 * Shows a small model and a list by the Python package, as built, in a Python of its own: the address of the page, that of a
 * notebook with the page in a frame, and `ask` for the value of an expression there.
 */
export async function showInPython(configList) {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-walk-'));
  const stops = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const stop = () => stops.toReversed().forEach((end) => end());
  try {
    run(process.execPath, join(root, 'src/tools/wheel.mjs'), '--no-build', '--into', folder);
    run(python, '-m', 'zipfile', '-e', join(folder, readdirSync(folder).find((name) => name.endsWith('.whl'))), folder);
    const program = `${readFileSync(join(root, 'e2e/fixtures/plain_model.py'), 'utf8')}
import espalier, sys
session = espalier.show(Net(), ${configList}, open_browser=False)
for line in sys.stdin:
    print(eval(line), flush=True)
`;
    const child = spawn(python, ['-u', '-c', program], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    stops.push(() => child.kill('SIGKILL'));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const nextLine = async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error('Python ended.');
      return value;
    };
    const address = /http:\S+/.exec(await nextLine())[0];
    const ask = (expression) => {
      child.stdin.write(`${expression}\n`);
      return nextLine();
    };
    const frame = await ask('session._repr_html_()');
    const notebook = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(`<!doctype html><body>${frame}</body>`));
    stops.push(() => notebook.close());
    await new Promise((resolve) => notebook.listen(0, '127.0.0.1', resolve));
    return { address, notebook: `http://127.0.0.1:${notebook.address().port}`, ask, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function run(program, ...args) {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
