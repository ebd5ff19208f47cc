import { expect, test, type Page } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openApp, openSample, sampleBytes } from './fixtures/app.ts';
import { chooseMode, patternField } from './fixtures/sub-configs-pane.ts';

const chosen = (page: Page) => modelTree(page).getByRole('treeitem', { selected: true });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search modules' });
const lit = (page: Page) => modelTree(page).getByRole('treeitem', { name: /matches the pattern/ });

async function goTo(page: Page, module: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type(`@${module}`);
  await page.getByRole('option', { name: module }).first().click();
}

test('a module that the search does not show is shown without it', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await search(page).fill('fc');
  await expect(moduleRow(page, 'layer1')).toBeHidden();
  await goTo(page, 'layer3.0.bn2');
  await expect(moduleRow(page, 'layer3.0.bn2')).toBeInViewport();
  await expect(chosen(page)).toHaveAccessibleName(/^layer3\.0\.bn2,/);
  await expect(search(page)).toHaveValue('');
});

test('what was shown once is not chosen again by a search', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await goTo(page, 'layer3.0.bn2');
  await expect(chosen(page)).toHaveAccessibleName(/^layer3\.0\.bn2,/);
  await moduleRow(page, 'conv1').click();
  await search(page).fill('nothing is called so');
  await expect(page.getByText('No module found')).toBeVisible();
  await search(page).fill('');
  await expect(chosen(page)).toHaveAccessibleName(/^conv1,/);
});

test('the keys go on from a row that is scrolled out of sight', async ({ page }) => {
  await openApp(page);
  const layers = Array.from({ length: 2000 }, (_, at) => [`layer${at}`, at % 2 === 0 ? 'Linear' : 'ReLU']);
  const text = JSON.stringify(Object.fromEntries([['', 'Net'], ...layers]));
  await dropFiles(page, [{ name: 'names.json', bytes: Buffer.from(text) }]);
  await moduleRow(page, 'layer0').click();
  await page.mouse.wheel(0, 20_000);
  await expect(moduleRow(page, 'layer0')).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(moduleRow(page, 'layer1')).toBeFocused();
  await expect(moduleRow(page, 'layer1')).toBeInViewport();
  await page.mouse.wheel(0, 20_000);
  await expect(moduleRow(page, 'layer1')).toBeHidden();
  const next = page.getByRole('button', { name: 'Copy the name' });
  await expect(next).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(next).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(moduleRow(page, 'layer1')).toBeFocused();
});

test('what is lit follows undo, another mode and another model', async ({ page }) => {
  await page.clock.install();
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await page.keyboard.type('layer1');
  // The branch and all that is in it, which opens.
  await expect(lit(page)).toHaveCount(13);
  // Text typed more than a second later is a step of its own.
  await page.clock.fastForward(1500);
  await page.keyboard.type('$');
  await expect(lit(page)).toHaveCount(1);
  await page.keyboard.type('x');
  await expect(lit(page)).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(patternField(page, 1)).toHaveValue('layer1');
  await expect(patternField(page, 1)).toBeFocused();
  await expect(lit(page)).toHaveCount(13);

  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('conv1');
  await expect(lit(page)).toHaveAccessibleName(/^conv1,/);
  await dropFiles(page, [{ name: 'bert.json.gz', bytes: sampleBytes('bert_base') }]);
  await expect(moduleRow(page, 'bert')).toBeVisible();
  await expect(lit(page)).toHaveCount(0);
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('bert$');
  await expect(lit(page)).toHaveAccessibleName(/^bert,/);
});

test('the tab of a mode keeps the focus, whatever was shown in its list before', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await expect(patternField(page, 1)).toBeFocused();
  await chooseMode(page, 'Quantization');
  await chooseMode(page, 'Pruning');
  await expect(patternField(page, 1)).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Pruning' })).toBeFocused();
});
