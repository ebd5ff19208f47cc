import { expect, test, type Page } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { openJson, jsonField, subConfigsPane } from './fixtures/side-pane.ts';
import { card, importList } from './fixtures/sub-configs-pane.ts';

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Command palette' });
}

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette(page).getByRole('combobox', { name: 'Action or module' })).toBeFocused();
  await page.keyboard.type(text);
}

function chosen(page: Page) {
  return palette(page).getByRole('option', { selected: true });
}

test('goes to a module of a model of 75,396 by parts of its name', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await type(page, 'experts.77.up 41');
  await expect(chosen(page)).toContainText('model.layers.41.mlp.experts.77.up_proj');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(moduleRow(page, 'model.layers.41.mlp.experts.77.up_proj')).toBeVisible();
  // Recent choices come first, also before anything is typed.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(chosen(page)).toContainText('model.layers.41.mlp.experts.77.up_proj');
  await expect(chosen(page)).toContainText('Recent');
});

test('changes the plan by name, and undoes it by name', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}, {"op_names": ["conv1"], "sparse_threshold": 0.1}]');
  await type(page, 'add sparse ratio');
  await expect(chosen(page)).toContainText('Add sparse_ratio to #2');
  await page.keyboard.press('Enter');
  await expect(card(page, 2).getByRole('textbox', { name: 'sparse_ratio' })).toBeFocused();
  await type(page, 'swoff');
  await expect(chosen(page)).toContainText('Switch #1 off');
  await page.keyboard.press('Enter');
  await expect(subConfigsPane(page).getByText('off: left out of the list')).toBeVisible();
  await type(page, 'undo');
  await expect(chosen(page)).toHaveText(/^Undo: Switch #1 off/);
  await page.keyboard.press('Enter');
  await expect(subConfigsPane(page).getByText('off: left out of the list')).toBeHidden();
  await type(page, 'redo');
  await expect(chosen(page)).toHaveText(/^Redo: Switch #1 off/);
});

test('modes, themes and samples; from the start page too', async ({ page }) => {
  await openApp(page);
  await type(page, 'bert');
  await page.keyboard.press('Enter');
  await expect(modelTree(page)).toBeVisible();
  await type(page, 'quant');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /^Quantization/ })).toHaveAttribute('aria-selected', 'true');
  await type(page, 'dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('has the letters that are typed right after its keys, before it is fetched', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('dark');
  await expect(page.getByRole('combobox', { name: 'Action or module' })).toHaveValue('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('opens anywhere, narrows, and leaves the focus where it was', async ({ page }) => {
  await openSample(page, 'ResNet-18');

  await test.step('arrows go around, a prefix narrows, the keys stand beside the actions', async () => {
    await type(page, '@conv1');
    const options = palette(page).getByRole('option');
    // conv1, and one in each of eight blocks: the list grows and shrinks with each letter until the engine has answered for the last.
    await expect(options).toHaveCount(9);
    await page.keyboard.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ControlOrMeta+k');
    await expect(palette(page)).toBeHidden();
    await type(page, '>search');
    await expect(chosen(page)).toContainText(/Search the model.*(Ctrl\+|⌘)F/);
    await page.keyboard.press('Escape');
  });

  await test.step('the palette opens again in the same moment in which Escape closed it', async () => {
    await type(page, 'diff');
    // Both keys in one task, as no person can: the browser reports only afterwards that a dialog was closed.
    await page.evaluate(() => {
      const press = (key: string, ctrlKey = false) =>
        document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
      press('Escape');
      return Promise.resolve().then(() => press('k', true));
    });
    await expect(palette(page).getByRole('combobox', { name: 'Action or module' })).toHaveValue('');
    await expect(palette(page).getByRole('combobox', { name: 'Action or module' })).toBeFocused();
    await page.keyboard.press('Escape');
  });

  await test.step('the menu is as wide as its items', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    const items = page.getByRole('menu', { name: 'More' }).getByRole('menuitem');
    await expect(items.nth(5)).toBeVisible();
    const heights = await items.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height));
    expect(new Set(heights).size).toBe(1);
    await page.keyboard.press('Escape');
  });

  await test.step('every key of the list of shortcuts that opens something does so', async () => {
    await modelTree(page).focus();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(list.getByText('Command palette: every action and every module')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+f');
    await expect(page.getByRole('searchbox', { name: 'Search modules' })).toBeFocused();
  });

  await test.step('opens over the JSON editor and gives the focus back', async () => {
    await openJson(page);
    await jsonField(page).focus();
    await type(page, 'no such thing at all');
    await expect(palette(page).getByText('Nothing is called that.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(jsonField(page)).toBeFocused();
  });
});

test('actions are found by other words for them; the plan is renamed and emptied from here', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}, {"op_names": ["conv1"]}]');
  await type(page, 'open another model');
  await expect(chosen(page)).toContainText('Open a model');
  await page.keyboard.press('Escape');
  await type(page, 'diff');
  await expect(chosen(page)).toContainText('Compare plans');
  await page.keyboard.press('Escape');
  await type(page, 'clear');
  await expect(chosen(page)).toContainText('Remove all sub-configs');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No sub-config for pruning yet')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(card(page, 2)).toBeVisible();
  await type(page, 'rename');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of the plan' })).toBeFocused();
  await page.keyboard.type('Half of it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Plan: Half of it' })).toBeFocused();
});

test('a very long name is cut where names are alike, not at its end', async ({ page }) => {
  await openApp(page);
  const start = 'encoder.'.repeat(20);
  const names = Object.fromEntries(['', `${start}first_projection`, `${start}second_projection`].map((name) => [name, 'Linear']));
  await dropFiles(page, [{ name: 'names.json', bytes: Buffer.from(JSON.stringify(names)) }]);
  await expect(modelTree(page)).toBeVisible();
  await type(page, '@projection');
  const option = palette(page).getByRole('option', { name: `${start}second_projection` });
  const list = palette(page).getByRole('listbox');
  const end = option.locator('[aria-hidden] > :last-child');
  await expect(end).toHaveText(/second_projection$/);
  const [outer, inner] = [await list.boundingBox(), await end.boundingBox()];
  expect(inner!.x + inner!.width).toBeLessThan(outer!.x + outer!.width);
});

test('on a phone a module is found with its whole name and type', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page, 'BERT base');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('self.query');
  const option = page.getByRole('option', { name: /bert\.encoder\.layer\.0\.attention\.self\.query/ });
  for (const text of ['bert.encoder.layer.0.attention.self.query', 'Linear']) {
    const part = option.locator(`xpath=./span[normalize-space(.)="${text}"]`);
    expect(await part.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
});

test('a fix is offered for each place, under the number of its card, also behind one that is off', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await importList(
    page,
    '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["fc"], "sparse_ratio": 1}, {"op_names": ["conv1"], "sparse_ratio": 1}]',
  );
  await type(page, 'switch #1 off');
  await page.keyboard.press('Enter');
  await type(page, 'write 1.0');
  await expect(palette(page).getByRole('option', { name: /Write 1\.0 \(#2\)/ })).toBeVisible();
  await expect(palette(page).getByRole('option', { name: /Write 1\.0 \(#3\)/ })).toBeVisible();
  await expect(palette(page).getByRole('option', { name: /Write 1\.0 \(#1\)/ })).toHaveCount(0);
  await palette(page).getByRole('option', { name: /Write 1\.0 \(#3\)/ }).click();
  await type(page, 'write 1.0');
  await expect(palette(page).getByRole('option', { name: /Write 1\.0 \(#2\)/ })).toBeVisible();
  await expect(palette(page).getByRole('option', { name: /Write 1\.0 \(#3\)/ })).toHaveCount(0);
});
