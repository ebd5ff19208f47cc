import { expect, test } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openApp, openSample, sampleBytes, sampleText } from './fixtures/app.ts';

test('opens a dropped module tree, gzipped', async ({ page }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'gpt2.json.gz', bytes: sampleBytes('gpt2') }]);
  await expect(modelTree(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /gpt2/ })).toContainText('164 modules');
});

test('opens the text of print(model) that is pasted', async ({ page }) => {
  await openApp(page);
  await page.getByRole('button', { name: 'Paste text' }).click();
  await page
    .getByRole('textbox', { name: 'Text of the model' })
    .fill('Net(\n  (blocks): ModuleList(\n    (0-2): 3 x Linear(in_features=8, out_features=4, bias=True)\n  )\n)');
  await page.getByRole('button', { name: 'Open this text' }).click();
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(modelTree(page).getByRole('treeitem', { name: /^blocks\.0 to 2, 3 × Linear/ })).toBeVisible();
});

test('opens a picked file', async ({ page }) => {
  await openApp(page);
  await page.getByLabel('Files of the model').setInputFiles({
    name: 'names.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"": "Net", "a": "Sequential", "a.0": "Linear"}'),
  });
  await expect(modelTree(page)).toBeVisible();
  await expect(moduleRow(page, 'a')).toBeVisible();
});

test('a bad file says what is wrong and leaves the open model open', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await dropFiles(page, [{ name: 'broken.json', bytes: Buffer.from(sampleText('resnet18').slice(0, 5000)) }]);
  const alert = page.getByRole('alert').filter({ hasText: 'broken.json' });
  await expect(alert).toBeVisible();
  await expect(moduleRow(page, 'conv1')).toBeVisible();
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
});

test('a model with shared modules and odd names opens', async ({ page }) => {
  await openSample(page, 'Oddities');
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(moduleRow(page, 'parts.größe')).toBeVisible();
  await expect(moduleRow(page, 'parts.x[0]')).toBeVisible();
});

test('the tree answers the keyboard', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await moduleRow(page, 'layer1').click();
  await page.keyboard.press('ArrowRight');
  await expect(moduleRow(page, 'layer1.0')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(moduleRow(page, 'layer1.0')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(moduleRow(page, 'layer1.0')).toBeHidden();
  await page.keyboard.press('End');
  await expect(moduleRow(page, 'fc')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('c');
  await expect(moduleRow(page, 'conv1')).toBeFocused();
});

test('the work survives a reload; the content security policy holds', async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  await openSample(page, 'BERT base');
  await page.getByRole('button', { name: /^Prune all / }).first().click();
  await page.reload();
  await expect(modelTree(page)).toBeVisible();
  await expect(page.getByRole('article', { name: 'Sub-config 1' })).toBeVisible();
  expect(refused).toEqual([]);
});

test('the server of the page forbids frames and guessed types, and says what may be kept', async ({ page, request }) => {
  await openApp(page);
  const script = await page.evaluate(() => document.querySelector('script[type=module]')?.getAttribute('src') ?? '');
  const answers = await Promise.all(['/', '/service-worker.js', script, '/samples/resnet18.json.gz'].map((path) => request.get(path)));
  for (const answer of answers) {
    expect(answer.headers()).toMatchObject({
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
  expect(answers.map((answer) => answer.headers()['cache-control'])).toEqual([
    'no-cache',
    'no-cache',
    'public, max-age=31536000, immutable',
    'no-cache',
  ]);
});
