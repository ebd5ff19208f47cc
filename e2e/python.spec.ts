import { expect, test, type Page } from '@playwright/test';
import { openSample } from './fixtures/app.ts';
import { jsonField, openJson, pasteJsonText, readJsonText } from './fixtures/side-pane.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

async function openImport(page: Page) {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  return page.getByRole('dialog', { name: 'Import' });
}

test.beforeEach(async ({ page }) => {
  await openSample(page, 'ResNet-18');
});

test('imports Python source with names, comments and tuples, and says beforehand what it replaces', async ({ page }) => {
  await importList(page, '[{"op_types": ["Linear"]}, {"op_types": ["Conv2d"]}]');
  const dialog = await openImport(page);
  await dialog.getByRole('textbox').fill(
    "RATIO = 0.5  # of each layer\nLAYERS = ('layer1.0.conv1', 'layer1.1.conv1',)\n" +
      "config_list = [{'op_names': LAYERS, 'sparse_ratio': RATIO, 'granularity': None}]\n",
  );
  await expect(dialog.getByRole('status')).toContainText(
    'Replaces the 2 sub-configs of the pruning list with 1 sub-config.',
  );
  await dialog.getByRole('radio', { name: 'Add to its end' }).click();
  await expect(dialog.getByRole('status')).toContainText('Adds 1 sub-config after the 2 that the pruning list has.');
  await dialog.getByRole('radio', { name: 'Replace the present list' }).click();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await openJson(page);
  expect(JSON.parse(await readJsonText(page))).toEqual([
    { op_names: ['layer1.0.conv1', 'layer1.1.conv1'], sparse_ratio: 0.5, granularity: null },
  ]);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveAttribute('title', /^Undo: Import 1 sub-config/);
});

test('asks for what the script leaves open, and follows as it is filled in', async ({ page }) => {
  const dialog = await openImport(page);
  await dialog.getByRole('textbox', { name: 'Config list' }).fill(
    "parser.add_argument('--sparsity', default=0.4)\nargs = parser.parse_args()\n" +
      "config_list = [{'op_names': [f'layer{i}.0.conv1' for i in range(1, 3)], 'sparse_ratio': 1 - args.sparsity}]\n" +
      'pruner = L1NormPruner(model, config_list)',
  );
  await expect(dialog.getByRole('status')).toContainText('The script leaves one value open.');
  const importing = dialog.getByRole('button', { name: 'Import' });
  await expect(importing).toBeDisabled();
  const field = dialog.getByRole('textbox', { name: 'args.sparsity' });
  await field.fill('a half');
  await expect(dialog.getByRole('alert')).toContainText('a half is not a Python literal.');
  await field.fill('');
  await expect(field).toHaveAccessibleDescription(/Line 3\./);
  await field.fill('0.25');
  await expect(dialog.getByRole('status')).toContainText('1 sub-config found.');
  await importing.click();
  await openJson(page);
  expect(JSON.parse(await readJsonText(page))).toEqual([{ op_names: ['layer1.0.conv1', 'layer2.0.conv1'], sparse_ratio: 0.75 }]);
});

test('works out what a script asks of the open model', async ({ page }) => {
  const dialog = await openImport(page);
  await dialog.getByRole('textbox', { name: 'Config list' }).fill(
    "names = [n for n, m in model.named_modules() if isinstance(m, nn.Conv2d) and n.startswith('layer4.1')]\n" +
      "config_list = [{'op_names': names, 'sparse_ratio': 0.5}]",
  );
  await expect(dialog.getByRole('status')).toContainText('1 sub-config found.');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await openJson(page);
  expect(JSON.parse(await readJsonText(page))).toEqual([{ op_names: ['layer4.1.conv1', 'layer4.1.conv2'], sparse_ratio: 0.5 }]);
});

test('takes a file that is dropped on it, and says why it does not take another', async ({ page }) => {
  const dialog = await openImport(page);
  const drop = (name: string, text: string) =>
    page.evaluateHandle(
      ([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text!], name!));
        return data;
      },
      [name, text],
    );
  await dialog.dispatchEvent('drop', { dataTransfer: await drop('model.onnx', 'a: 1') });
  await expect(dialog.getByRole('alert')).toContainText('model.onnx is no text.');
  await dialog.dispatchEvent('drop', { dataTransfer: await drop('list.py', "config_list = [{'op_types': ['Linear']}]") });
  await expect(dialog.getByRole('status')).toContainText('1 sub-config found. Adds it to the empty pruning list.');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test('offers patterns of single modules in op_names_re', async ({ page }) => {
  await openJson(page);
  await pasteJsonText(page, '[{"op_names_re": []}]');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let step = 0; step < '[{"op_names_re": ['.length; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('"layer4.1.conv1');
  const suggestions = page.getByRole('listbox', { name: 'Suggest' });
  await expect(suggestions.getByRole('option').first()).toContainText('layer4\\.1\\.conv1$');
});

test('the editor keeps the focus and its text while the window loses panes', async ({ page }) => {
  await openJson(page);
  await pasteJsonText(page, '[{"op_types": ["Linear"]');
  await expect(jsonField(page)).toBeFocused();
  for (const width of [1100, 700, 1440]) {
    await page.setViewportSize({ width, height: 700 });
    await expect(jsonField(page)).toBeFocused();
  }
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('}]');
  await expect.poll(() => readJsonText(page)).toBe('[{"op_types": ["Linear"]}]');
});
