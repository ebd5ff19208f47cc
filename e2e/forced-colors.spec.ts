import { expect, test, type Locator } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { importList, patternField } from './fixtures/sub-configs-pane.ts';

test.use({ forcedColors: 'active' });

const list = JSON.stringify([
  { op_types: ['Conv2d'], sparse_ratio: 0.5 },
  { op_names_re: ['fc'], op_types: ['Linear'], sparse_ratio: 0.5 },
]);

/** The colours that are painted, of the element or of the first element in it. */
function paintOf(element: Locator): Promise<{ readonly background: string; readonly color: string; readonly outline: string }> {
  return element.evaluate((node) => {
    const { backgroundColor: background, color, outlineStyle: outline } = getComputedStyle(node);
    return { background, color, outline };
  });
}

async function expectReadable(element: Locator): Promise<void> {
  const { background, color } = await paintOf(element);
  expect(background).not.toBe('rgba(0, 0, 0, 0)');
  expect(color).not.toBe(background);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`forced colours over the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ page }) => {
      await openSample(page, 'ResNet-18');
      await importList(page, list);
    });

    test('a switch shows whether it is on', async ({ page }) => {
      const toggle = page.getByRole('switch', { name: 'Use sub-config 1' });
      const knob = toggle.locator('span');
      const on = await paintOf(toggle);
      const left = async (): Promise<number> => (await knob.boundingBox())!.x - (await toggle.boundingBox())!.x;
      const leftOn = await left();
      expect((await paintOf(knob)).background).not.toBe(on.background);
      await toggle.click();
      await page.mouse.move(0, 0);
      const off = await paintOf(toggle);
      expect(off.background).not.toBe(on.background);
      expect((await paintOf(knob)).background).not.toBe(off.background);
      expect(await left()).toBeLessThan(leftOn);
    });

    test('chosen tabs, modules and targets are marked', async ({ page }) => {
      const target = page.getByRole('button', { name: 'Target weight, sub-config 1' });
      await target.click();
      await moduleRow(page, 'bn1').click();
      await page.mouse.move(0, 0);
      const chosen = [
        page.getByRole('tab', { name: 'Pruning' }),
        page.getByRole('tab', { name: 'Resolved' }),
        moduleRow(page, 'bn1'),
        target,
      ];
      const others = [
        page.getByRole('tab', { name: 'Quantization' }),
        page.getByRole('tab', { name: 'Overview' }),
        moduleRow(page, 'relu'),
        page.getByRole('button', { name: 'Target bias, sub-config 1' }),
      ];
      for (const [index, element] of chosen.entries()) {
        await expectReadable(element);
        expect((await paintOf(element)).background).not.toBe((await paintOf(others[index]!)).background);
      }
      // Texts and marks inside a chosen row take its colours, too.
      const { background } = await paintOf(chosen[2]!);
      for (const text of await moduleRow(page, 'bn1').locator('span.truncate').all()) {
        expect((await paintOf(text)).color).not.toBe(background);
      }
    });

    test('what a pattern matches is outlined, in a chosen row, too', async ({ page }) => {
      await moduleRow(page, 'conv1').click();
      await patternField(page, 1, 'op_names_re', 2).fill('bn1');
      await expect(moduleRow(page, 'bn1')).toHaveAccessibleName(/matches the pattern/);
      expect((await paintOf(moduleRow(page, 'bn1').locator('> div'))).outline).toBe('dashed');
      expect((await paintOf(moduleRow(page, 'relu').locator('> div'))).outline).not.toBe('dashed');
      const { background } = await paintOf(moduleRow(page, 'conv1'));
      expect((await paintOf(moduleRow(page, 'conv1').getByText('conv1', { exact: true }))).color).not.toBe(background);
    });

    test('the picture of the model tells sub-configs apart by their hatching', async ({ page }) => {
      await page.getByRole('tab', { name: 'Overview' }).click();
      const fillOf = (name: RegExp) =>
        page.getByRole('option', { name }).first().locator('rect').nth(1).evaluate((node) => getComputedStyle(node).fill);
      const conv = await fillOf(/conv2/);
      expect(conv).toMatch(/^url\(/);
      expect(await fillOf(/^fc\b/)).toMatch(/^url\(/);
      expect(await fillOf(/^fc\b/)).not.toBe(conv);
    });
  });
}
