import { expect, test } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { settled } from './fixtures/plans.ts';

test('a part that cannot be fetched says so, the rest works on, and it can be tried again', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.route('**/assets/ExportDialog-*.js', (route) => route.abort());
  await page.getByRole('button', { name: 'Export' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'The dialog could not be fetched' });
  await expect(alert).toContainText('your plan is kept');
  await expect(moduleRow(page, 'conv1')).toBeVisible();

  await alert.getByRole('button', { name: 'Close' }).click();
  await expect(alert).toHaveCount(0);
  await page.unroute('**/assets/ExportDialog-*.js');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a pane that cannot be fetched leaves the tree usable, and comes after a reload', async ({ page }) => {
  await page.route('**/assets/SidePane-*.js', (route) => route.abort());
  await openSample(page, 'ResNet-18');
  const alert = page.getByRole('alert').filter({ hasText: 'The side panel could not be fetched' });
  await expect(alert).toBeVisible();
  await expect(modelTree(page)).toBeVisible();
  await page.unroute('**/assets/SidePane-*.js');
  await settled(page);
  await alert.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('tab', { name: 'Resolved' })).toBeVisible();
});
