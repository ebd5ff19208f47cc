import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expectAccessible } from './fixtures/axe.ts';
import { dropFiles, moduleRow, openApp, openSample } from './fixtures/app.ts';

function drawing(page: Page, name: string) {
  return page.getByRole('group', { name: `Data flow around ${name}`, exact: true });
}

function box(page: Page, name: RegExp) {
  return page.getByRole('tabpanel', { name: 'Flow' }).getByRole('button', { name });
}

async function openFlow(page: Page, sample: string, module: string): Promise<void> {
  await openSample(page, sample);
  await showFlow(page, module);
}

async function showFlow(page: Page, module: string): Promise<void> {
  await page.getByRole('searchbox').fill(module);
  await moduleRow(page, module).click();
  await page.getByRole('tab', { name: 'Flow' }).click();
  await expect(drawing(page, module)).toBeVisible();
}

test('G26: a block of a ResNet says what feeds each module and what is tied to the chosen one', async ({ page }) => {
  await openFlow(page, 'ResNet-18', 'layer1.0.conv2');
  await expect(box(page, /^layer1\.0\.conv2, Conv2d;.*takes layer1\.0\.relu \(call 1\); feeds layer1\.0\.bn2; set A/)).toHaveAttribute('aria-current', 'true');
  const tied = page.getByRole('region', { name: 'Tied to' });
  await expect(tied.getByRole('list', { name: 'Members of set A' }).getByRole('listitem')).toHaveText(['conv1', 'layer1.1.conv2']);
  await expect(tied).toContainText('layer1.0 adds conv1 and layer1.0.conv2');
  await expectAccessible(page, (axe) => axe.include('[role=tabpanel]'));
  await tied.getByRole('button', { name: 'layer1.1.conv2' }).click();
  await expect(drawing(page, 'layer1.1.conv2')).toBeVisible();
  await expect(moduleRow(page, 'layer1.1.conv2')).toHaveAttribute('aria-selected', 'true');
});

/** Pixels of the screen for one of the picture, and the width that does not fit into the panel. */
async function measure(page: Page, name: string): Promise<{ readonly scale: number; readonly hidden: number }> {
  return drawing(page, name).evaluate((svg) => {
    const { width } = svg.getBoundingClientRect();
    const area = svg.parentElement!;
    return { scale: width / (svg as SVGSVGElement).viewBox.baseVal.width, hidden: Math.max(0, area.scrollWidth - area.clientWidth) };
  });
}

for (const { sample, module, boxes } of [
  { sample: 'BERT base', module: 'bert.encoder.layer.0.attention.self.query', boxes: [/^scaled_dot_product_attention;.*takes view, then transpose, view, then transpose, view, then transpose; feeds reshape/] },
  { sample: 'MobileNetV3', module: 'features.4.block.1.0', boxes: [/^features\.4\.block\.2, SqueezeExcitation;|^features\.4\.block\.2\.avgpool,/, /^features\.4\.block\.3\.0, Conv2d;/] },
]) {
  test(`G26: the flow around ${module} fits into the side panel and can be read`, async ({ page }) => {
    await openFlow(page, sample, module);
    for (const name of boxes) await expect(box(page, name).first()).toBeVisible();
    const { scale, hidden } = await measure(page, module);
    expect([scale >= 0.8, hidden]).toEqual([true, 0]);
  });
}

test('the words of a box stand beside the bar of its sub-config, inside of its frame', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: /^Channels, and the BatchNorm that follows/ }).click();
  for (const module of ['layer2', 'conv1']) {
    await showFlow(page, module);
    const bars = drawing(page, module).locator('[data-box] path[fill^="var(--mark"]');
    await expect(bars.first()).toBeVisible();
    const outside = await drawing(page, module)
      .locator('[data-box]')
      .evaluateAll((boxes) =>
        boxes.flatMap((box) => {
          const frame = box.querySelector('.flow-frame')!.getBoundingClientRect();
          const left = box.querySelector('path[fill^="var(--mark"]')?.getBoundingClientRect().right ?? frame.left;
          const words = [...box.querySelectorAll('tspan')].map((line) => [line.textContent, line.getBoundingClientRect()] as const);
          return words.filter(([, { left: start, right }]) => start < left || right > frame.right).map(([text]) => text);
        }),
      );
    expect(outside).toEqual([]);
  }
});

test('G26c: the experts of a layer are one box, which plus opens for one of them; the picture zooms', async ({ page }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'moe_block.json.gz', bytes: readFileSync(new URL('../src/core/testing/moe_block.json.gz', import.meta.url)) }]);
  await showFlow(page, 'moe.gate');
  const experts = box(page, /^moe\.experts\.0–7, Expert; 8 alike;.*feeds 8 times mul/);
  await expect(experts).toBeVisible();
  const { scale, hidden } = await measure(page, 'moe.gate');
  expect([scale >= 0.8, hidden]).toEqual([true, 0]);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(async () => (await measure(page, 'moe.gate')).scale).toBeGreaterThan(scale);
  await page.getByRole('button', { name: 'Show the whole picture' }).click();
  await expect.poll(async () => (await measure(page, 'moe.gate')).scale).toBeLessThan(scale);
  await experts.focus();
  await page.keyboard.press('+');
  await expect(box(page, /^moe\.experts\.1–7, Expert; 7 alike/)).toBeVisible();
  await expect(box(page, /^moe\.experts\.0\.w1, Linear;/)).toBeVisible();
});

test('G26: arrow keys follow the data, Enter goes to the tree, plus opens a folded block', async ({ page }) => {
  await openFlow(page, 'ResNet-18', 'layer2.0.conv1');
  await box(page, /^layer2\.0\.conv1,/).focus();
  await page.keyboard.press('ArrowDown');
  await expect(box(page, /^layer2\.0\.bn1,/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(moduleRow(page, 'layer2.0.bn1')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Show the surroundings: layer2' }).click();
  await page.getByRole('button', { name: 'Show the surroundings: the model' }).click();
  const folded = box(page, /^layer4, Sequential;.*folded/);
  await folded.focus();
  await page.keyboard.press('+');
  await expect(page.getByRole('list', { name: 'Open modules' }).getByRole('button', { name: 'Fold layer4', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Fold layer4', exact: true }).click();
  await expect(folded).toBeVisible();
});

test('G26: without a chosen module the sets light up in the tree', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('tab', { name: 'Flow' }).click();
  const region = page.getByRole('region', { name: 'Modules that are pruned together' });
  await expect(region.getByRole('heading', { name: '4 sets of modules must lose the same channels' })).toBeVisible();
  await region.getByRole('listitem', { name: 'Set A', exact: true }).hover();
  await expect(moduleRow(page, 'conv1')).toHaveAccessibleName(/match/);
});

test('G26: a model without a graph says how to get one, and a module that never runs says so', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await page.getByRole('tab', { name: 'Flow' }).click();
  await page.getByRole('treeitem').first().click();
  await page.getByRole('tab', { name: 'Resolved' }).click();
  await page.getByRole('button', { name: 'How to add the data flow' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Flow' })).toContainText('does not say how the data flows');
});
