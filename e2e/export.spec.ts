import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { openSample } from './fixtures/app.ts';
import { chooseMode, importList } from './fixtures/sub-configs-pane.ts';

async function openExport(page: Page) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  return page.getByRole('dialog', { name: /^Export the/ });
}

test('keeps its buttons in place, has lines for Python, can be read by all, and says what it does', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  const dialog = await openExport(page);

  await test.step('the buttons stay where they are when the format changes', async () => {
    const withJson = await dialog.boundingBox();
    await dialog.getByRole('tab', { name: 'Python' }).click();
    await expect(dialog.getByRole('region', { name: 'Script in Python' })).toContainText('import');
    expect(await dialog.boundingBox()).toEqual(withJson);
    await dialog.getByRole('tab', { name: 'JSON' }).click();
  });

  await test.step('the lines for Python read the file into the list that the call below them takes', async () => {
    const lines = dialog.getByRole('region', { name: 'Lines for Python' });
    await expect(lines).toContainText('    pruning_config_list = json.load(file)');
    await expect(lines).toContainText('L1NormPruner(model, pruning_config_list)');
  });

  await test.step('axe finds nothing in the export, in both themes', async () => {
    await expect(dialog.getByRole('region', { name: 'Lines for Python' })).toContainText('json.load');
    await expectAccessible(page, (axe) => axe.include('dialog'));
    await dialog.getByRole('tab', { name: 'Python' }).click();
    await expect(dialog.getByRole('region', { name: 'Script in Python' })).toContainText('import');
    await expectAccessible(page, (axe) => axe.include('dialog'));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('the export says what the list does in numbers, and a word when it is done', async () => {
    await openExport(page);
    await expect(dialog.getByRole('button', { name: 'Download JSON' })).toBeFocused();
    await expect(dialog).toContainText('20 of 68 modules');
    await expect(dialog).toContainText('Sparsity of the model');
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await download).suggestedFilename()).toBe('resnet18.pruning.json');
    await expect(dialog.getByRole('status', { name: 'Result' })).toHaveText('resnet18.pruning.json is in your downloads.');
  });
});

test('E8: keys are exported in the order of the specification', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"sparse_ratio": 0.5, "exclude_op_names": ["conv1"], "op_types": ["Conv2d"], "op_names_re": ["layer"]}]');
  await openExport(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download JSON' }).click();
  const list = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as readonly object[];
  expect(Object.keys(list[0]!)).toEqual(['op_names_re', 'op_types', 'exclude_op_names', 'sparse_ratio']);
});

test('a list that fails when it runs says so, with the way to the place', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, 'Quantization');
  await importList(page, '[{"op_types": ["Conv2d"], "quant_dtype": "int8"}]');
  const dialog = await openExport(page);
  const verdict = dialog.getByRole('status', { name: 'Verdict on the export' });
  await expect(verdict).toContainText('NNI accepts this list, but it fails when it runs: bias is None in 20 quantized modules');
  await verdict.getByRole('button', { name: 'Go to it' }).click();
  await expect(dialog).toBeHidden();
});

test('C1: a list that needs a registered template has the lines that register it, Python first', async ({ page }) => {
  await openSample(page, 'BERT base');
  await chooseMode(page, 'Quantization');
  await importList(page, '[{"op_types": ["LayerNorm"], "quant_dtype": "int8", "target_names": ["weight"]}]');
  await page.getByRole('button', { name: /Register LayerNorm/ }).first().click();
  const dialog = await openExport(page);
  await expect(dialog.getByRole('tab').first()).toHaveText('Python');
  await expect(dialog).toContainText('Needs 1 registered template (LayerNorm)');
  await dialog.getByRole('tab', { name: 'JSON' }).click();
  await expect(dialog).toContainText("QuantizationSetting.register('LayerNorm'");
});

test('a list or a model that is pasted while the export is open is taken, and the dialog makes room', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  const dialog = await openExport(page);
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await page.keyboard.press('ControlOrMeta+v');
  };
  await paste('[{"op_types": ["Linear"], "sparse_ratio": 0.25}]');
  const imported = page.getByRole('dialog', { name: 'Import' });
  await expect(imported.getByRole('textbox')).toHaveValue(/"Linear"/);
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Escape');
  await openExport(page);
  await paste('neither a model nor a list');
  await expect(page.getByRole('alert')).toContainText('does not look like a model');
  await expect(dialog).toBeHidden();
  await openExport(page);
  await paste('Pasted(\n  (only_here): Linear(in_features=2, out_features=2, bias=True)\n)');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('banner').getByRole('button', { name: /^Pasted/ })).toBeVisible();
});
