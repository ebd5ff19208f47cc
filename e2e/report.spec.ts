import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { modelTree, moduleRow } from './fixtures/app.ts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-report-'));
// A worker can come back to this file after it has left it.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

function report(list: string, ...args: readonly string[]): string {
  const [config, output] = [join(folder, 'list.json'), join(folder, `${args.length}-${list.length}.html`)];
  writeFileSync(config, list);
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli/espalier.js', 'report', config, '-o', output, ...args], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return output;
}

/** Opens a file from disk without a network; the list that comes back holds every request it made for anything else. */
async function openFromDisk(page: Page, path: string): Promise<readonly string[]> {
  const asked: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('request', (request) => request.url() !== address && asked.push(request.url()));
  page.on('pageerror', (error) => asked.push(`error: ${error.message}`));
  await page.context().setOffline(true);
  await page.goto(address);
  return asked;
}

test('a report opens from disk without a network, shows everything and asks for nothing', async ({ page }) => {
  const list = String.raw`[{"op_types": ["Conv2d"], "exclude_op_names_re": ["layer1\\..*"], "sparse_ratio": 0.5}, {"op_names": ["fc</script><!--"], "op_names_re": ["\\N{LATIN SMALL LETTER F}c$"], "sparse_ratio": 0.8}]`;
  const path = report(list, '--tree', 'public/samples/resnet18.json.gz', '--mode', 'pruning');
  expect(statSync(path).size).toBeLessThan(1_500_000);
  const asked = await openFromDisk(page, path);
  await expect(page.getByRole('heading', { level: 1, name: 'list.json on resnet18' })).toBeVisible();
  await expect(modelTree(page)).toBeVisible();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 16 modules');
  await moduleRow(page, 'conv1').click();
  await expect(page.getByRole('article', { name: 'conv1' })).toContainText('sparse_ratio');
  await expect(page.getByRole('toolbar', { name: 'Chosen modules' })).toBeHidden();

  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'Overview of the list' })).toBeVisible();
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.getByRole('region', { name: 'Config list as JSON' })).toContainText('fc</script><!--');
  await page.getByRole('button', { name: /^Problems/ }).click();
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('fc</script><!--');
  await expect(page.getByRole('button', { name: /Import|Export|Undo|Add|Remove|Make/ })).toHaveCount(0);
  expect(asked).toEqual([]);
});

test('a report says what check says, also of a distillation with a teacher', async ({ page }) => {
  const tree = 'public/samples/bert_base.json.gz';
  const list = '[{"op_names_re": ["bert\\\\.encoder\\\\.layer\\\\.\\\\d+$"], "lambda": 0.5, "link": "auto", "apply_method": "mse"}]';
  const args = ['--tree', tree, '--mode', 'distillation', '--teacher', tree];
  const asked = await openFromDisk(page, report(list, ...args));
  const { stdout } = spawnSync(process.execPath, ['dist/cli/espalier.js', 'check', join(folder, 'list.json'), ...args], { encoding: 'utf8' });
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(stdout.includes('NNI 3.0 accepts') ? 'NNI accepts this list' : /refuse/i);
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 12 modules');
  expect(asked).toEqual([]);
});

test('the page opened from disk says why it stays empty and what to do', async ({ page }) => {
  await page.goto(pathToFileURL(join(process.cwd(), 'dist/app/index.html')).href);
  await expect(page.getByRole('heading', { name: 'Espalier has not started' })).toBeVisible();
  await expect(page.getByText('browsers load the parts of a page only from a server')).toBeVisible();
  expect(readFileSync('dist/app/index.html', 'utf8')).toContain('espalier report');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: /See what an NNI config does/ })).toBeVisible();
  await expect(page.getByText('Espalier has not started')).toBeHidden();
});
