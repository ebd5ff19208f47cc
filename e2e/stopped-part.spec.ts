import { expect, test } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { choosePlanAction, planButton, renamePlan, settled } from './fixtures/plans.ts';

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
  await page.route('**/assets/EditorSidePane-*.js', (route) => route.abort());
  await openSample(page, 'ResNet-18');
  const alert = page.getByRole('alert').filter({ hasText: 'The side panel could not be fetched' });
  await expect(alert).toBeVisible();
  await expect(modelTree(page)).toBeVisible();
  await page.unroute('**/assets/EditorSidePane-*.js');
  await settled(page);
  await alert.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('tab', { name: 'Resolved' })).toBeVisible();
});

test('an action of plans that cannot be fetched says so, and works at the next try', async ({ page }) => {
  await page.route('**/assets/plan-actions-*.js', (route) => route.abort());
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'Kept');
  await choosePlanAction(page, 'New plan');
  const notice = page.getByText('The part for plans could not be fetched. Check the connection and try again.');
  await expect(notice).toBeVisible();
  await expect(planButton(page)).toHaveAccessibleName('Plan: Kept');
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(notice).toBeHidden();

  await page.unroute('**/assets/plan-actions-*.js');
  await choosePlanAction(page, 'New plan');
  await expect(planButton(page)).not.toHaveAccessibleName('Plan: Kept');
});

test('a link whose code cannot be fetched stays in the address, and opens after a reload', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await renamePlan(page, 'By link');
  await choosePlanAction(page, 'Share as a link or a file');
  const field = page.getByRole('textbox', { name: 'Link to the plan' });
  await expect(field).toHaveValue(/#plan=1\./);
  const link = new URL(await field.inputValue());

  const other = await page.context().newPage();
  await other.route('**/assets/plan-actions-*.js', (route) => route.abort());
  await other.goto(link.href);
  await expect(other.getByText('The part for plans could not be fetched. Check the connection and try again.')).toBeVisible();
  expect(new URL(other.url()).hash).toBe(link.hash);
  await other.unroute('**/assets/plan-actions-*.js');
  await other.reload();
  await expect(planButton(other)).toHaveAccessibleName('Plan: By link');
});
