import { expect, test } from '@playwright/test';
import { createPlan } from '../src/core/plan/create-plan.ts';
import { encodePlanFragment } from '../src/core/plan/share.ts';
import { floatOf, objectOf } from '../src/core/config/value.ts';
import { writePlan } from '../src/core/plan/plan-file.ts';
import { dropFiles, openSample } from './fixtures/app.ts';
import { card } from './fixtures/sub-configs-pane.ts';

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

test('E4: of 5,000 sub-configs the page draws those near the view, and every one can be gone to, typed in, moved and removed', async ({ page }) => {
  const plan = createPlan('Many');
  const tree = { name: 'resnet18', moduleCount: 68, digest: 'f'.repeat(32), sample: null };
  const pruning = Array.from({ length: 5000 }, (_, at) => ({ id: `s${at + 1}`, label: '', color: at % 8, enabled: true, config }));
  await openSample(page, 'ResNet-18');
  await dropFiles(page, [{ name: 'many.plan.json', bytes: Buffer.from(writePlan({ ...plan, tree, lists: { ...plan.lists, pruning } })) }]);
  await expect(page.getByRole('button', { name: 'Plan: Many' })).toBeVisible();
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await expect(card(page, 1)).toBeVisible();
  const drawn = () => page.getByRole('article').count();
  expect(await drawn()).toBeLessThan(100);

  // By scrolling to the end.
  const list = page.getByRole('region', { name: 'List of sub-configs' });
  // Cards that come near are drawn, which changes where the end is.
  await expect(async () => {
    await list.evaluate((node) => (node.scrollTop = node.scrollHeight));
    await expect(card(page, 5000)).toBeInViewport({ timeout: 500 });
  }).toPass();
  await expect(card(page, 1)).toHaveCount(0);
  expect(await drawn()).toBeLessThan(100);
  const ratio = card(page, 5000).getByRole('textbox', { name: 'sparse_ratio, sub-config 5000' });
  await ratio.fill('0.25');
  await ratio.press('Tab');

  // The card with the focus stays while others are scrolled into view, and the keys go on from it.
  await page.getByRole('button', { name: 'Move sub-config 5000' }).focus();
  await list.evaluate((node) => (node.scrollTop = 0));
  await expect(card(page, 1)).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Move sub-config 5000' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: 'Move sub-config 4999' })).toBeFocused();

  // By the palette, to one that is not drawn.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill('#2500');
  await page.getByRole('option', { name: /#2500/ }).first().click();
  await expect(card(page, 2500)).toBeInViewport();
});
