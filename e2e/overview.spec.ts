import { expect, test } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { openJson, pasteJsonText } from './fixtures/side-pane.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('W2, W3: the overview adds up what the list does, and leads from a part to its module', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await openJson(page);
  await pasteJsonText(page, '[{"op_types":["Conv2d"],"sparse_ratio":0.5},{"op_types":["Linear"],"sparse_ratio":0.8}]');
  await page.getByRole('tab', { name: 'Overview' }).click();
  const overview = page.getByRole('region', { name: 'Overview of the list' });
  await expect(overview.getByRole('row', { name: /^2 .*513 K.*4\.4 %.*80 % masked/ })).toBeVisible();
  await expect(overview.getByRole('definition').filter({ hasText: /^99\.9 %|^> 99\.9 %|^99\.\d %/ }).first()).toBeVisible();

  const picture = overview.getByRole('listbox', { name: 'Parts of the model by size' });
  await expect(picture.getByRole('option', { name: /^fc \(Linear\): 513 K parameters.*sub-config 2: 80 % masked/ })).toBeAttached();
  await picture.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(moduleRow(page, 'layer4.1.conv1')).toBeFocused();

  await page.getByRole('tab', { name: 'Overview' }).click();
  await overview.getByRole('radio', { name: 'Multiply-adds' }).check();
  await expect(overview.getByRole('heading', { name: /^The model by 1\.81 B multiply-adds$/ })).toBeVisible();
  await expect(picture.getByRole('option', { name: /^conv1 \(Conv2d\): 118 M multiply-adds.*9\.41 K parameters/ })).toBeAttached();

  await page.getByRole('switch', { name: /sub-config 1/i }).click();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(overview.getByRole('table', { name: 'Parameters by sub-config' }).getByRole('row')).toHaveCount(2);
});

test('a long list shows its first sub-configs, in the overview and of a container, and more by a button', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, JSON.stringify(Array.from({ length: 250 }, (_, at) => ({ op_names: ['layer1.0.conv1'], sparse_ratio: (at + 1) / 1000 }))));
  await moduleRow(page, 'layer1').click();
  const inside = page.getByRole('group', { name: 'Inside' });
  await expect(inside.getByRole('listitem')).toHaveCount(200);
  await inside.getByRole('button', { name: 'Show 50 more of 50' }).click();
  await expect(inside.getByRole('listitem').last()).toHaveText('2501 of 4 Conv2d, 25 %');
  await page.getByRole('tab', { name: 'Overview' }).click();
  const shares = page.getByRole('table', { name: 'Parameters by sub-config' });
  await expect(shares.getByRole('rowheader')).toHaveCount(200);
  await shares.getByRole('button', { name: 'Show 50 more of 50' }).click();
  await expect(shares.getByRole('rowheader')).toHaveCount(250);
});

test('W2: quantization is shown in bits and bytes', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('tab', { name: 'Quantization' }).click();
  await openJson(page);
  await pasteJsonText(page, '[{"op_types":["Conv2d","Linear"],"target_names":["weight"],"quant_dtype":"int8"}]');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByText('46.8 MB → 11.7 MB')).toBeVisible();
});
