import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { hostingHeaders } from '../src/tools/hosting-headers.ts';
import { modelTree } from './fixtures/app.ts';
import { settled } from './fixtures/plans.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };
const servers: Server[] = [];
test.afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Hosted {
  readonly origin: string;
  /** The folder that is served; another build takes its place. */
  folder: string;
  headers: Readonly<Record<string, string>>;
}

/** A plain server of static files below a path, as GitHub Pages is one: a folder without its slash is redirected. */
async function host(path: string): Promise<Hosted> {
  const hosted = { origin: '', folder: 'dist/app', headers: {} as Readonly<Record<string, string>> };
  const server = createServer((request, response) => {
    const asked = decodeURI((request.url ?? '/').split('?', 1)[0]!);
    if (asked === '/around.html') return response.setHeader('Content-Type', 'text/html').end(`<!doctype html><iframe src="http://localhost:${(server.address() as AddressInfo).port}${path}" width="1200" height="800"></iframe>`);
    if (asked === path.slice(0, -1)) return response.writeHead(301, { Location: encodeURI(path) }).end();
    const name = asked.startsWith(path) ? asked.slice(path.length) || 'index.html' : null;
    try {
      const bytes = readFileSync(join(hosted.folder, name ?? 'none'));
      return response.writeHead(200, { ...hosted.headers, 'Content-Type': types[extname(name!)] ?? 'application/octet-stream', 'Cache-Control': 'no-cache' }).end(bytes);
    } catch {
      return response.writeHead(404).end('Not found');
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(hosted, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

async function pruneConvolutions(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await page.getByRole('button', { name: /^Prune all Conv2d/ }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 20 modules');
}

test('the page works under any path, and nothing is asked for outside of it', async ({ page }) => {
  const { origin } = await host('/team/a b/espalier/');
  const strays: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 || (!pathname.startsWith('/team/a%20b/espalier') && pathname !== '')) strays.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${origin}/team/a%20b/espalier`);
  expect(new URL(page.url()).pathname).toBe('/team/a%20b/espalier/');
  await pruneConvolutions(page);
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('Conv2d');
  expect(strays).toEqual([]);
});

test('in a frame of another site the page works where the host allows it, and is refused by the headers of docs/hosting.md', async ({ page }) => {
  const hosted = await host('/espalier/');
  await page.goto(`${hosted.origin}/around.html`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await expect(frame.getByRole('tree', { name: 'Modules' })).toBeVisible();
  hosted.headers = hostingHeaders;
  await page.reload();
  await expect.poll(() => page.frames().some((one) => one.url().startsWith('chrome-error:'))).toBe(true);
  await expect(frame.getByRole('region', { name: 'Samples' })).toBeHidden();
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });
  const builds = mkdtempSync(join(tmpdir(), 'espalier-builds-'));
  test.afterAll(() => rmSync(builds, { recursive: true, force: true }));

  /** A copy of the build whose entry has another name, as the entry of the next version has. */
  function nextBuild(): string {
    const folder = join(builds, 'next');
    cpSync('dist/app', folder, { recursive: true });
    const entry = readdirSync(join(folder, 'assets')).find((name) => /^index-.*\.js$/.test(name)) ?? '';
    const named = 'index-Next1234.js';
    renameSync(join(folder, 'assets', entry), join(folder, 'assets', named));
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:js|html)$/.test(file))) {
      const text = readFileSync(join(folder, name), 'utf8');
      if (text.includes(entry)) writeFileSync(join(folder, name), text.replaceAll(entry, named));
    }
    return folder;
  }

  const entryOf = (page: Page) => page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src*="assets/index-"]')?.src.replace(/.*\//, ''));

  test('a new version is told to a page that is being edited; a reload shows it, with the plan as it was', async ({ page }) => {
    const hosted = await host('/espalier/');
    await page.clock.install();
    await page.goto(`${hosted.origin}/espalier/`);
    await pruneConvolutions(page);
    await page.clock.fastForward(10_000);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
    await ratio.fill('0.75');
    await ratio.press('Tab');

    // The files of the old build go from the server, and a page that has been open for hours is looked at again.
    hosted.folder = nextBuild();
    await page.clock.fastForward(3_600_001);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const notice = page.getByRole('status').filter({ hasText: 'A new version of Espalier is ready' });
    await expect(notice).toBeVisible();
    expect(await entryOf(page)).not.toBe('index-Next1234.js');
    await expect(ratio).toHaveValue('0.75');
    // Parts that the page has not fetched yet come from the files that were kept.
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('dialog')).toContainText('0.75');
    await page.keyboard.press('Escape');

    await ratio.fill('0.875');
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => entryOf(page).catch(() => null)).toBe('index-Next1234.js');
    await expect(modelTree(page)).toBeVisible();
    await expect(ratio).toHaveValue('0.875');
    await settled(page);
    await page.clock.fastForward(10_000);
    await expect(notice).toBeHidden();
  });
});
