import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/axe.ts';
import { dropFiles, modelTree, openApp, openSample } from './fixtures/app.ts';
import { abortParts } from './fixtures/late-parts.ts';
import { settled } from './fixtures/plans.ts';

test.use({ contextOptions: { reducedMotion: 'no-preference' } });

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
  // It opens as it was shown: with the pattern, which lights up.
  await expect(page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ })).toHaveValue('layer[34].*conv');
  await expect(page.getByRole('status', { name: 'Verdict', exact: true })).toHaveText('Ready: NNI accepts this list');
  await expect(page.getByRole('treeitem', { name: /^layer3\.0\.conv1,/ })).toBeVisible();
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

test('the first paint waits for no file but the HTML, and the code of the page for the first paint', async ({ page }) => {
  const html = await (await page.request.get('/')).text();
  const outside = html.replaceAll(/<template[^]*?<\/template>/g, '');
  expect(outside.match(/<link[^>]*rel="(?!icon")[^>]*>/g)).toBeNull();
  // A module script waits until the whole HTML is read.
  expect(outside.match(/<script[^>]*src=[^>]*>/g)).toEqual([expect.stringContaining('type="module"')]);
  expect(html.match(/rel="modulepreload"/g)!.length).toBeGreaterThan(2);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/');
  await expect(page.locator('#root')).toHaveJSProperty('inert', false);
  const [paint, code] = await page.evaluate(() => [
    performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    performance.getEntriesByType('resource').find(({ name }) => /\/page-[^/]*\.js$/.test(name))!.startTime,
  ]);
  expect(code).toBeGreaterThan(paint);
  expect(asked.filter((path) => path.endsWith('.css'))).toEqual([]);
});

test('without any code, the start page has its styles and the theme of the system', async ({ browser }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.route('**/assets/**', (route) => route.abort());
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expect(page.locator('body')).toHaveCSS('background-color', colorScheme === 'dark' ? 'rgb(22, 25, 29)' : 'rgb(255, 255, 255)');
    await context.close();
  }
});

test('a browser that reports no paint starts the page, too', async ({ page }) => {
  await page.addInitScript(() => {
    PerformanceObserver.prototype.observe = () => undefined;
  });
  await page.goto('/');
  await expect(page.locator('#root')).toHaveJSProperty('inert', false);
});

test('V3: a list that is dropped before any model is imported, shown and judged as far as that needs no model', async ({ page }) => {
  await openApp(page);
  const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names_re": ["layer[34]"], "sparse_ratio": 1}]';
  await dropFiles(page, [{ name: 'list.json', bytes: Buffer.from(list) }]);
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import' }).click();
  const shown = page.getByRole('region', { name: 'Your list' });
  await expect(shown).toContainText('2 sub-configs for pruning, no model yet');
  await expect(shown.getByRole('listitem').first()).toContainText('Conv2d');
  await expect(shown.getByRole('listitem').first()).toContainText('sparse_ratio 0.5');
  await expect(shown.getByRole('listitem').nth(1)).toContainText('sparse_ratio must be');
  const verdict = shown.getByRole('status', { name: 'Verdict without a model' });
  await expect(verdict).toContainText('Refused with any model: sparse_ratio');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('status', { name: 'Verdict on the export' })).toContainText('Refused with any model');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(shown).toBeHidden();
  await dropFiles(page, [{ name: 'list.json', bytes: Buffer.from(list.replace(' 1}', ' 0.5}')) }]);
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import' }).click();
  await expect(verdict).toContainText('NNI accepts the keys and values');
  await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
  await expect(page.getByRole('article', { name: 'Sub-config 2', exact: true })).toBeVisible();
});

test('V3: the list without a model is checked off the page, and a check that did not come is asked for again', async ({ page }) => {
  await openApp(page);
  await dropFiles(page, [{ name: 'list.json', bytes: Buffer.from('[{"op_types": ["Conv2d"], "sparse_ratio": "0.5"}]') }]);
  await page.getByRole('dialog', { name: 'Import' }).getByRole('button', { name: 'Import' }).click();
  const shown = page.getByRole('region', { name: 'Your list' });
  const verdict = shown.getByRole('status', { name: 'Verdict without a model' });
  await expect(verdict).toContainText('Refused with any model: sparse_ratio');
  // The text and not the number: else the refusal makes no sense.
  await expect(shown.getByRole('listitem')).toContainText('sparse_ratio "0.5"');
  await settled(page);
  const { missing } = await abortParts(page, ['engine']);
  await page.reload();
  await expect(verdict).toHaveText('Not checked');
  await expect(shown.getByRole('listitem')).toContainText('sparse_ratio "0.5"');
  await expectAccessible(page);
  missing.clear();
  await shown.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(verdict).toContainText('Refused with any model: sparse_ratio');
  await expect(shown.getByRole('alert')).toHaveCount(0);
});

/** Opens the page and holds its code back; gives a function that lets it come. */
async function openWithoutCode(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(/\/assets\/page-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'load' });
  await expect(page.locator('#root')).toHaveJSProperty('inert', true);
  return letGo;
}

test('a model that is dropped or pasted before the code is there opens when it is', async ({ page }) => {
  const text = 'Early(\n  (only_here): Linear(in_features=2, out_features=2, bias=True)\n)';
  for (const way of ['drop', 'paste']) {
    const letGo = await openWithoutCode(page);
    // Without the hidden fields, which nobody would read yet.
    await expect(page.locator('input[type=file]')).toHaveCount(0);
    const isTaken = await page.evaluate(
      ([kind, content]) => {
        const data = new DataTransfer();
        if (kind === 'paste') data.setData('text/plain', content!);
        else data.items.add(new File([content!], 'early.txt', { type: 'text/plain' }));
        const over = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(over);
        document.body.dispatchEvent(
          kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
        return over.defaultPrevented;
      },
      [way, text],
    );
    expect(isTaken).toBe(way === 'drop');
    letGo();
    await expect(page.getByRole('banner').getByRole('button', { name: way === 'drop' ? /^early/i : /^Early/ })).toBeVisible();
    await page.unrouteAll();
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }
});

test('a folder that is dropped before the code is there opens as a later one', async ({ page }) => {
  const letGo = await openWithoutCode(page);
  await page.evaluate(() => {
    const model = new File(['{"": "Net", "only_here": "Linear"}'], 'names.json');
    const file = { name: 'names.json', fullPath: '/net/names.json', isFile: true, isDirectory: false, file: (resolve: (file: File) => void) => resolve(model) };
    const children = [file];
    const readEntries = (resolve: (some: readonly unknown[]) => void) => resolve(children.splice(0));
    const folder = { name: 'net', fullPath: '/net', isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
    const data = new DataTransfer();
    data.items.add(new File([''], 'net'));
    // The browser gives an entry only while the event lasts.
    let lasts = true;
    DataTransferItem.prototype.webkitGetAsEntry = () => (lasts ? (folder as unknown as FileSystemEntry) : null);
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    lasts = false;
  });
  letGo();
  await expect(modelTree(page).getByRole('treeitem', { name: /^only_here/ })).toBeVisible();
});
