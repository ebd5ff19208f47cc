import { expect, test } from '@playwright/test';
import { dropFiles, modelTree, openApp, openSample } from './fixtures/app.ts';
import { card, patternField } from './fixtures/sub-configs-pane.ts';

const alert = 'could not be fetched';

test('a change that needs code which cannot be fetched is told, and done when asked again', async ({ page }) => {
  await page.route('**/assets/document-actions-*.js', (route) => route.abort());
  await openApp(page);
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(page.getByRole('alert').filter({ hasText: alert })).toContainText('Nothing was changed');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(patternField(page, 1)).toBeFocused();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('an engine that cannot be fetched is told, and fetched by whatever is done next', async ({ page }) => {
  await page.route('**/assets/engine-*.js', (route) => route.abort());
  await openApp(page);
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await expect(modelTree(page)).toBeVisible();
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await expect(page.getByRole('alert').filter({ hasText: alert })).toContainText('any change or click tries again');
  await page.unrouteAll();
  await modelTree(page).getByRole('treeitem', { name: /^fc,/ }).click();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a file that is dropped while the page cannot fetch is not passed over', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.route('**/assets/open-plans-too-*.js', (route) => route.abort());
  await dropFiles(page, [{ name: 'names.json', bytes: Buffer.from('{"": "Net", "a": "Linear"}') }]);
  await expect(page.getByRole('alert')).toContainText(alert);
});
