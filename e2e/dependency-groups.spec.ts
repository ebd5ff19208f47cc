import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { moduleRow, openSample } from './fixtures/app.ts';
import { card } from './fixtures/sub-configs-pane.ts';

async function pruneConvolutions(page: Page): Promise<void> {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Prune all Conv2d/ }).click();
  await expect(card(page, 1)).toContainText('20 modules');
}

async function openGroups(page: Page) {
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Set dependency groups/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Set dependency groups' });
  await expect(dialog.getByRole('list', { name: 'Sets of modules' })).toBeVisible();
  return dialog;
}

test('G12, G15: the skip connections of a ResNet become four groups, with the reason for each, in one undo step', async ({ page }) => {
  await pruneConvolutions(page);
  const dialog = await openGroups(page);
  await expect(dialog.getByRole('heading', { name: '4 sets in this model' })).toBeVisible();
  const first = dialog.getByRole('listitem', { name: 'Set A', exact: true });
  await expect(first.getByRole('list', { name: 'Members of set A' }).getByRole('listitem')).toHaveText(['conv1', 'layer1.0.conv2', 'layer1.1.conv2']);
  await expect(first).toContainText('layer1.0 adds conv1 and layer1.0.conv2');
  await expect(dialog.getByRole('list', { name: 'The list becomes' }).getByRole('listitem')).toHaveCount(5);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Write 5 sub-configs' }).click();
  await expect(page.getByRole('heading', { name: '5 sub-configs' })).toBeVisible();
  await expect(moduleRow(page, 'conv1')).toHaveAccessibleName(/in dependency group "conv1" of 3 targets/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 1)).toContainText('20 modules');
  await expect(card(page, 2)).toHaveCount(0);
});

test('G15: the literal form is one sub-config per module', async ({ page }) => {
  await pruneConvolutions(page);
  const dialog = await openGroups(page);
  await dialog.getByRole('radio', { name: /^As NNI writes it/ }).check();
  await expect(dialog.getByRole('list', { name: 'The list becomes' }).getByRole('listitem').first()).toContainText('Group g0: 1 module');
  await expect(dialog.getByRole('button', { name: 'Write 20 sub-configs' })).toBeEnabled();
});

test('G1: a model without a graph says how to get one', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Set dependency groups/ }).click();
  await expect(page.getByRole('dialog')).toContainText('does not say how the data flows');
  await expect(page.getByRole('button', { name: 'Set groups' })).toBeDisabled();
});

test('G2: a model that cannot be traced says what NNI raises', async ({ page }) => {
  await openSample(page, 'ViT-B/16');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('residual');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Set dependency groups' })).toContainText('TracingCheckError');
});
