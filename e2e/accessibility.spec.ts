import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { moduleRow, openApp, openSample } from './fixtures/app.ts';
import { addCondition } from './fixtures/sub-configs-pane.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('start screen', async ({ page }) => {
      await openApp(page);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });

    test('a dialog that is longer than the window', async ({ page }) => {
      await page.setViewportSize({ width: 1100, height: 600 });
      await openSample(page, 'ResNet-18');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
    });

    test('editor with a preview and an error', async ({ page }) => {
      await openSample(page, 'ResNet-18');
      await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
      await addCondition(page, 'op_names_re');
      const pattern = page.getByRole('textbox', { name: 'Pattern 1 of op_names_re, sub-config 1' });
      await pattern.fill('bn1');
      await expect(moduleRow(page, 'bn1')).toHaveAccessibleName(/matches the pattern/);
      expect((await new AxeBuilder({ page }).include('[role=tree]').analyze()).violations).toEqual([]);
      await pattern.fill('bn1[');
      await page.getByRole('tree', { name: 'Modules' }).getByRole('treeitem').first().click();
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations).toEqual([]);
    });
  });
}
