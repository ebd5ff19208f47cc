import { expect, test, type Page } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

const ratio = /^sparse_ratio/;
const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';

function problem(page: Page) {
  return page.getByRole('alert').filter({ hasText: 'Not saved.' });
}

async function changeRatio(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: ratio });
  await field.fill(text);
  await field.press('Tab');
}

/** The ratio in the plan's file, as a person would take it along. */
async function downloadedPlan(page: Page): Promise<string> {
  const waiting = page.waitForEvent('download');
  await problem(page).getByRole('button', { name: 'Download the plan' }).click();
  const stream = await (await waiting).createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Reloads although the page asks whether to leave, as it does for a plan that is not saved. */
async function reloadAsked(page: Page): Promise<void> {
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
}

test('a full disk: a save counts only when its transaction is complete, and the reload has the plan', async ({ page, context }) => {
  await page.goto('/');
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000 });
  await openSample(page, 'DeepSeek-V3');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await expect(problem(page)).toContainText('The storage of this browser is full.');
  await changeRatio(page, '0.75');
  await expect(page.getByText('Another tab')).toHaveCount(0);
  expect(await downloadedPlan(page)).toContain('0.75');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await problem(page).getByRole('button', { name: 'Try again' }).click();
  await expect(problem(page)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.75');
});

test('a full disk that stays full: the copy in other storage is read back', async ({ page, context }) => {
  await page.goto('/');
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 20_000 });
  await openSample(page, 'DeepSeek-V3');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await expect(problem(page)).toBeVisible();
  await reloadAsked(page);
  await expect(page.getByRole('button', { name: /^Plan:/ })).toBeVisible();
  await expect(page.getByRole('tab', { name: /Pruning 1 sub-config/ })).toBeVisible({ timeout: 30_000 });
});

test.describe('a database that refuses', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    });
  });

  test('says so, asks before leaving, and the reload has the plan', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await importList(page, list);
    await changeRatio(page, '0.75');
    await expect(problem(page)).toContainText('This browser refuses to store it');
    expect(await downloadedPlan(page)).toContain('0.75');
    const asked: string[] = [];
    page.once('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.75');
  });
});

test('a database that never answers is told, and the reload has the plan', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => ({ addEventListener: () => undefined }) as unknown as IDBOpenDBRequest;
  });
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await expect(problem(page)).toContainText('does not answer', { timeout: 20_000 });
  await reloadAsked(page);
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.5', { timeout: 30_000 });
});

test('a database that someone deletes is written again', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, list);
  await changeRatio(page, '0.6');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('espalier-plans');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error('not deleted'));
      }),
  );
  await changeRatio(page, '0.7');
  await expect(page.getByText('Another tab')).toHaveCount(0);
  // The database is there again before the page is left.
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toContain('espalier-plans');
  await page.reload();
  await expect(page.getByRole('textbox', { name: ratio })).toHaveValue('0.7');
});

test('the code that writes plans cannot be fetched: said at once, and the reload has the plan', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.route('**/plan-file-*.js', (route) => route.abort());
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(problem(page)).toContainText('could not be fetched');
  await problem(page).getByRole('button', { name: 'Download the plan' }).click();
  await expect(problem(page)).toContainText('The file could not be made either.');
  await page.unroute('**/plan-file-*.js');
  await reloadAsked(page);
  await expect(page.getByRole('tab', { name: /Pruning 1 sub-config/ })).toBeVisible();
  expect(failures).toEqual([]);
});

test('no late part of the page can be fetched: what was done is kept, and what cannot be done is said', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  const refused = new Set<string>();
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(page.getByRole('tab', { name: /Pruning 1 sub-config/ })).toBeVisible();
  await page.route('**/assets/*.js', (route) => {
    refused.add(route.request().url());
    return route.abort();
  });
  await page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ }).fill('layer1');
  for (const name of ['Import', 'Share', 'Export']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.keyboard.press('Escape');
  }
  for (const tab of ['Overview', /^JSON/]) await page.getByRole('tab', { name: tab }).click();
  await expect.poll(() => refused.size).toBeGreaterThan(0);
  await page.unroute('**/assets/*.js');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ })).toHaveValue('layer1');
  expect(failures).toEqual([]);
});
