import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { choosePlanAction, openPlans, planButton, renamePlan, settled } from './fixtures/plans.ts';
import { card, importList } from './fixtures/sub-configs-pane.ts';

const ratio = 'sparse_ratio, sub-config 1';
const tinyModel = '{"": "Net", "odd.größe": "Linear", "a": "Linear"}';

async function linkOf(page: Page): Promise<string> {
  await choosePlanAction(page, 'Share as a link or a file');
  const field = page.getByRole('textbox', { name: 'Link to the plan' });
  await expect(field).toHaveValue(/#plan=1\./);
  return field.inputValue();
}

test('a link opens the whole plan as one of its own, and the open one stays', async ({ page, browser }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Größe ½');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.50}]');
  const link = await linkOf(page);
  const dialog = page.getByRole('dialog', { name: 'Share the plan' });
  await expect(dialog).toContainText('The model resnet18 is a sample that every Espalier has.');
  await dialog.getByRole('button', { name: 'Copy the link' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const other = await (await browser.newContext()).newPage();
  await openSample(other, 'Small MLP');
  await renamePlan(other, 'Mine');
  await settled(other);
  await other.goto(link);
  await expect(planButton(other)).toHaveAccessibleName('Plan: Größe ½');
  await expect(other.getByRole('status').filter({ hasText: 'was opened from a link' })).toBeVisible();
  await expect(other.getByRole('textbox', { name: ratio })).toHaveValue('0.50');
  await expect(card(other, 1)).toContainText('selects 20 modules');
  expect(new URL(other.url()).hash).toBe('');
  await expect((await openPlans(other)).getByRole('button', { name: /^Mine/ })).toBeVisible();
  await settled(other);
  await other.reload();
  await expect(other.getByRole('textbox', { name: ratio })).toHaveValue('0.50');
  await other.context().close();
});

test('a small tree goes along in the link; without it the page says what to open', async ({ page, browser }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'tiny.json', bytes: Buffer.from(tinyModel) }]);
  await expect(modelTree(page)).toBeVisible();
  await importList(page, '[{"op_names": ["odd.größe"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);
  const dialog = page.getByRole('dialog', { name: 'Share the plan' });
  await expect(dialog).toContainText('goes along in the link.');
  await dialog.getByRole('checkbox', { name: 'Put the module tree into the link if it fits' }).uncheck();
  await expect(dialog).toContainText('does not go along (4 modules)');
  const bare = await dialog.getByRole('textbox', { name: 'Link to the plan' }).inputValue();

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(bare);
  await expect(other.getByRole('status').filter({ hasText: 'which is not in this browser' })).toBeVisible();
  await other.goto('about:blank');
  await other.goto(link);
  await expect(modelTree(other)).toBeVisible();
  await expect(moduleRow(other, 'a')).toBeVisible();
  await expect(card(other, 1)).toContainText('selects 1 module');
  await context.close();
});

test('a link that is opened again opens the plan that it made; one that was changed since stays', async ({ page, browser }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'From afar');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);

  const context = await browser.newContext();
  const other = await context.newPage();
  const visit = async (expected: string): Promise<void> => {
    await other.goto('about:blank');
    await other.goto(link);
    await expect(other.getByRole('status').filter({ hasText: expected })).toBeVisible();
    await expect(card(other, 1)).toContainText('selects 20 modules');
    await settled(other);
  };
  await visit('was opened from a link as a plan of its own');
  await visit('From afar is among your plans already and was opened.');
  await expect((await openPlans(other)).getByRole('button', { name: /^From afar/ })).toHaveCount(1);
  await other.keyboard.press('Escape');
  await other.getByRole('textbox', { name: ratio }).fill('0.7');
  await other.getByRole('textbox', { name: ratio }).press('Tab');
  await settled(other);
  await visit('was opened from a link as a plan of its own. Your other plans are as they were. One of them has the same name and differs.');
  await expect(other.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
  await expect((await openPlans(other)).getByRole('button', { name: /^From afar/ })).toHaveCount(2);
  await other.keyboard.press('Escape');
  await other.getByRole('button', { name: 'Open that one' }).click();
  await expect(other.getByRole('textbox', { name: ratio })).toHaveValue('0.7');
  await context.close();
});

test('a link that two tabs open at the same time makes one plan', async ({ page, browser }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'From afar');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);
  const context = await browser.newContext();
  const tabs = [await context.newPage(), await context.newPage()] as const;
  await Promise.all(tabs.map((tab) => tab.goto(link)));
  for (const tab of tabs) {
    await expect(card(tab, 1)).toContainText('selects 20 modules');
    await settled(tab);
  }
  await expect((await openPlans(tabs[0])).getByRole('button', { name: /^From afar/ })).toHaveCount(1);
  await context.close();
});

test('a link that carries a model read from its printed text makes one plan, however often it is opened', async ({ page, browser }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'tiny.txt', bytes: Buffer.from('Net(\n  (fc): Linear(in_features=4, out_features=2, bias=True)\n)') }]);
  await renamePlan(page, 'Printed');
  await importList(page, '[{"op_names": ["fc"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);
  const context = await browser.newContext();
  const other = await context.newPage();
  for (const text of ['was opened from a link', 'is among your plans already', 'is among your plans already']) {
    await other.goto('about:blank');
    await other.goto(link);
    await expect(other.getByRole('status').filter({ hasText: text })).toBeVisible();
    await expect(card(other, 1)).toContainText('selects 1 module');
    await settled(other);
  }
  await expect((await openPlans(other)).getByRole('button', { name: /^Printed/ })).toHaveCount(1);
  await context.close();
});

test('a link whose model is still being fetched is kept by a reload', async ({ page, browser }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'From afar');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.route('**/samples/*', () => undefined);
  await other.goto(link);
  await expect(planButton(other)).toHaveAccessibleName('Plan: From afar');
  await other.unrouteAll();
  await other.reload();
  await expect(card(other, 1)).toContainText('selects 20 modules');
  await settled(other);
  await expect((await openPlans(other)).getByRole('button', { name: /^From afar/ })).toHaveCount(1);
  await context.close();
});

for (const part of ['share-[^w]', 'plan-actions', 'plan-file'] as const) {
  test(`a link stays in the address while its code cannot be fetched, and a reload opens it: ${part}`, async ({ page, browser }) => {
    await openSample(page, 'ResNet-18');
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
    const link = await linkOf(page);
    const context = await browser.newContext();
    const other = await context.newPage();
    const failures: string[] = [];
    other.on('pageerror', (error) => failures.push(error.message));
    const refused: string[] = [];
    await other.route(new RegExp(`/assets/${part}.*\\.js$`), (route) => {
      refused.push(route.request().url());
      return route.abort();
    });
    await other.goto(link);
    await expect(other.getByRole('alert').filter({ hasText: 'could not be fetched' })).toContainText('its address still holds the link');
    expect(refused.length).toBeGreaterThan(0);
    expect(new URL(other.url()).hash).toBe(new URL(link).hash);
    await other.unrouteAll();
    await other.reload();
    await expect(card(other, 1)).toContainText('selects 20 modules');
    expect(new URL(other.url()).hash).toBe('');
    expect(failures).toEqual([]);
    await context.close();
  });
}

test('a link that was cut off says so and leaves everything as it is', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  const link = await linkOf(page);
  await settled(page);
  await page.goto('about:blank');
  await page.goto(link.slice(0, -20));
  await expect(page.getByRole('alert')).toContainText('The link was not opened. It was cut off or changed on its way.');
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5');
});

test('without permission to copy the link is chosen in its field', async ({ page }) => {
  await openSample(page, 'Small MLP');
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
  });
  const link = await linkOf(page);
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.getByText('press Ctrl+C')).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
});

test('a plan file holds everything and opens with its tree', async ({ page, browser }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'tiny.json', bytes: Buffer.from(tinyModel) }]);
  await renamePlan(page, 'To a file');
  await importList(page, '[{"op_names": ["odd.größe"], "sparse_ratio": 1.50e-1}]');
  await choosePlanAction(page, 'Share as a link or a file');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the plan' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('To_a_file.plan.json');
  const bytes = readFileSync(await file.path());

  const context = await browser.newContext();
  const other = await context.newPage();
  await openApp(other);
  await dropFiles(other, [{ name: 'whatever.txt', bytes }]);
  await expect(moduleRow(other, 'a')).toBeVisible();
  await expect(planButton(other)).toHaveAccessibleName('Plan: To a file');
  await expect(other.getByRole('textbox', { name: ratio })).toHaveValue('1.50e-1');
  await context.close();
});

test('a sample that Espalier does not have is named, never fetched, and the plan opens', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const tree = { name: 'Theirs', module_count: 3, digest: 'f'.repeat(32), sample: '../../../etc/passwd' };
  const plan = {
    format: 'compression-plan',
    version: 1,
    name: 'From afar',
    lists: { pruning: [{ config: { op_types: ['Conv2d'], sparse_ratio: 0.5 } }] },
    tree,
    teacher: { ...tree, name: 'Teacher', sample: 'oddities/../../../etc/shadow' },
  };
  await page.goto(`/#plan=1.${deflateRawSync(JSON.stringify(plan)).toString('base64url')}`);
  await expect(page.getByRole('alert')).toContainText('does not have the sample of the plan, Theirs');
  await expect(page.getByRole('alert')).toContainText('"../../../etc/passwd"');
  await settled(page);
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('does not have the sample of the plan, Theirs');
  expect(asked.filter((path) => /\/etc\b|passwd|shadow/.test(path) || path.includes('samples'))).toEqual([]);
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await expect(card(page, 1)).toContainText('selects 20 modules');
});
