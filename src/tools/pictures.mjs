// `node src/tools/pictures.mjs`: takes the pictures of the README from the built page, light and dark, and the pictures of docs/. `… docs` takes only the pictures of docs/.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser } from './browser.mjs';
import { takeDocPictures } from './doc-pictures.mjs';
import { binary, ensureInstalled, root, run } from './install.mjs';

const port = 4323;
const address = `http://127.0.0.1:${port}/`;
const folder = join(root, 'docs', 'pictures');

const pruning = [
  { op_types: ['Conv2d'], exclude_op_names: ['conv1'], exclude_op_names_re: ['.*downsample'], sparse_ratio: 0.5, granularity: 'out_channel' },
  { op_names_re: ['layer[34]\\..*downsample\\.0$'], sparse_ratio: 0.3 },
  { op_types: ['Linear'], op_names: ['fc'], sparse_ratio: 0.8 },
];
const quantization = [
  {
    op_types: ['Conv2d'],
    target_names: ['_input_', 'weight', '_output_'],
    quant_dtype: 'int8',
    quant_scheme: 'affine',
    fuse_names: [['conv1', 'bn1'], ['layer1.0.conv1', 'layer1.0.bn1'], ['layer1.0.conv2', 'layer1.0.bn2']],
  },
  { op_names: ['fc'], target_names: ['weight'], quant_dtype: 'int4', granularity: 'out_channel' },
];
/** Every second block of the teacher, and one link whose shapes do not fit. */
const distillation = [
  ...[0, 1, 2, 3].map((block) => ({
    op_names: [`bert.encoder.layer.${block}.output.dense`],
    lambda: 0.5,
    link: `bert.encoder.layer.${2 * block + 1}.output.dense`,
    apply_method: 'mse',
  })),
  { op_names: ['bert.encoder.layer.0.intermediate.dense'], lambda: 0.5, link: 'bert.encoder.layer.0.output.dense', apply_method: 'mse' },
];

/** Numbers that NNI wants as floats are written with their point. */
const asJson = (list) => JSON.stringify(list, null, 2).replace(/("(?:lambda|sparse_ratio)": \d+)(?=[,\n])/g, '$1.0');

const scenes = [
  { name: 'start' },
  { name: 'pruning', sample: 'ResNet-18', mode: 'Pruning', list: pruning, module: 'layer1.0.conv2' },
  { name: 'quantization', sample: 'ResNet-18', mode: 'Quantization', list: quantization, panel: 'Overview' },
  { name: 'distillation', sample: 'BERT base', mode: 'Distillation', list: distillation, showsLinks: true },
];

async function show(page, scene) {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const no = page.getByRole('button', { name: 'No, thanks' });
  if (await no.isVisible()) await no.click();
  if (!scene.sample) {
    await page.getByRole('heading', { name: 'How to get a file of your model' }).waitFor();
    return;
  }
  const samples = page.getByRole('region', { name: 'Samples' });
  const sample = samples.getByRole('button', { name: scene.sample });
  if ((await sample.count()) === 0) await samples.getByRole('button', { name: /more samples$/ }).click();
  await sample.click();
  await page.getByRole('tree', { name: 'Modules' }).waitFor();
  await page.getByRole('tab', { name: scene.mode }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByRole('textbox').fill(asJson(scene.list));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('article', { name: /^Sub-config/ }).first().waitFor();
  await page.getByRole('button', { name: scene.showsLinks ? 'Show links' : 'Expand all' }).click();
  if (scene.panel) await page.getByRole('tab', { name: scene.panel }).click();
  if (scene.module) await page.getByRole('treeitem', { name: new RegExp(`^${scene.module},`) }).click();
  await page.waitForTimeout(2500);
  await page.mouse.move(1, 1);
}

ensureInstalled();
const executablePath = await ensureBrowser();
for (const mode of ['production', 'report', 'cli']) if (run(binary('vite'), ['build', '--mode', mode, '--logLevel', 'warn']) !== 0) process.exit(1);
const onlyDocs = process.argv[2] === 'docs';
mkdirSync(folder, { recursive: true });
const args = ['preview', '--outDir', 'dist/app', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
const server = spawn(binary('vite'), args, { cwd: root, stdio: 'ignore' });
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await fetch(address).then(() => true, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  await takeDocPictures(browser, { address, root, target: folder });
  for (const colorScheme of onlyDocs ? [] : ['light', 'dark']) {
    for (const scene of scenes) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
      const page = await context.newPage();
      await show(page, scene);
      await page.screenshot({ path: join(folder, `${scene.name}-${colorScheme}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  server.kill();
}
