import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { moduleRow, openSample } from './fixtures/app.ts';

function drawing(page: Page, name: string) {
  return page.getByRole('group', { name: `Data flow around ${name}`, exact: true });
}

function box(page: Page, name: RegExp) {
  return page.getByRole('tabpanel', { name: 'Flow' }).getByRole('button', { name });
}

async function openFlow(page: Page, sample: string, module: string): Promise<void> {
  await openSample(page, sample);
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
  expect((await new AxeBuilder({ page }).include('[role=tabpanel]').analyze()).violations).toEqual([]);
  await tied.getByRole('button', { name: 'layer1.1.conv2' }).click();
  await expect(drawing(page, 'layer1.1.conv2')).toBeVisible();
  await expect(moduleRow(page, 'layer1.1.conv2')).toHaveAttribute('aria-selected', 'true');
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
  await expect(page.getByRole('tabpanel', { name: 'Flow' })).toContainText('does not say how the data flows');
});
