import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { modelTree, moduleRow, sampleBytes } from './fixtures/app.ts';
import { test } from './fixtures/espalier-open.ts';
import { sendRaw } from './fixtures/send-raw.ts';
import { card } from './fixtures/sub-configs-pane.ts';

const model = join(process.cwd(), 'public/samples/resnet18.json.gz');
const script = `"""Prunes a ResNet."""
from nni.compression.pruning import L1NormPruner

RATIO = 0.5  # as in the paper

config_list = [
    # The stem stays dense.
    {"op_types": ["Conv2d"], "exclude_op_names": ["conv1"], "sparse_ratio": RATIO},
    {
        "op_names": ["fc"],  # the head
        "sparse_ratio": 0.8,
    },
]

L1NormPruner(model, config_list)
`;

test('a script is opened, edited and saved: only the list differs, and the page follows the file', async ({ page, open, put }) => {
  const path = put('prune.py', script);
  const { address } = await open(model, 'prune.py');
  await page.goto(address);
  await expect(modelTree(page)).toBeVisible();
  await expect(card(page, 2)).toBeVisible();
  const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 2', exact: true });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect(ratio).toHaveValue('0.8');
  await expect(save).toBeDisabled();

  await ratio.fill('0.9');
  await ratio.press('Tab');
  await expect(page.getByText('prune.py: not saved')).toBeAttached();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('prune.py: saved')).toBeAttached();
  expect(readFileSync(path, 'utf8')).toBe(script.replace('0.8', '0.9'));
  await expect(save).toBeDisabled();

  // An editor puts a new file in its place. The page takes it and keeps its view.
  await moduleRow(page, 'layer2').click();
  writeFileSync(`${path}.new`, script.replace('0.8', '0.7'));
  renameSync(`${path}.new`, path);
  await expect(ratio).toHaveValue('0.7');
  await expect(moduleRow(page, 'layer2')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(ratio).toHaveValue('0.9');
});

test('a change of the file while the page still opens it is taken', async ({ page, open, put }) => {
  const text = (ratio: string) => `[{"op_types": ["Conv2d"], "sparse_ratio": ${ratio}}]`;
  const path = put('list.json', text('0.5'));
  const { address } = await open(model, 'list.json', '--mode', 'pruning');
  const events = (await fetch(`${address}link/events`)).body!.pipeThrough(new TextDecoderStream());
  await page.route('**/link/config', async (route) => {
    const response = await route.fetch();
    writeFileSync(path, text('0.25'));
    for await (const event of events) if (event.includes('event: config')) break;
    await route.fulfill({ response });
  }, { times: 1 });
  await page.goto(address);
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true })).toHaveValue('0.25');
});

test('when both changed, the user chooses; a broken file is a message and never the end', async ({ page, open, put }) => {
  const text = (ratio: string) => `[\n\t{"op_types": ["Conv2d"], "sparse_ratio": ${ratio}}\n]`;
  const path = put('list.json', text('0.5'));
  const { address } = await open(model, 'list.json', '--mode', 'pruning');
  await page.goto(address);
  const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
  await expect(ratio).toHaveValue('0.5');
  const edit = async (value: string) => {
    await ratio.fill(value);
    await ratio.press('Tab');
    await expect(page.getByText('list.json: not saved')).toBeAttached();
  };
  await edit('0.6');
  writeFileSync(path, text('0.7'));
  const banner = page.getByRole('alert').filter({ hasText: 'list.json changed on disk' });
  await expect(banner).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(banner).toBeVisible();
  expect(readFileSync(path, 'utf8')).toBe(text('0.7'));

  await banner.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare plans' });
  await expect(dialog.getByRole('list', { name: 'In the list' })).toContainText('sparse_ratio0.7 → 0.6');
  await page.keyboard.press('Escape');
  await banner.getByRole('button', { name: 'Keep mine' }).click();
  await expect(banner).toBeHidden();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('list.json: saved')).toBeAttached();
  expect(readFileSync(path, 'utf8')).toBe(text('0.6'));

  await edit('0.65');
  writeFileSync(path, text('0.1'));
  await banner.getByRole('button', { name: 'Take the file' }).click();
  await expect(ratio).toHaveValue('0.1');

  writeFileSync(path, '[{"op_types": [');
  await expect(page.getByRole('alert').filter({ hasText: 'list.json cannot be read. Line 1' })).toBeVisible();
  writeFileSync(path, text('0.2'));
  await expect(page.getByText('list.json cannot be read')).toBeHidden();
  await expect(ratio).toHaveValue('0.2');
});

test('a file that is broken at the start, a new one, and a model that changes', async ({ page, open, put, folder }) => {
  put('list.json', '{');
  writeFileSync(join(folder, 'model.json.gz'), sampleBytes('spec_mlp'));
  const first = await open('model.json.gz', 'list.json');
  await page.goto(first.address);
  await expect(page.getByText('list.json cannot be read')).toBeVisible();
  await expect(moduleRow(page, 'fc1')).toBeVisible();
  put('list.json', '[{"op_names": ["fc1"], "quant_dtype": "int8"}]');
  await expect(card(page, 1)).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Quantization' })).toHaveAttribute('aria-selected', 'true');
  writeFileSync(join(folder, 'model.json.gz'), sampleBytes('conv_bn_relu'));
  await expect(moduleRow(page, 'fc1')).toBeHidden();
  first.process.kill();
  await expect(page.getByText('Espalier in the terminal does not answer.')).toBeVisible();

  const second = await open(model, 'new.json', '--mode', 'pruning');
  await page.goto(second.address);
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  await expect(page.getByText('new.json: not saved')).toBeAttached();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('new.json: saved')).toBeAttached();
  expect(JSON.parse(readFileSync(join(folder, 'new.json'), 'utf8'))).toHaveLength(21);
});

test('only this machine with the token is answered, and no other file', async ({ open, put }) => {
  put('list.json', '[]');
  const { address } = await open(model, 'list.json');
  const { port, pathname, host } = new URL(address);
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject).end();
    });
  const cases: readonly (readonly [number, string, Readonly<Record<string, string>>?, string?])[] = [
    [200, pathname],
    [200, `${pathname}link/state`],
    [403, '/'],
    [403, `/${'x'.repeat(24)}/link/config`],
    [403, pathname, { origin: 'https://example.com' }],
    [403, pathname, { origin: 'null' }],
    [403, pathname, { origin: 'http://127.0.0.1:1' }],
    [403, pathname, { host: `example.com:${port}` }],
    [403, pathname, { host: `127.0.0.1.example.com:${port}` }],
    // A port of another machine that is forwarded.
    [200, `${pathname}link/state`, { host: 'localhost:5000', origin: 'http://localhost:5000' }],
    [404, `${pathname}../../../../../../etc/passwd`],
    [404, `${pathname}..%2f..%2fpackage.json`],
    [404, `${pathname}assets/../../cli/espalier.js`],
    [404, `${pathname}link/student/1`],
    [206, `${pathname}link/student/0`, { range: 'bytes=-5' }],
    [200, `${pathname}link/student/0`, { range: 'bytes=5-2' }],
    [416, `${pathname}link/student/0`, { range: 'bytes=999999999-' }],
    [428, `${pathname}link/config`, {}, 'PUT'],
    [405, `${pathname}link/state`, {}, 'POST'],
  ];
  for (const [status, path, headers, method] of cases) expect([path, await ask(path, headers, method)]).toEqual([path, status]);
});

test('two processes that edit one file, and a kill while saving: the file is whole, and nothing is overwritten', async ({ open, put, folder }) => {
  const path = put('list.json', '[]');
  const servers = await Promise.all([open(model, 'list.json'), open(model, 'list.json')]);
  expect(servers[0].address).not.toBe(servers[1].address);
  const config = servers.map(({ address }) => `${address}link/config`);
  const etag = (await fetch(config[0]!)).headers.get('etag') ?? '';
  const save = (at: number, body: string, revision = etag) => fetch(config[at]!, { method: 'PUT', headers: { 'If-Match': revision }, body });
  const outcomes = await Promise.all([save(0, '[1]'), save(1, '[2]')]);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([204, 412]));
  expect(readFileSync(path, 'utf8')).toBe(outcomes[0].status === 204 ? '[1]' : '[2]');

  const whole = (letter: string) => `["${letter.repeat(30_000_000)}"]`;
  writeFileSync(path, whole('a'));
  for (const [at, delay] of [[0, 30], [1, 90]] as const) {
    const before = (await fetch(config[at]!)).headers.get('etag') ?? '';
    const saving = save(at, whole('b'), before).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, delay));
    servers[at].process.kill('SIGKILL');
    await Promise.all([saving, once(servers[at].process, 'exit')]);
    expect(statSync(path).size).toBe(30_000_004);
    expect(['a', 'b']).toContain(readFileSync(path, 'utf8')[2]);
    const third = await open(model, 'list.json');
    const again = (await fetch(`${third.address}link/config`)).headers.get('etag') ?? '';
    // The leftovers of the killed process next to the file hold nobody up for long.
    expect((await fetch(`${third.address}link/config`, { method: 'PUT', headers: { 'If-Match': again }, body: whole('a') })).status).toBe(204);
  }
  expect(readdirSync(folder)).toEqual(['list.json']);

  // Ctrl+C while it saves: what it has begun is written to its end.
  const last = await open(model, 'list.json');
  const revision = (await fetch(`${last.address}link/config`)).headers.get('etag') ?? '';
  const ended = once(last.process, 'exit');
  const saved = fetch(`${last.address}link/config`, { method: 'PUT', headers: { 'If-Match': revision }, body: whole('c') }).catch(() => null);
  while (!existsSync(join(folder, '.list.json.espalier'))) await new Promise((resolve) => setTimeout(resolve, 1));
  last.process.kill('SIGINT');
  await saved;
  expect(await ended).toEqual([0, null]);
  expect([readdirSync(folder), statSync(path).size, readFileSync(path, 'utf8')[2]]).toEqual([['list.json'], 30_000_004, 'c']);
});

test('a page that is closed while it sends the text leaves the file as it is', async ({ open, put }) => {
  const path = put('list.json', '[]');
  const { address } = await open(model, 'list.json');
  const { port, host, pathname } = new URL(address);
  const etag = (await fetch(`${address}link/config`)).headers.get('etag') ?? '';
  const head = `PUT ${pathname}link/config HTTP/1.1\r\nHost: ${host}\r\nIf-Match: ${etag}\r\n`;
  expect(await sendRaw(Number(port), `${head}Content-Length: 1000\r\n\r\n[{"op_`)).toBe('');
  expect(await sendRaw(Number(port), `${head}\r\n`)).toMatch(/^HTTP\/1\.1 411 /);
  expect((await fetch(`${address}link/config`, { method: 'PUT', headers: { 'If-Match': etag }, body: '[1]' })).status).toBe(204);
  expect(readFileSync(path, 'utf8')).toBe('[1]');
});

test('where no browser can be started, the terminal says so and the page is served', async ({ folder }) => {
  test.skip(process.platform === 'win32', 'programs are started in another way there');
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/cli/espalier.js'), 'open', model], { cwd: folder, env: { ...process.env, BROWSER: 'false' } });
  try {
    const said = { out: '', error: '' };
    child.stdout.on('data', (piece: Buffer) => (said.out += piece.toString('utf8')));
    child.stderr.on('data', (piece: Buffer) => (said.error += piece.toString('utf8')));
    await expect.poll(() => said.error).toBe('espalier: No browser could be started. Open the address above in one.\n');
    expect((await fetch(/http:\S+/.exec(said.out)![0])).status).toBe(200);
  } finally {
    child.kill();
  }
});
