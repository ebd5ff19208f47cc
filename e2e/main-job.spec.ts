import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { addCondition } from './fixtures/sub-configs-pane.ts';

// The main job is done with motion, as by most people.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const pattern = (index: number, selector = 'op_names_re') => `Pattern ${index} of ${selector}, sub-config 1`;

test.describe('the main job on resnet18', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
  });

  test('S2: a pattern lights up what it matches while it is typed, and is counted', async ({ page }) => {
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    await page.getByRole('textbox', { name: pattern(1) }).fill('layer1');
    const row = modelTree(page).getByRole('treeitem', { name: /^layer1\.0\.conv1, Conv2d, .*matches the pattern/ });
    await expect(row).toBeVisible();
    const other = modelTree(page).getByRole('treeitem', { name: /^bn1,/ });
    await expect(other).toHaveAccessibleName('bn1, BatchNorm2d, 64');
    await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 13 modules');
  });

  test('P: an incomplete pattern keeps the last highlight and says what Python says, where', async ({ page }) => {
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    const field = page.getByRole('textbox', { name: pattern(1) });
    await field.pressSequentially('layer1[');
    const card = page.getByRole('article', { name: 'Sub-config 1' });
    const message = card.getByText('unterminated character set at position 6').first();
    await expect(message).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(moduleRow(page, 'layer1')).toHaveAccessibleName(/matches the pattern/);
    await field.pressSequentially('.]');
    await expect(message).toBeHidden();
  });

  test('S4, E1: exclude, set a ratio, undo, reload and export what NNI reads', async ({ page }) => {
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    const card = page.getByRole('article', { name: 'Sub-config 1' });
    await expect(card).toContainText('selects 20 modules');

    await addCondition(page, 'exclude_op_names_re');
    await page.getByRole('textbox', { name: pattern(1, 'exclude_op_names_re') }).fill('.*downsample');
    await expect(card).toContainText('selects 17 modules');
    await expect(card).toContainText('excludes 3');

    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' });
    await ratio.fill('1');
    await ratio.press('Tab');
    await expect(ratio).toHaveValue('1.0');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(ratio).toHaveValue('0.5');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect(ratio).toHaveValue('1.0');

    await page.reload();
    await expect(modelTree(page)).toBeVisible();
    await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects 17 modules');

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download JSON' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('resnet18.pruning.json');
    expect(readFileSync(await file.path(), 'utf8')).toBe(
      [
        '[',
        '  {',
        '    "op_types": ["Conv2d"],',
        '    "exclude_op_names_re": [".*downsample"],',
        '    "sparse_ratio": 1.0',
        '  }',
        ']',
        '',
      ].join('\n'),
    );
  });

  test('order, switch, duplicate and remove are one undo step each', async ({ page }) => {
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    await page.getByRole('button', { name: 'Actions of sub-config 1' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    const second = page.getByRole('article', { name: 'Sub-config 2' });
    await expect(second).toContainText('already taken by #1');
    await page.getByRole('switch', { name: 'Use sub-config 1' }).click();
    await expect(second).not.toContainText('already taken');
    await page.keyboard.press('Control+z');
    await expect(second).toContainText('already taken by #1');
    await page.keyboard.press('Control+z');
    await expect(second).toBeHidden();
  });

  test('import: a list as JSON, a broken one with its place, an NNI 2.x one with what changed', async ({ page }) => {
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import' });
    const text = dialog.getByRole('textbox');
    await text.fill('[{"op_types": ["Linear"],\n "sparse_ratio" 0.50}]');
    await expect(dialog.getByRole('alert')).toContainText('Line 2, column');
    await text.fill('[{"op_types": ["Linear"], "total_sparsity": 0.8}]');
    await expect(dialog).toContainText('NNI 2.x');
    await text.fill('[{"op_types": ["Linear"], "sparse_ratio": 0.50}]');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' })).toHaveValue('0.50');
  });
});

test('the main job on DeepSeek-V3: 75,396 modules', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await expect(page.getByRole('banner').getByText('75,396 modules')).toBeVisible();
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await page.getByRole('textbox', { name: pattern(1) }).fill(String.raw`model\.layers\.\d+\.mlp\.experts\.\d+\.up_proj`);
  const card = page.getByRole('article', { name: 'Sub-config 1' });
  await expect(card).toContainText('selects 14,848 modules');
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(modelTree(page).getByRole('treeitem', { name: /layers\.0 to 2,/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search modules' }).fill('layers.60.mlp.experts.255.up');
  const found = modelTree(page).getByRole('treeitem', { name: /^model\.layers\.60\.mlp\.experts\.255\.up_proj, Linear/ });
  await expect(found).toHaveAccessibleName(/selected by sub-config 1/);
});

test('the export shows the list as JSON and as a script in Python, and copies what it shows', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the pruning list' });
  await expect(dialog.getByRole('status', { name: 'Verdict on the export' })).toContainText('Ready: NNI accepts this list');
  await expect(dialog.getByRole('region', { name: 'Config list as JSON' })).toContainText('"op_types": ["Conv2d"]');
  await dialog.getByRole('tab', { name: 'Python' }).click();
  const script = dialog.getByRole('region', { name: 'Script in Python' });
  await expect(script).toContainText('config_list = [');
  await dialog.getByRole('button', { name: 'Copy Python' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await script.textContent());
});
