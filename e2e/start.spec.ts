import { expect, test } from '@playwright/test';
import { modelTree, openApp, openSample } from './fixtures/app.ts';

test('the start page is in the HTML that is served, before any script runs', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await expect(page.getByText('See what an NNI config does to your model')).toBeVisible();
  await expect(page.getByText('Drop a file of your model here')).toBeVisible();
  await context.close();
});

test('a pattern types itself over the example, which opens with a click', async ({ page }) => {
  await openApp(page);
  const example = page.getByRole('button', { name: /^Open this example: ResNet-18/ });
  await expect(example).toContainText('layer[34].*conv');
  await expect(example).toContainText('8 modules');
  await expect(example).toContainText('.*bn2', { timeout: 20_000 });
  await example.click();
  await expect(modelTree(page)).toBeVisible();
});

test('where motion is not wanted, the example stands still', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openApp(page);
  const example = page.getByRole('button', { name: /^Open this example: ResNet-18/ });
  await page.clock.install();
  await page.clock.runFor(20_000);
  await expect(example).toContainText('layer[34].*conv');
});

test('text is pasted anywhere in the dialog that opens a model', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('banner').getByRole('button', { name: /^resnet18/ }).click();
  await page.getByRole('menuitem', { name: 'Open another model' }).click();
  await page.getByRole('button', { name: 'Choose files' }).focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Pasted(\n  (only_here): Linear(in_features=2, out_features=2, bias=True)\n)');
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('banner').getByRole('button', { name: /^Pasted/ })).toBeVisible();
});

test('the styles are asked for before the script of the theme holds the parser up, and the code after the page that is painted first', async ({ page }) => {
  const html = await (await page.request.get('/')).text();
  const order = ['rel="preload"', 'rel="stylesheet"', 'src="./theme.js"', '<h1', 'type="module"', 'rel="modulepreload"'];
  const places = order.map((part) => html.indexOf(part));
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  // Once each of them is there, and nothing of the code before the page.
  expect(html.lastIndexOf('theme.js')).toBeLessThan(html.indexOf('<body'));
});
