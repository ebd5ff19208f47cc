import { expect, test } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { card, chooseMode } from './fixtures/sub-configs-pane.ts';

test('a preset adapts to the model, says what it will select, and is one undo step', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'All presets' }).click();
  const dialog = page.getByRole('dialog', { name: 'Presets for pruning' });
  const fitting = dialog.getByRole('region', { name: 'Presets that fit' });
  await expect(fitting.getByText('Selects 40 modules with 21 sub-configs')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add Channels, and the BatchNorm that follows' }).click();
  await expect(dialog).toBeHidden();
  await expect(card(page, 1)).toContainText('selects 20 modules');
  await expect(page.getByRole('heading', { name: '21 sub-configs' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
});

test('a preset that does not fit says why', async ({ page }) => {
  await openSample(page, 'GPT-2');
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^All presets/ }).click();
  const others = page.getByRole('dialog').getByRole('region', { name: 'Presets that do not fit' });
  await expect(others).toContainText('NNI needs a setting template for Conv1D first.');
  await expect(others).toContainText('This model has no convolutions.');
  await page.keyboard.press('Escape');
  await chooseMode(page, 'Distillation');
  await expect(page.getByRole('region', { name: 'Presets' })).toContainText('Learn every block');
});

test('X6: hidden states from another teacher: a fix links every block to its counterpart', async ({ page }) => {
  await openSample(page, 'BERT base');
  await page.getByRole('tab', { name: /^Distillation/ }).click();
  await page.getByRole('button', { name: /^Learn every block/ }).click();
  await page.getByRole('button', { name: 'Open a teacher' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /more samples$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^ViT-B/ }).click();
  const fix = page.getByRole('button', { name: /^Link each: encoder\.layers\.encoder_layer_0 …/ }).first();
  await fix.click();
  const family = page.getByRole('article', { name: 'Sub-configs 1 to 12' });
  await expect(family).toContainText('each linked to its own module');
  await family.getByRole('button', { name: 'Open sub-configs 1 to 12' }).click();
  await expect(card(page, 12)).toContainText(/ → encoder\.layers\.encoder_layer_11/);
  await expect(page.getByRole('tab', { name: /^Distillation/ })).toContainText('13');
  await expect(page.getByRole('button', { name: /^Link each/ })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('tab', { name: /^Distillation/ })).toContainText('2');
});

test('presets that come after the menu is open leave it its width', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 800 });
  await openSample(page, 'BERT base');
  await chooseMode(page, 'Quantization');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  const menu = page.getByRole('menu', { name: 'Add a sub-config' });
  await expect(menu.getByRole('menuitem', { name: /^Everything in 8 bits/ })).toBeVisible();
  const { x, width } = (await menu.boundingBox())!;
  expect(width).toBeGreaterThan(400);
  expect(x + width).toBeLessThanOrEqual(1100);
});
