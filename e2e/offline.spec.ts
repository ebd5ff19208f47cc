import { expect, test } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { settled } from './fixtures/plans.ts';
import { openJson, readJsonText } from './fixtures/side-pane.ts';
import { patternField } from './fixtures/sub-configs-pane.ts';

test.use({ serviceWorkers: 'allow' });

test('once its files are kept, the page works, opens and loads samples without a connection', async ({ page, context }) => {
  await openSample(page, 'ResNet-18');
  // The engine was there before the files were kept: it fetches later parts by itself.
  const enginePart = page.waitForResponse('**/assets/propose-*.js');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await enginePart;
  await context.setOffline(true);

  await test.step('parts of the page and of the engine that were not needed before', async () => {
    await page.getByRole('button', { name: 'Start with a pattern' }).click();
    await patternField(page, 1).fill('layer1');
    await patternField(page, 1).press('Alt+F1');
    await expect(page.getByRole('dialog', { name: /^About pattern 1/ })).toContainText('layer1');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    await expect(page.getByRole('dialog')).toContainText('layer1');
    await page.keyboard.press('Escape');
    await settled(page);
  });

  await test.step('the page anew, with the editor', async () => {
    await page.reload();
    await expect(modelTree(page)).toBeVisible();
    await expect(patternField(page, 1)).toHaveValue('layer1');
    await openJson(page);
    await expect.poll(() => readJsonText(page)).toContain('layer1');
  });

  await test.step('another sample', async () => {
    await page.getByRole('banner').locator('[aria-haspopup=menu]').first().click();
    await page.getByRole('menuitem', { name: 'Open another model' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'MobileNetV3' }).click();
    await expect(moduleRow(page, 'classifier')).toBeVisible();
  });
});
