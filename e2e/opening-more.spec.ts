import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropFiles, modelTree, moduleRow, openApp, openSample, sampleBytes } from './fixtures/app.ts';
import { choosePlanAction } from './fixtures/plans.ts';
import { card, chooseMode, importList } from './fixtures/sub-configs-pane.ts';

const printed = 'Net(\n  (conv): Conv2d(3, 8, kernel_size=(3, 3))\n  (act): ReLU()\n  (head): Custom()\n)';

/** A safetensors file of the smallest kind: tensors of float32, all zero. */
function safetensors(shapes: Readonly<Record<string, readonly number[]>>): Buffer {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const start = end;
      end += 4 * shape.reduce((product, size) => product * size, 1);
      return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(end)]);
}

const weights = safetensors({ 'conv.weight': [8, 3, 3, 3], 'conv.bias': [8], 'head.weight': [5, 8] });

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }, text);
}

/** Drops a file or folder of this machine, as the system does. */
async function dropPath(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  }
}

function makeFolder(path: string): string {
  const folder = join(path, 'tiny-llm');
  mkdirSync(join(folder, '.cache'), { recursive: true });
  const map = { 'model.a.weight': 'model-00001-of-00002.safetensors', 'model.b.weight': 'model-00002-of-00002.safetensors' };
  writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map: map }));
  writeFileSync(join(folder, 'model-00001-of-00002.safetensors'), safetensors({ 'model.a.weight': [4, 2] }));
  writeFileSync(join(folder, 'model-00002-of-00002.safetensors'), safetensors({ 'model.b.weight': [6, 2] }));
  writeFileSync(join(folder, 'config.json'), '{"architectures": ["TinyForCausalLM"], "model_type": "tiny"}');
  writeFileSync(join(folder, 'README.md'), '# Tiny');
  writeFileSync(join(folder, '.cache', 'junk.json'), '{"x": 1}');
  return folder;
}

const lacks = (page: Page) => page.getByRole('region', { name: 'Gaps of the model’s file' });

test('pasted text says what it lacks; the menu of the model brings the banner back', async ({ page }) => {
  await openApp(page);
  await paste(page, printed);
  await expect(modelTree(page)).toBeVisible();
  await expect(lacks(page)).toContainText('Read from the text of print(model). Unknown:');
  await lacks(page).getByRole('button', { name: 'Consequences' }).click();
  await expect(lacks(page)).toContainText('Drop the model’s .safetensors file or checkpoint too.');
  await lacks(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(lacks(page)).toBeHidden();
  await page.getByRole('button', { name: /^Net 4 modules/ }).click();
  await page.getByRole('menuitem', { name: 'Missing from its file' }).click();
  await expect(lacks(page)).toBeVisible();
});

test('a dropped file with the same names completes the open model, and disagreements are reported', async ({ page }) => {
  await openApp(page);
  await paste(page, printed.replace('(head): Custom()', '(head): Linear(in_features=9, out_features=5, bias=False)'));
  await expect(modelTree(page)).toBeVisible();
  await dropFiles(page, [{ name: 'net.safetensors', bytes: weights }]);
  const question = page.getByRole('dialog', { name: 'A file with names of the open model' });
  await expect(question).toContainText('net.safetensors was read from a safetensors header');
  await question.getByRole('button', { name: /^Complete Net/ }).click();
  await expect(question).toBeHidden();
  await expect(moduleRow(page, 'act')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Net 4 modules/ })).toContainText('264 parameters');
  await lacks(page).getByRole('button', { name: 'Consequences' }).click();
  await expect(lacks(page)).toContainText('the shape [5, 9], the second [5, 8]');
});

test('the banner completes by picking; a file of another model is refused and nothing is lost', async ({ page }) => {
  await openApp(page);
  await paste(page, printed);
  await lacks(page).getByRole('button', { name: 'Complete with another file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Complete Net' });
  await dialog.getByLabel('Files of the model').setInputFiles({
    name: 'other.safetensors',
    mimeType: '',
    buffer: safetensors({ 'x.y.weight': [1] }),
  });
  await expect(dialog.getByRole('alert')).toContainText('have no module in common');
  await dialog.getByLabel('Files of the model').setInputFiles({ name: 'net.safetensors', mimeType: '', buffer: weights });
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: /^Net 4 modules/ })).toContainText('264 parameters');
});

test('a dropped file with the same names can be the teacher', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await dropFiles(page, [{ name: 'fc.json', bytes: Buffer.from('{"": "ResNet", "conv1": "Conv2d", "fc": "Linear"}') }]);
  await page.getByRole('button', { name: /^Open it as the teacher/ }).click();
  await expect(page.getByRole('button', { name: /^resnet18/ })).toContainText('68 modules');
});

for (const way of ['picked', 'dropped'] as const) {
  test(`a folder of a Hugging Face model, ${way}: index, shards and config together`, async ({ page }, info) => {
    const folder = makeFolder(info.outputDir);
    await openApp(page);
    if (way === 'picked') await page.getByLabel('Folder of the model').setInputFiles(folder);
    else await dropPath(page, folder);
    await expect(page.getByRole('button', { name: /^tiny-llm/ })).toContainText('4 modules · 20 parameters');
    await expect(moduleRow(page, 'model.b')).toBeVisible();
  });
}

test('of a pipeline one folder is opened, and the banner names the others', async ({ page }, info) => {
  const folder = join(info.outputDir, 'pipeline');
  const parts = { unet: { 'conv_in.weight': [4, 2], 'conv_out.weight': [2, 4] }, vae: { 'decoder.weight': [2, 2] } };
  for (const [name, shapes] of Object.entries(parts)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'diffusion_pytorch_model.safetensors'), safetensors(shapes));
    writeFileSync(join(folder, name, 'config.json'), JSON.stringify({ _class_name: `${name}Model`, _diffusers_version: '0.30.0' }));
  }
  writeFileSync(join(folder, 'model_index.json'), '{"_class_name": "Pipeline", "_diffusers_version": "0.30.0"}');
  await openApp(page);
  await dropPath(page, folder);
  await expect(moduleRow(page, 'conv_out')).toBeVisible();
  await expect(modelTree(page)).toContainText('unetModel');
  await expect(lacks(page)).toContainText('Of several folders unet is read. Not read: vae (1 tensor)');
});

test('an empty folder is reported', async ({ page }, info) => {
  const folder = join(info.outputDir, 'empty');
  mkdirSync(folder, { recursive: true });
  await openApp(page);
  await dropPath(page, folder);
  await expect(page.getByRole('alert')).toContainText('The folder holds no files.');
});

test('several shards at once; a missing one is reported', async ({ page }, info) => {
  const folder = makeFolder(info.outputDir);
  await openApp(page);
  await page
    .getByLabel('Files of the model')
    .setInputFiles(['model.safetensors.index.json', 'model-00001-of-00002.safetensors'].map((name) => join(folder, name)));
  await lacks(page).getByRole('button', { name: 'Consequences' }).click();
  await expect(lacks(page)).toContainText('model-00002-of-00002.safetensors');
});

test('a model past a limit is opened anyway; bad files lose nothing', async ({ page }) => {
  await openSample(page, 'Small MLP');
  const deep = `{"${Array.from({ length: 1500 }, (_, level) => `m${level}`).join('.')}": "Linear"}`;
  await dropFiles(page, [{ name: 'deep.json', bytes: Buffer.from(deep) }]);
  const alert = page.getByRole('alert').filter({ hasText: 'deep.json' });
  await expect(alert).toContainText('more than 1,000 levels deep');
  await expect(modelTree(page)).toBeVisible();
  await alert.getByRole('button', { name: 'Open anyway, up to 5,000 levels' }).click();
  await expect(page.getByRole('button', { name: /^deep/ })).toContainText('1,501 modules');
});

test('opening can be stopped, and the open model stays', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.evaluate(() => {
    const modules = Array.from({ length: 1_500_000 }, (_, at) => `"layers.${at}.linear": "Linear"`);
    const data = new DataTransfer();
    data.items.add(new File([`{${modules.join(',')}}`], 'large.json'));
    for (const type of ['dragover', 'drop']) {
      document.querySelector('#root > *')!.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true }));
    }
  });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'was stopped' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search modules' }).fill('fc');
  await expect(moduleRow(page, 'fc')).toBeVisible();
  await page.getByRole('button', { name: /^Prune all / }).first().click();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toContainText('selects');
});

test('of a file of 20 GB only the header is read', async ({ page }, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const path = join(info.outputDir, 'huge.safetensors');
  writeFileSync(path, weights);
  truncateSync(path, 20_000_000_000);
  await openApp(page);
  await page.getByLabel('Files of the model').setInputFiles(path);
  await expect(page.getByRole('button', { name: /^huge/ })).toContainText('3 modules');
  rmSync(path);
});

test('a gzipped tree of another model replaces the open one without a question', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await dropFiles(page, [{ name: 'gpt2.json.gz', bytes: sampleBytes('gpt2') }]);
  await expect(page.getByRole('button', { name: /^gpt2/ })).toContainText('164 modules');
});

test('another version of the model under a plan: what is lost is told, a rename brings it back in one step', async ({ page }) => {
  await openApp(page);
  const named = (prefix: string) =>
    JSON.stringify({
      '': 'Net',
      ...(prefix === '' ? {} : { [prefix.slice(0, -1)]: 'Net' }),
      [`${prefix}conv`]: 'Conv2d',
      [`${prefix}head`]: 'Linear',
    });
  await dropFiles(page, [{ name: 'net.json', bytes: Buffer.from(named('')) }]);
  await moduleRow(page, 'conv').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const list = '[{"op_names": ["head"], "sparse_ratio": 0.5}, {"op_names_re": ["con"], "sparse_ratio": 0.5}]';
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox').first().fill(list);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 2' })).toContainText('selects 1 module');
  await dropFiles(page, [{ name: 'net-ddp.json', bytes: Buffer.from(named('module.')) }]);
  await page.getByRole('button', { name: /^Open it instead/ }).click();
  const told = page.getByRole('region', { name: 'Modules that the plan loses' });
  await expect(told).toContainText('This plan matches nothing in net-ddp (2 matches in net).');
  // On a phone the words have the width, and the buttons the line below.
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await told.getByRole('paragraph').boundingBox())!.width).toBeGreaterThan(240);
  await page.setViewportSize({ width: 1440, height: 900 });
  await told.getByRole('button', { name: 'Show names' }).click();
  const names = page.getByRole('dialog', { name: 'Modules that the plan loses and gains' });
  await expect(names.getByRole('region', { name: /^Sub-config 2 of pruning/ })).toContainText('conv');
  await names.getByRole('button', { name: 'Add “module.” in the plan, 2 come back' }).click();
  await expect(names).toBeHidden();
  await expect(page.getByRole('article', { name: 'Sub-config 2' })).toContainText('selects 1 module');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 2' })).toContainText('selects 0 modules');
});

test('a config list that is dropped or pasted on an open model is offered for import, and no model is lost', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const source = "from nni.compression.pruning import L1NormPruner\nconfig_list = [{'op_types': ['Conv2d'], 'sparse_ratio': 0.5}]\n";
  await dropFiles(page, [{ name: 'prune.py', bytes: Buffer.from(source) }]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByRole('textbox')).toHaveValue(source);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 1', exact: true })).toContainText('selects 20 modules');

  await page.getByRole('heading', { level: 1 }).focus();
  await page.evaluate(() => navigator.clipboard.writeText('[{"op_types": ["Linear"], "sparse_ratio": 0.25}]'));
  await page.keyboard.press('ControlOrMeta+v');
  await expect(dialog.getByRole('textbox')).toHaveValue(/"Linear"/);
  await page.keyboard.press('Escape');
  await page.evaluate(() => navigator.clipboard.writeText('{"op_types": ["Linear"], "sparse_ratio": 0.75}'));
  await page.keyboard.press('ControlOrMeta+v');
  await expect(dialog).toContainText('with 1 sub-config');
  await page.keyboard.press('Escape');
  // An offer is made only once.
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('textbox')).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article', { name: 'Sub-config 1', exact: true })).toContainText('selects 20 modules');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('T27: who only meant to look at another model gives the plan its model back, and starts a new one', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type('open sample gpt');
  await page.keyboard.press('Enter');
  const told = page.getByRole('region', { name: 'Modules that the plan loses' });
  await expect(told).toContainText('in gpt2');
  await told.getByRole('button', { name: 'New plan for gpt2' }).click();
  await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Compression of gpt2' })).toBeAttached();
  await expect(page.getByText('The plan stays with resnet18 among your plans. This is a new one for gpt2.')).toBeVisible();
  await expect(told).toBeHidden();

  await choosePlanAction(page, 'All plans');
  await page.getByRole('dialog').getByRole('button', { name: /resnet18, 68 modules · 1 sub-config for pruning/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Compression of resnet18' })).toBeAttached();
  await expect(card(page, 1)).toContainText('selects 20 modules');
});

test('a file of a dropped folder that the browser cannot read is named, and the rest opens', async ({ page }) => {
  await openApp(page);
  await page.evaluate(() => {
    const model = new File(['{"": "Net", "a": "Linear"}'], 'names.json');
    const entry = (name: string, file: (resolve: (file: File) => void, reject: (error: unknown) => void) => void) =>
      ({ name, fullPath: `/net/${name}`, isFile: true, isDirectory: false, file });
    const children = [entry('gone.json', (_, reject) => reject(new DOMException('gone', 'NotFoundError'))), entry('names.json', (resolve) => resolve(model))];
    const readEntries = (resolve: (some: readonly unknown[]) => void) => resolve(children.splice(0));
    const folder = { name: 'net', fullPath: '/net', isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
    DataTransferItem.prototype.webkitGetAsEntry = () => folder as unknown as FileSystemEntry;
  });
  await dropFiles(page, [{ name: 'net', bytes: Buffer.from('') }]);
  await expect(moduleRow(page, 'a')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('The browser could not read net/gone.json.');
});

test('of several config lists that are dropped together with a model none is imported, and that is said', async ({ page }) => {
  await openApp(page);
  const list = (ratio: number) => Buffer.from(`[{"op_types": ["Conv2d"], "sparse_ratio": ${ratio}}]`);
  await dropFiles(page, [
    { name: 'half.json', bytes: list(0.5) },
    { name: 'resnet18.json.gz', bytes: sampleBytes('resnet18') },
    { name: 'most.json', bytes: list(0.8) },
  ]);
  await expect(modelTree(page)).toBeVisible();
  await expect(page.getByText('2 config lists were not imported, as a plan takes one at a time: half.json, most.json.')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a config list next to a model that the user is asked about is offered once that is settled', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await chooseMode(page, 'Distillation');
  const drop = () =>
    dropFiles(page, [
      { name: 'list.json', bytes: Buffer.from('[{"op_names": ["fc"], "lambda": 0.5}]') },
      { name: 'teacher.txt', bytes: Buffer.from('Teacher(\n  (fc): Linear(in_features=512, out_features=1000, bias=True)\n)') },
    ]);
  const question = page.getByRole('dialog', { name: /A second model|A file with names/ });
  await drop();
  await question.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('The config list list.json was not imported, as the model next to it was not opened.')).toBeVisible();
  await drop();
  await question.getByRole('button', { name: /^Open it as the teacher/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(card(page, 1)).toContainText('fc');
  await expect(page.getByRole('region', { name: 'Sub-configs', exact: true }).getByText(/^Teacher: teacher/i)).toBeVisible();
});

test('a config list whose model cannot be read is named', async ({ page }) => {
  await openApp(page);
  await dropFiles(page, [
    { name: 'list.json', bytes: Buffer.from('[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]') },
    { name: 'model.json', bytes: Buffer.from('{"modules": [') },
  ]);
  await expect(page.getByText('The config list list.json was not imported, as the model next to it was not opened.')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'model.json' })).toBeVisible();
});

test('a config list that is dropped together with a model is offered for import once the model is open', async ({ page }) => {
  await openApp(page);
  await dropFiles(page, [
    { name: 'config.json', bytes: Buffer.from('{"architectures": ["Net"], "model_type": "net"}') },
    { name: 'list.json', bytes: Buffer.from('[{"op_names": ["act"], "sparse_ratio": 0.5}]') },
    { name: 'model.txt', bytes: Buffer.from(printed) },
  ]);
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog).toContainText('1 sub-config');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(moduleRow(page, 'act')).toBeVisible();
  await expect(card(page, 1)).toContainText('act');
});
