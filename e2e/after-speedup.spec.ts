import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';

async function pruneConvolutions(page: Page): Promise<void> {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Prune all Conv2d/ }).click();
}

test('G24: what ModelSpeedup leaves is a range without groups, and exact with them', async ({ page }) => {
  await pruneConvolutions(page);
  await page.getByRole('tab', { name: 'Overview' }).click();
  const after = page.getByRole('region', { name: 'After speedup' });
  await expect(after.getByRole('row', { name: /^Parameters/ })).toHaveText('Parameters11.7 M3.06 – 6.19 M−47 to −74 %');
  await expect(after).toContainText('A range:');
  await page.getByRole('button', { name: 'Add sub-config' }).click();
  await page.getByRole('menuitem', { name: /^Set dependency groups/ }).click();
  await page.getByRole('button', { name: 'Write 5 sub-configs' }).click();
  await expect(after.getByRole('row', { name: /^Parameters/ })).toHaveText('Parameters11.7 M3.06 M−74 %');
  await expect(after).toContainText('Exact:');
});

test('G19, G23: a module has the shapes of its inputs and outputs, multiply-adds, and new shapes', async ({ page }) => {
  await pruneConvolutions(page);
  await page.getByRole('searchbox').fill('layer1.0.conv2');
  await moduleRow(page, 'layer1.0.conv2').click();
  const met = page.getByRole('list', { name: 'Inputs and outputs' });
  await expect(met.getByRole('listitem')).toHaveText(['_input_0 (input) 1 × 64 × 56 × 56', '_output_0 1 × 64 × 56 × 56']);
  await expect(page.getByText('Called once · 116 M multiply-adds, 6.4 % of the model')).toBeVisible();
  await expect(page.getByRole('list', { name: 'After speedup' })).toContainText('weight 64 × 64 × 3 × 3 →');
});
