import { expect, test, type Locator } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { modelTree, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { addCondition } from './fixtures/sub-configs-pane.ts';

test('axe: start screen', async ({ page }) => {
  await openApp(page);
  await expectAccessible(page);
});

test('axe: a dialog that is longer than the window', async ({ page }) => {
  await page.setViewportSize({ width: 1100, height: 600 });
  await openSample(page, 'ResNet-18');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, (axe) => axe.include('dialog'));
});

test('axe: editor with a preview and an error', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await addCondition(page, 'op_names_re');
  const pattern = page.getByRole('textbox', { name: 'Pattern 1 of op_names_re, sub-config 1' });
  await pattern.fill('bn1');
  await expect(moduleRow(page, 'bn1')).toHaveAccessibleName(/matches the pattern/);
  await expectAccessible(page, (axe) => axe.include('[role=tree]'));
  await pattern.fill('bn1[');
  await page.getByRole('tree', { name: 'Modules' }).getByRole('treeitem').first().click();
  await expectAccessible(page, (axe) => axe.exclude('.monaco-editor'));
});
test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a finger next to a small control hits it', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    const chevron = moduleRow(page, 'layer1').locator('[data-toggle]');
    const { x, y, width } = (await chevron.boundingBox())!;
    await page.touchscreen.tap(x + width / 2, y - 3);
    await expect(moduleRow(page, 'layer1.0')).toBeVisible();
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('the line below the tree is not cut', async ({ page }) => {
    await openSample(page, 'MobileNetV3 small');
    const count = page.getByRole('status').filter({ hasText: '209 modules · 2.54 M parameters' });
    await expect(count).toBeVisible();
    expect(await count.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  });

  test('axe: the panels, which have the screen to themselves', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await page.getByRole('tab', { name: 'Sub-configs' }).click();
    await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
    await page.getByRole('tab', { name: 'Details' }).click();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect(page.getByRole('heading', { name: 'After ModelSpeedup' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Flow' }).click();
    await expect(page.getByRole('heading', { name: /sets of modules must lose the same channels/ })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe('at 200 % zoom', () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('bars and headings leave more than half of the height to the model and the cards', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await expect(page.getByRole('status', { name: 'Verdict', exact: true })).toBeVisible();
    const heightOf = async (shown: Locator): Promise<number> => (await shown.boundingBox())!.height;
    expect(await heightOf(modelTree(page).locator('> div'))).toBeGreaterThan(225);
    await page.getByRole('tab', { name: 'Sub-configs', exact: true }).click();
    expect(await heightOf(page.getByRole('region', { name: 'List of sub-configs' }))).toBeGreaterThan(225);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(720);
  });

  test('the rows that scroll are within reach of the keyboard, and their box is no tab stop', async ({ page }) => {
    await openSample(page, 'ResNet-18');
    await page.getByRole('tab', { name: 'Model' }).click();
    await page.getByRole('button', { name: 'Expand all' }).click();
    const scroller = modelTree(page).locator('> div');
    await expect.poll(() => scroller.evaluate((node) => node.scrollHeight > 2 * node.clientHeight)).toBe(true);
    const expectSound = async (): Promise<void> => {
      await expectAccessible(page);
    };
    await expectSound();

    const search = page.getByRole('searchbox', { name: 'Search modules' });
    const inTree = () => page.evaluate(() => document.activeElement?.closest('[role=tree]') !== null);
    const tabIntoTree = async (key: string): Promise<void> => {
      for (let presses = 0; presses < 40 && !(await inTree()); presses++) await page.keyboard.press(key);
      expect(await inTree()).toBe(true);
    };
    await search.focus();
    await tabIntoTree('Tab');
    await expect(moduleRow(page, '(root)')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(moduleRow(page, 'conv1')).toBeFocused();
    await expectSound();
    await page.keyboard.press('Shift+Tab');
    expect(await inTree()).toBe(false);
    await tabIntoTree('Tab');
    await expect(moduleRow(page, 'conv1')).toBeFocused();
    await page.keyboard.press('Tab');
    expect(await inTree()).toBe(false);

    // The row with the focus is scrolled away: Tab still goes to it.
    await scroller.evaluate((node) => (node.scrollTop = node.scrollHeight));
    await expect(moduleRow(page, 'fc')).toBeVisible();
    await expect(moduleRow(page, 'conv1')).toHaveCount(0);
    await expectSound();
    await page.keyboard.press('Shift+Tab');
    await expect(moduleRow(page, 'conv1')).toBeFocused();
  });
});
