import { expect, test, type Page } from '@playwright/test';
import { dropFiles, moduleRow, openApp } from './fixtures/app.ts';
import { addSetting, chooseMode, copyJson, importList } from './fixtures/sub-configs-pane.ts';

const convolution = (name: string, channels: number) => ({
  name, type: 'Conv2d', class: 'torch.nn.modules.conv.Conv2d', forward: { args: ['input'] },
  parameters: { weight: { shape: [8, channels, 3, 3], dtype: 'float32' }, bias: { shape: [8], dtype: 'float32' } },
});
const norm = (name: string) => ({
  name, type: 'BatchNorm2d', class: 'torch.nn.modules.batchnorm.BatchNorm2d', forward: { args: ['input'] },
  parameters: { weight: { shape: [8], dtype: 'float32' }, bias: { shape: [8], dtype: 'float32' } },
});

/** Two convolutions and two norms: by their names `conv_a` stands before `bn_b`, in the data flow before `bn_a`. */
const modules = [
  { name: '', type: 'Crossed', class: 'nets.Crossed', forward: { args: ['x'] } },
  convolution('conv_a', 3), norm('bn_b'), convolution('conv_b', 8), norm('bn_a'),
];

const map = [1, 8, 8, 8];
const steps = ['conv_a', 'bn_a', 'conv_b', 'bn_b'];

/** The flow as export_module_tree.py writes it: conv_a, bn_a, conv_b, bn_b. */
const graph = {
  version: 1, torch: '1.13.1', dummy: { t: [[1, 3, 8, 8]] }, inputs: [['x', [1, 3, 8, 8]]], scopes: ['', ...steps], outputs: [4],
  nodes: steps.map((name, at) => ({
    s: at + 1, out: [map],
    ...(name.startsWith('conv')
      ? { op: 'aten::_convolution', in: [at, `${name}.weight`, `${name}.bias`, [[1, 1]], [[1, 1]], [[1, 1]], [false], [[0, 0]], [1], [false], [false], [true], [true]] }
      : { op: 'aten::batch_norm', in: [at, `${name}.weight`, `${name}.bias`, `${name}.running_mean`, `${name}.running_var`, [false], [0.1], [1e-5], [true]] }),
  })),
  attrs: { conv_a: [1, 8], conv_b: [1, 8] },
  calls: Object.fromEntries(steps.map((name, at) => [name, [{ in: [at === 0 ? [1, 3, 8, 8] : map], out: map }]])),
};

async function openCrossed(page: Page, withFlow: boolean): Promise<void> {
  await openApp(page);
  const tree = { format: 'module-tree', version: 1, model: 'Crossed', modules, ...(withFlow ? { graph } : {}) };
  await dropFiles(page, [{ name: 'crossed.json', bytes: Buffer.from(JSON.stringify(tree)) }]);
  await expect(moduleRow(page, 'conv_a')).toBeVisible();
}

for (const { flow, pairs, title } of [
  { flow: true, pairs: ['conv_a, bn_a', 'conv_b, bn_b'], title: 'with the data flow by what really follows' },
  { flow: false, pairs: ['conv_a, bn_b', 'conv_b, bn_a'], title: 'without it by the order of the modules' },
]) {
  test(`G16: fusions are offered ${title}`, async ({ page }) => {
    await openCrossed(page, flow);
    await chooseMode(page, 'Quantization');
    await importList(page, '[{"op_types": ["Conv2d"], "target_names": ["weight"], "quant_dtype": "int8"}]');
    await addSetting(page, 'fuse_names');
    await page.getByRole('combobox', { name: /^Fusion 1 of/ }).click();
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText(pairs);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add all 2 pairs' }).click();
    const written = JSON.parse(await copyJson(page)) as { readonly fuse_names: readonly (readonly string[])[] };
    expect(written.fuse_names.map((names) => names.join(', '))).toEqual(pairs);
  });
}

test('G18: a preset aligns each norm with the convolution that really feeds it', async ({ page }) => {
  await openCrossed(page, true);
  await page.getByRole('button', { name: 'Channels, and the BatchNorm that follows' }).click();
  await expect(page.getByRole('heading', { name: '3 sub-configs' })).toBeVisible();
  const written = [await copyJson(page, 2), await copyJson(page, 3)];
  const followed = written.map((text) => [/"op_names": \["(\w+)"\]/.exec(text)?.[1], [...new Set([...text.matchAll(/"module_name": "(\w+)"/g)].map(([, name]) => name))]]);
  expect(followed).toEqual([['bn_b', ['conv_b']], ['bn_a', ['conv_a']]]);
});
