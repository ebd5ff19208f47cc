import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openApp, openSample } from './fixtures/app.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('start screen', async ({ page }) => {
      await openApp(page);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });

    test('editor with a preview and an error', async ({ page }) => {
      await openSample(page, 'ResNet-18');
      await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
      await page.getByRole('textbox', { name: 'Pattern 1 of op_names_re, sub-config 1' }).fill('layer1[');
      await page.getByRole('tree', { name: 'Modules' }).getByRole('treeitem').first().click();
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      expect(violations).toEqual([]);
    });
  });
}
