import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { modelTree } from './fixtures/app.ts';
import { sendRaw } from './fixtures/send-raw.ts';

const python = process.platform === 'win32' ? 'python' : 'python3';
const hasPython = spawnSync(python, ['-c', 'import venv, ensurepip']).status === 0;
/** A Python with a notebook kernel; the system's, unless another is named. */
const kernelPython = process.env['ESPALIER_KERNEL_PYTHON'] ?? python;
const hasKernel = spawnSync(kernelPython, ['-c', 'import ipykernel, jupyter_client']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'espalier-wheel-'));
const inVenv = join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
const started: ChildProcess[] = [];
const servers: Server[] = [];

const model = readFileSync('e2e/fixtures/plain_model.py', 'utf8');

test.describe('the wheel in a fresh virtual environment', () => {
  test.skip(!hasPython, 'python3 with venv is not on this machine');
  test.describe.configure({ mode: 'serial' });

  test.beforeAll(() => {
    test.setTimeout(120_000);
    const run = (program: string, ...args: readonly string[]) => {
      const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
      expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    };
    run(process.execPath, 'src/tools/wheel.mjs', '--no-build');
    run(python, '-m', 'venv', join(folder, 'venv'));
    const [wheel = ''] = readdirSync('dist/wheel');
    run(inVenv, '-m', 'pip', 'install', '--quiet', '--no-index', '--disable-pip-version-check', join('dist/wheel', wheel));
  });
  test.afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('show: the page has the model and the list, and the session has the list as edited', async ({ page }) => {
    const session = talkTo(inVenv, `${model}
import espalier, sys
session = espalier.show(Net(), [{'op_names': ['fc1'], 'target_names': ['weight'], 'sparse_ratio': 1.0, 'fuse_names': [('fc1', 'fc2')]}], open_browser=False)
for line in sys.stdin:
    value = eval(line)
    print(value if isinstance(value, str) else repr(value), flush=True)
`);
    const address = /http:\S+/.exec(await session.hear(/http:\S+/))![0];
    await page.goto(address);
    await expect(modelTree(page).getByRole('treeitem', { name: /^fc1/ })).toBeVisible();
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
    await expect(ratio).toHaveValue('1.0');
    expect(await session.ask('session.config_list')).toBe("[{'op_names': ['fc1'], 'target_names': ['weight'], 'sparse_ratio': 1.0, 'fuse_names': [('fc1', 'fc2')]}]");
    await ratio.fill('0.25');
    await ratio.press('Tab');
    await expect.poll(() => session.ask('session.config_list[0]["sparse_ratio"]')).toBe('0.25');
    expect(await session.ask('session.script()')).toContain('config_list = [');

    // A notebook: the page allows the frame there, and in no other place.
    const html = await session.ask('session._repr_html_()');
    const notebook = await serve(html);
    const stranger = await serve(`<iframe src="${address}?frame=${encodeURIComponent(notebook)}"></iframe>`);
    await page.goto(notebook);
    await expect(page.frameLocator('iframe').getByRole('tree', { name: 'Modules' })).toBeVisible();
    await page.goto(stranger);
    await expect.poll(() => page.frames().some((one) => one.url().startsWith('chrome-error:'))).toBe(true);
    expect(await session.ask('session.close()')).toBe('None');
    expect(await fetch(address).then(() => 'answers', () => 'closed')).toBe('closed');
  });

  test('python -m espalier is open: it reads, follows and writes files of this machine, and answers nobody else', async ({ page }) => {
    writeFileSync(join(folder, 'list.json'), '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]\n');
    const session = talkTo(inVenv, null, ['-m', 'espalier', join(process.cwd(), 'public/samples/spec_mlp.json.gz'), join(folder, 'list.json'), '--no-open']);
    const address = /http:\S+/.exec(await session.hear(/http:\S+/))![0];
    await page.goto(address);
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
    await expect(ratio).toHaveValue('0.5');
    await ratio.fill('0.75');
    await ratio.press('Tab');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('list.json: saved')).toBeAttached();
    expect(readFileSync(join(folder, 'list.json'), 'utf8')).toBe('[{"op_types": ["Linear"], "sparse_ratio": 0.75}]\n');
    writeFileSync(join(folder, 'list.json'), '[{"op_types": ["Linear"], "sparse_ratio": 0.1}]\n');
    await expect(ratio).toHaveValue('0.1');
    const { origin, pathname } = new URL(address);
    for (const [path, headers, status] of [
      ['/', {}, 403],
      [pathname.slice(0, -1), {}, 200],
      [pathname, { origin: 'https://example.com' }, 403],
      [`${pathname}..%2f__init__.py`, {}, 404],
      [`${pathname}link/config`, {}, 200],
      [`${pathname}link/student/0`, { range: 'bytes=-5' }, 206],
      [`${pathname}link/student/0`, { range: 'bytes=999999999-' }, 416],
    ] as const) {
      expect([path, (await fetch(origin + path, { headers })).status]).toEqual([path, status]);
    }
    expect((await fetch(`${address}link/config`, { method: 'PUT', headers: { 'If-Match': '"old"' }, body: '[]' })).status).toBe(412);

    // A page that is closed while it sends the text leaves the file as it is.
    const etag = (await fetch(`${address}link/config`)).headers.get('etag') ?? '';
    const written = readFileSync(join(folder, 'list.json'), 'utf8');
    const head = `PUT ${pathname}link/config HTTP/1.1\r\nHost: ${new URL(address).host}\r\nIf-Match: ${etag}\r\n`;
    expect(await sendRaw(Number(new URL(address).port), `${head}Content-Length: 1000\r\n\r\n[{"op_`)).toBe('');
    expect(await sendRaw(Number(new URL(address).port), `${head}\r\n`)).toMatch(/^HTTP\/1\.1 411 /);
    expect(readFileSync(join(folder, 'list.json'), 'utf8')).toBe(written);

    // What cannot be read is said, and the server goes on.
    rmSync(join(folder, 'list.json'));
    mkdirSync(join(folder, 'list.json'));
    const broken = await fetch(`${address}link/config`);
    expect([broken.status, await broken.text()]).toEqual([500, expect.stringMatching(/director/)]);
    expect((await fetch(`${address}link/state`)).status).toBe(200);
  });

  test('python -m espalier with one file, a config list, asks for a model and saves the list', async ({ page }) => {
    const path = join(folder, 'alone.py');
    writeFileSync(path, "config_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]  # mine\n");
    const session = talkTo(inVenv, null, ['-m', 'espalier', path, '--no-open']);
    const address = /http:\S+/.exec(await session.hear(/http:\S+/))![0];
    const state = (await (await fetch(`${address}link/state`)).json()) as { readonly student: unknown; readonly config: unknown };
    expect([state.student, state.config]).toEqual([null, { name: 'alone.py' }]);
    let letGo = (): void => undefined;
    const held = new Promise<void>((done) => (letGo = done));
    await page.route('**/link/config', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address);
    // No model can be opened before the list is there: it would be in another plan.
    await expect(page.getByText('Opening the model of the plan')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Samples' })).toBeHidden();
    letGo();
    await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
    await ratio.fill('0.25');
    await ratio.press('Tab');
    await page.keyboard.press('Control+s');
    await expect.poll(() => readFileSync(path, 'utf8')).toBe("config_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.25}]  # mine\n");
  });

  test('in Colab the page is shown by Colab’s own way to a kernel, and in VS Code by a name that it forwards', async () => {
    const session = talkTo(inVenv, `${model}
import espalier, sys, types, os
asked = {}
colab = types.ModuleType('google.colab')
colab.output = types.SimpleNamespace(serve_kernel_port_as_iframe=lambda port, **given: asked.update(given, port=port))
sys.modules.update({'google': types.ModuleType('google'), 'google.colab': colab})
session = espalier.show(Net())
print('http://127.0.0.1:%d%s' % (asked['port'], asked['path']), flush=True)
for line in sys.stdin:
    value = eval(line)
    print(value if isinstance(value, str) else repr(value), flush=True)
`);
    const address = new URL(/http:\S+/.exec(await session.hear(/http:\S+/))![0]);
    const host = '4747-colab.googleusercontent.com';
    const [status, policy, oldPolicy] = await new Promise<readonly unknown[]>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port: address.port, path: address.pathname, headers: { host, origin: `https://${host}` } }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers['content-security-policy'], response.headers['x-frame-options']]);
      }).on('error', reject).end();
    });
    expect([status, oldPolicy]).toEqual([200, undefined]);
    expect(policy).toMatch(/frame-ancestors \*$/);
    expect(await session.ask("os.environ.update(VSCODE_PID='1') or session._repr_html_()")).toContain(`frame.src = "http://localhost:${address.port}/`);
  });

  test('a notebook kernel shows the page in a frame', () => {
    test.skip(!hasKernel, 'ipykernel and jupyter_client are not on this machine');
    const asked = `${model}
import sys; sys.path.insert(0, ${JSON.stringify(sitePackages())})
import espalier
session = espalier.show(Net(), [{'op_names': ['fc1']}], open_browser=False)
`;
    const { stdout, stderr } = spawnSync(kernelPython, ['-c', `
import json, sys
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name='python3')
client.execute(sys.argv[1])
html, errors = '', []
while True:
    message = client.get_iopub_msg(timeout=60)
    content = message['content']
    if message['msg_type'] == 'display_data': html += content['data'].get('text/html', '')
    if message['msg_type'] == 'error': errors += content['traceback']
    if message['msg_type'] == 'status' and content['execution_state'] == 'idle': break
print(json.dumps([html, errors]))
manager.shutdown_kernel(now=True)
`, asked], { encoding: 'utf8' });
    const [html, errors] = JSON.parse(stdout || JSON.stringify([stderr, []])) as [string, string[]];
    expect([errors, html]).toEqual([[], expect.stringMatching(/http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/.*iframe/s)]);
  });
});

/** A page on a local server of its own, as a notebook is; gives its origin. */
async function serve(body: string): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(`<!doctype html><body><div>${body}</div></body>`));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sitePackages(): string {
  return spawnSync(inVenv, ['-c', 'import espalier, os; print(os.path.dirname(os.path.dirname(espalier.__file__)))'], { encoding: 'utf8' }).stdout.trim();
}

/** Runs Python, and returns its output. */
function talkTo(program: string, code: string | null, args: readonly string[] = ['-u', '-c', code ?? '']) {
  const child = spawn(program, args, { cwd: folder });
  started.push(child);
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
      for (const listener of listeners) listener();
    });
  }
  const hear = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said);
        if (!found) return;
        listeners.delete(look);
        said = said.slice(found.index + found[0].length);
        resolve(found[0]);
      };
      listeners.add(look);
      look();
      setTimeout(() => reject(new Error(`Python said: ${said}`)), 20_000);
    });
  return {
    hear,
    async ask(expression: string) {
      said = '';
      child.stdin.write(`${expression}\n`);
      return (await hear(/.+\r?\n/)).trim();
    },
  };
}
