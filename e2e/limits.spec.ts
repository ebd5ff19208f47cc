import { expect, test } from '@playwright/test';
import { createPlan } from '../src/core/plan/create-plan.ts';
import { encodePlanFragment } from '../src/core/plan/share.ts';
import { floatOf, objectOf } from '../src/core/config/value.ts';
import { openSample } from './fixtures/app.ts';

const config = objectOf([['op_names', ['conv1']], ['sparse_ratio', floatOf(0.5)]]);

test('E4: a link with 50,000 sub-configs or a name of 31 MB is refused with a message, and the page goes on', async ({ page }) => {
  const plan = createPlan();
  const pruning = Array.from({ length: 50_000 }, (_, at) => ({ id: `${at}`, label: '', color: 0, enabled: true, config }));
  const links = [
    encodePlanFragment({ ...plan, lists: { ...plan.lists, pruning } }).fragment,
    encodePlanFragment({ ...plan, name: 'x'.repeat(31_000_000) }).fragment,
    encodePlanFragment({ ...plan, name: 'x'.repeat(5_000_000) }).fragment,
  ];
  await openSample(page, 'ResNet-18');
  for (const link of links) {
    await page.evaluate((hash) => (location.hash = hash), link);
    const alert = page.getByRole('alert').filter({ hasText: 'was not opened' });
    await expect(alert).toContainText(/the limit is|holds more than/);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await alert.getByRole('button', { name: /Dismiss|Close|OK/ }).click();
  }
});

test('E4: a list past the limit is refused by Import and by the editor, with the way out', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  const many = `[${Array.from({ length: 50_000 }, () => '{"op_names":["conv1"],"sparse_ratio":0.5}').join(',')}]`;
  await dialog.getByRole('textbox', { name: 'Config list' }).fill(many);
  await expect(dialog.getByRole('alert')).toContainText('The list has 50,000 sub-configs; the limit is 5,000.');
  await dialog.getByRole('textbox', { name: 'Config list' }).fill(`[{"op_names_re": ["${'x'.repeat(1_000_000)}"]}]`);
  await expect(dialog.getByRole('alert')).toContainText('has 1,000,000 characters; the limit is 100,000.');
  await expect(dialog.getByRole('button', { name: 'Import' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});
