import { expect, test } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { dropFiles, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { openJson, openProblems, openResolved, pasteJsonText, textState } from './fixtures/side-pane.ts';
import { chooseMode, importList } from './fixtures/sub-configs-pane.ts';

/** A list of which NNI refuses a part, and whose rest selects nothing. */
const refused = JSON.stringify([
  { op_types: ['Conv2d', 'BatchNorm2d'], sparse_ratio: '0.5', granularity: 'channel' },
  { op_names: ['layer1.0.conv9'], sparse_ratio: 0.5 },
  { op_names_re: ['downsample'], op_types: ['Conv2d'], sparse_ratio: 0.5 },
]);

test('axe: problems, what is resolved of one module and of several, and a JSON text with an error', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, refused);
  await test.step('problems, one of them open', async () => {
    const problems = await openProblems(page);
    await problems.getByRole('button', { name: 'Show the reason' }).first().click();
    await expectAccessible(page);
  });
  await test.step('modules', async () => {
    await openResolved(page);
    await page.getByRole('button', { name: 'Expand all' }).click();
    await moduleRow(page, 'layer1.0.conv1').click();
    await expect(page.getByRole('article', { name: 'layer1.0.conv1' })).toBeVisible();
    await expectAccessible(page, (axe) => axe.include('[role=tabpanel]'));
    await moduleRow(page, 'layer1.1.bn2').click({ modifiers: ['Shift'] });
    await expect(page.getByRole('table', { name: 'Chosen modules' })).toBeVisible();
    await expectAccessible(page, (axe) => axe.include('[role=tabpanel]'));
  });
  await test.step('a text that is not JSON', async () => {
    await openJson(page);
    await pasteJsonText(page, '[{"op_types": [Conv2d]}]');
    await expect(textState(page)).toContainText('not valid JSON');
    await expectAccessible(page, (axe) => axe.exclude('.monaco-editor'));
  });
});

test('axe: the palette and the dialogs that no other test looks at', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  const run = async (action: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Action or module' }).fill(action);
  };
  await run('op');
  await expectAccessible(page, (axe) => axe.include('dialog'));
  await page.keyboard.press('Escape');
  for (const [action, title] of [
    ['Import a config list', 'Import'],
    ['Setting templates', 'Setting templates for pruning'],
    ['Add sub-configs from a preset', 'Presets for pruning'],
    ['Open another model', 'Open a model'],
    ['About', 'About Espalier'],
  ] as const) {
    await test.step(title, async () => {
      await run(action);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: title })).toBeVisible();
      await expectAccessible(page, (axe) => axe.include('dialog'));
      await page.keyboard.press('Escape');
    });
  }
  await test.step('the algorithm', async () => {
    await page.getByRole('button', { name: 'Change the algorithm' }).click();
    await expect(page.getByRole('dialog', { name: 'Algorithm for pruning' })).toBeVisible();
    await expectAccessible(page, (axe) => axe.include('dialog'));
  });
});

test('axe: menus', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  for (const name of ['Actions of sub-config 1', 'Add a setting to sub-config 1', 'Add sub-config', 'More']) {
    await test.step(name, async () => {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('menuitem').first()).toBeVisible();
      await expectAccessible(page, (axe) => axe.include('[role=menu]:popover-open'));
      await page.keyboard.press('Escape');
    });
  }
  await test.step('of a row', async () => {
    await moduleRow(page, 'conv1').click({ button: 'right' });
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await expectAccessible(page, (axe) => axe.include('[role=menu]'));
  });
});

test('axe: a model in place of another one, a family that is open, and a file that is no model', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  await page.getByRole('button', { name: 'Open sub-configs 2 to 21' }).click();
  await expectAccessible(page, (axe) => axe.include('[aria-label="Sub-configs"]'));
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Action or module' }).fill('Open sample GPT-2');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Modules that the plan loses' })).toBeVisible();
  await chooseMode(page, 'Quantization');
  await expectAccessible(page);
  await dropFiles(page, [{ name: 'notes.txt', bytes: Buffer.from('hello world') }]);
  await expect(page.getByText('notes.txt does not look like a model.')).toBeVisible();
  await expectAccessible(page);
});

test('axe: the start page of someone who comes back, and with a file that is no model', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  await page.getByRole('link', { name: 'Espalier' }).or(page.getByRole('button', { name: 'Espalier' })).click();
  await expect(page.getByRole('heading', { name: 'Go on with a plan' })).toBeVisible();
  await expectAccessible(page);
  await openApp(page);
  await dropFiles(page, [{ name: 'notes.txt', bytes: Buffer.from('hello world') }]);
  await expect(page.getByText('notes.txt does not look like a model.')).toBeVisible();
  await expectAccessible(page);
});
