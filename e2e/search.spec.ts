import { expect, test } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';

test('P23: a pattern is tried in the search box, by each of Python’s functions', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const search = page.getByRole('searchbox', { name: 'Search modules' });
  const by = page.getByRole('combobox', { name: 'Search by' });
  const found = page.getByRole('status').filter({ hasText: 'found' });

  await search.fill('conv1');
  await expect(found).toHaveText(/^9 modules found/);
  await by.selectOption('re.match');
  await expect(found).toHaveText(/^1 module found/);
  await by.selectOption('re.search');
  await expect(found).toHaveText(/^9 modules found/);
  await search.fill('layer[12]\\.0\\.conv\\d');
  await by.selectOption('re.fullmatch');
  await expect(found).toHaveText(/^4 modules found/);
  await expect(moduleRow(page, 'layer2.0.conv2')).toBeVisible();

  await search.fill('layer[12');
  await expect(page.getByRole('alert')).toContainText('re.error: unterminated character set at position 5');
  await expect(found).toHaveText(/^4 modules found/);
  await by.selectOption('Text');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('No module found')).toBeVisible();
});
