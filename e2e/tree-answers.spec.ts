import { expect, test, type Page } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { importList, patternField } from './fixtures/sub-configs-pane.ts';

const list = '[{"op_names_re": ["layer[34].*conv"], "sparse_ratio": 0.5}, {"op_names": ["layer3.0.conv1"], "sparse_ratio": 0.2}]';
const status = (page: Page) => page.getByRole('region', { name: 'Model' }).getByRole('status').first();

/** Puts pointer and focus where nothing is pointed at. */
async function pointAtNothing(page: Page): Promise<void> {
  await page.mouse.move(2, 2);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

/** The parts of names that are marked as matched, from top to bottom. */
function markedParts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...(CSS.highlights.get('matched-part') ?? [])].map(({ startContainer, startOffset, endOffset }) => (startContainer as Text).data.slice(startOffset, endOffset)),
  );
}

test.describe('the tree answers', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await importList(page, list);
    await pointAtNothing(page);
  });

  test('what a pattern matches is shown while it is typed, and hidden again afterwards', async ({ page }) => {
    await expect(moduleRow(page, 'layer3.0.conv1')).toHaveCount(0);
    await patternField(page, 1, 'op_names_re', 1).fill('layer3.*bn2');
    await expect(moduleRow(page, 'layer3.0.bn2')).toBeInViewport();
    await expect(moduleRow(page, 'layer3.1.bn2')).toHaveAccessibleName(/matches the pattern/);
    await expect(moduleRow(page, 'layer4')).toHaveAttribute('aria-expanded', 'false');
    await expect(status(page)).toHaveText('2 modules match');
    await expect.poll(() => markedParts(page)).toEqual(['bn2', 'bn2']);
    await page.keyboard.press('Backspace');
    await expect.poll(() => markedParts(page)).toEqual(['bn', 'bn', 'bn', 'bn']);
    await page.keyboard.press('2');
    await pointAtNothing(page);
    await expect.poll(() => markedParts(page)).toEqual([]);
    await expect(moduleRow(page, 'layer3.0.bn2')).toHaveCount(0);
    await expect(moduleRow(page, 'layer3')).toHaveAttribute('aria-expanded', 'false');
  });

  test('only matches leaves out the rest, and stays on', async ({ page }) => {
    await page.getByRole('checkbox', { name: 'Only matches' }).check();
    await patternField(page, 1, 'op_names_re', 1).fill('layer3.*bn2');
    await expect(moduleRow(page, 'layer3.0.bn2')).toBeVisible();
    await expect(moduleRow(page, 'conv1')).toHaveCount(0);
    await expect(moduleRow(page, 'layer3.0.bn1')).toHaveCount(0);
    await pointAtNothing(page);
    await expect(moduleRow(page, 'conv1')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Only matches' })).toBeChecked();
    await page.reload();
    await expect(page.getByRole('checkbox', { name: 'Only matches' })).toBeChecked();
  });

  test('rows say what is set in them, are sorted, filtered, opened, explained, and shown while a sub-config is pointed at', async ({ page }) => {
    await test.step('a closed row says what is set in it', async () => {
      await expect(moduleRow(page, 'layer4')).toHaveAccessibleName(/4 of 5 Conv2d, 50 %/);
      await expect(moduleRow(page, 'layer4').getByText('4 of 5 Conv2d, 50 %')).toBeVisible();
    });

    await test.step('siblings are sorted by parameters on demand', async () => {
      await page.getByRole('button', { name: 'Sort siblings by parameters' }).click();
      const names = modelTree(page).getByRole('treeitem');
      await expect(names.nth(1)).toHaveAccessibleName(/^layer4,/);
      await expect(names.nth(2)).toHaveAccessibleName(/^layer3,/);
      await expect(moduleRow(page, 'layer4').getByText('8.39 M')).toBeVisible();
      await page.getByRole('button', { name: 'Sort siblings by parameters' }).click();
      await expect(names.nth(1)).toHaveAccessibleName(/^conv1,/);
    });

    await test.step('filters keep what is configured, what is not, and what a sub-config lost', async () => {
      await page.getByRole('button', { name: 'Configured, 8 modules' }).click();
      await expect(status(page)).toHaveText('8 modules found');
      await page.getByRole('button', { name: 'Configured, 8 modules' }).click();
      await page.getByRole('button', { name: 'Lost, 1 module' }).click();
      await expect(moduleRow(page, 'layer3.0.conv1')).toBeVisible();
      await expect(status(page)).toHaveText('1 module found');
      await page.getByRole('button', { name: 'Lost, 1 module' }).click();
      await page.getByRole('button', { name: /^Not configured/ }).click();
      await expect(moduleRow(page, 'conv1')).toBeVisible();
      await expect(moduleRow(page, 'layer3.0.conv1')).toHaveCount(0);
      await page.getByRole('button', { name: /^Not configured/ }).click();
    });

    await test.step('the modules of a sub-config are shown while it is pointed at', async () => {
      await page.getByRole('article').nth(1).hover();
      await expect(moduleRow(page, 'layer3.0.conv1')).toBeInViewport();
      // The row that is shown can be clicked, and stays.
      await moduleRow(page, 'layer3.0.conv1').click();
      await pointAtNothing(page);
      await expect(moduleRow(page, 'layer3.0.conv1')).toHaveAttribute('aria-selected', 'true');
      await expect(moduleRow(page, 'layer4.0.conv1')).toHaveCount(0);
    });

    await test.step('double click and Enter open a row; Enter on the chosen one closes it', async () => {
      const row = moduleRow(page, 'layer2');
      await row.dblclick();
      await expect(row).toHaveAttribute('aria-expanded', 'true');
      await row.dblclick();
      await expect(row).toHaveAttribute('aria-expanded', 'false');
      await page.keyboard.press('Enter');
      await expect(row).toHaveAttribute('aria-expanded', 'true');
      await page.keyboard.press('Enter');
      await expect(row).toHaveAttribute('aria-expanded', 'false');
    });

    await test.step('the help of a row stays within the tree', async () => {
      await moduleRow(page, 'conv1').hover();
      const help = page.getByRole('tooltip');
      await expect(help).toContainText('Conv2d');
      const [box, pane] = [(await help.boundingBox())!, (await page.getByRole('region', { name: 'Model' }).boundingBox())!];
      expect(box.x).toBeGreaterThanOrEqual(pane.x);
      expect(box.x + box.width).toBeLessThanOrEqual(pane.x + pane.width);
    });
  });

  test('multiply-adds have a column on demand, which sorts and stays over a reload', async ({ page }) => {
    const sort = page.getByRole('button', { name: 'Sort siblings by multiply-adds' });
    await expect(sort).toHaveCount(0);
    await page.getByRole('checkbox', { name: 'Multiply-adds' }).check();
    await expect(moduleRow(page, 'conv1').getByText('118 M')).toBeVisible();
    await page.getByRole('button', { name: 'Sort siblings by parameters' }).click();
    await sort.click();
    await expect(page.getByRole('button', { name: 'Sort siblings by parameters' })).toHaveAttribute('aria-pressed', 'false');
    const names = modelTree(page).getByRole('treeitem');
    await expect(names.nth(1)).toHaveAccessibleName(/^layer1,/);
    await expect(moduleRow(page, 'layer1').getByText('462 M')).toBeVisible();
    await page.reload();
    await expect(names.nth(1)).toHaveAccessibleName(/^layer1,/);
    await expect(sort).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('checkbox', { name: 'Multiply-adds' }).uncheck();
    await expect(names.nth(1)).toHaveAccessibleName(/^conv1,/);
    await expect(sort).toHaveCount(0);
  });
});

test('of a run the first hit is shown where there are too many', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await importList(page, '[{"op_names_re": ["a"], "sparse_ratio": 0.5}]');
  await patternField(page, 1, 'op_names_re', 1).fill('.*experts\\.[37]\\.up_proj');
  await expect(moduleRow(page, 'model.layers.3.mlp.experts.3.up_proj')).toBeInViewport();
  await expect(modelTree(page).getByRole('treeitem', { name: /^model\.layers\.4 to 60/ })).toHaveCount(1);
});

test('what a search finds becomes a sub-config', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('combobox', { name: 'Search by' }).selectOption('re.match');
  await page.getByRole('searchbox', { name: 'Search modules' }).fill('layer1.*conv1');
  await expect(status(page)).toHaveText('2 modules found');
  await page.getByRole('button', { name: 'Use as selector' }).click();
  await expect(patternField(page, 1)).toHaveValue('layer1.*conv1');
  await expect(page.getByRole('searchbox', { name: 'Search modules' })).toHaveValue('');
  // It begins with what the mode needs.
  await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' })).toHaveValue('0.5');
});
