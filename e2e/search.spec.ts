import { expect, test } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

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

test('another model takes over while the search and the problems speak of the last one', async ({ page }) => {
  await openSample(page, 'BERT base');
  await importList(page, '[{"op_types": ["Linear"], "op_names": ["pooler.dense", "bert.pooler.dense"], "sparse_ratio": 0.5}, {"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await page.getByRole('button', { name: /^Problems/ }).click();
  await page.getByRole('searchbox', { name: 'Search modules' }).fill('encoder');
  await expect(page.getByText(/modules found/)).toBeVisible();
  for (const [model, rows] of [['Small MLP', 'fc1'], ['ResNet-18', 'conv1']] as const) {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
    await page.keyboard.type(`Open sample ${model}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(model === 'Small MLP' ? 'spec_mlp' : 'resnet18');
    await page.getByRole('searchbox', { name: 'Search modules' }).fill('1');
    await expect(moduleRow(page, rows)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Reload the page' })).toHaveCount(0);
  }
});
