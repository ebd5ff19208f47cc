import { expect, test, type Locator, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';
import { openJson, pasteJsonText } from './fixtures/side-pane.ts';
import { importList, patternField } from './fixtures/sub-configs-pane.ts';

test.use({ forcedColors: 'active' });

const list = JSON.stringify([
  { op_types: ['Conv2d'], sparse_ratio: 0.5 },
  { op_names_re: ['fc'], op_types: ['Linear'], sparse_ratio: 0.5 },
]);

/** The painted colours: computed styles keep the page's colours, which the system has replaced. */
interface Paint {
  /** The colour of most of the element, as `r,g,b`. */
  readonly ground: string;
  /** The highest contrast of any pixel to that, as WCAG computes it: text on it can be read from 4.5 on. */
  readonly contrast: number;
}

async function paintOf(element: Locator): Promise<Paint> {
  const png = (await element.screenshot()).toString('base64');
  return element.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const color = `${data[at]!},${data[at + 1]!},${data[at + 2]!}`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    const luminance = (color: string): number => {
      const [red, green, blue] = color.split(',').map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const ground = [...counts].toSorted((a, b) => b[1] - a[1])[0]![0];
    const light = luminance(ground);
    const contrasts = [...counts.keys()].map((color) => {
      const other = luminance(color);
      return (Math.max(light, other) + 0.05) / (Math.min(light, other) + 0.05);
    });
    return { ground, contrast: Math.max(...contrasts) };
  }, png);
}

const outlineOf = (element: Locator) => element.evaluate((node) => getComputedStyle(node).outlineStyle);

const fillOf = (page: Page, name: RegExp) =>
  page.getByRole('option', { name }).first().locator('rect').nth(1).evaluate((node) => getComputedStyle(node).fill);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`forced colours over the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('switches, choices, matches, the picture and the text can be told apart and read', async ({ page }) => {
      await openSample(page, 'ResNet-18');
      await importList(page, list);

      await test.step('a switch shows whether it is on', async () => {
        const toggle = page.getByRole('switch', { name: 'Use sub-config 1' });
        const left = async (): Promise<number> =>
          (await toggle.locator('span').boundingBox())!.x - (await toggle.boundingBox())!.x;
        const on = await paintOf(toggle);
        const leftOn = await left();
        await toggle.click();
        await page.mouse.move(0, 0);
        await expect(toggle).not.toBeChecked();
        const off = await paintOf(toggle);
        expect(off.ground).not.toBe(on.ground);
        expect(await left()).toBeLessThan(leftOn);
        for (const paint of [await paintOf(toggle.locator('span')), on, off]) expect(paint.contrast).toBeGreaterThan(3);
        await toggle.click();
      });

      await test.step('the picture of the model tells sub-configs apart by their hatching', async () => {
        await page.getByRole('tab', { name: 'Overview' }).click();
        await expect.poll(() => fillOf(page, /conv2/)).toMatch(/^url\(/);
        const conv = await fillOf(page, /conv2/);
        expect(await fillOf(page, /^fc\b/)).toMatch(/^url\(/);
        expect(await fillOf(page, /^fc\b/)).not.toBe(conv);
        await page.getByRole('tab', { name: 'Resolved' }).click();
      });

      await test.step('chosen tabs, modules and targets are marked and can be read', async () => {
        const target = page.getByRole('button', { name: 'Target weight, sub-config 1' });
        await target.click();
        await moduleRow(page, 'bn1').click();
        await page.mouse.move(0, 0);
        const pairs = [
          [page.getByRole('tab', { name: 'Pruning' }), page.getByRole('tab', { name: 'Quantization' })],
          [page.getByRole('tab', { name: 'Resolved' }), page.getByRole('tab', { name: 'Overview' })],
          [moduleRow(page, 'bn1'), moduleRow(page, 'relu')],
          [target, page.getByRole('button', { name: 'Target bias, sub-config 1' })],
        ] as const;
        for (const [chosen, other] of pairs) {
          const [marked, plain] = [await paintOf(chosen), await paintOf(other)];
          expect(marked.ground).not.toBe(plain.ground);
          expect(marked.contrast).toBeGreaterThan(4.5);
          expect(plain.contrast).toBeGreaterThan(4.5);
        }
      });

      await test.step('what a pattern matches is outlined; a chosen row stays readable next to it', async () => {
        await moduleRow(page, 'conv1').click();
        await patternField(page, 1, 'op_names_re', 2).fill('bn1');
        await expect(moduleRow(page, 'bn1')).toHaveAccessibleName(/matches the pattern/);
        expect(await outlineOf(moduleRow(page, 'bn1').locator('> div'))).toBe('dashed');
        expect(await outlineOf(moduleRow(page, 'relu').locator('> div'))).not.toBe('dashed');
        // Rows that are not matched are dimmed; on the ground of a chosen row that would be unreadable.
        expect((await paintOf(moduleRow(page, 'conv1').getByText('conv1', { exact: true }))).contrast).toBeGreaterThan(4.5);
      });

      await test.step('the list as JSON can be read and typed in', async () => {
        await openJson(page);
        const editor = page.getByRole('code');
        await expect(editor).toContainText('sparse_ratio');
        const { ground, contrast } = await paintOf(editor);
        expect(contrast).toBeGreaterThan(4.5);
        // The system's ground, as everywhere else on the page.
        const canvas = await page.evaluate(() => {
          const probe = document.body.appendChild(document.createElement('span'));
          probe.style.color = 'Canvas';
          probe.style.forcedColorAdjust = 'none';
          return (getComputedStyle(probe).color.match(/\d+/g) ?? []).slice(0, 3).join(',');
        });
        expect(ground).toBe(canvas);
        await page.getByRole('textbox', { name: 'Config list as JSON' }).focus();
        await page.keyboard.press('ControlOrMeta+a');
        expect((await paintOf(editor)).contrast).toBeGreaterThan(4.5);
        await pasteJsonText(page, '[]');
        await expect(page.getByRole('article', { name: /^Sub-config/ })).toHaveCount(0);
      });
    });
  });
}
