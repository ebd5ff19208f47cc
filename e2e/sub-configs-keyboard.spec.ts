import { expect, test, type Page } from '@playwright/test';
import { dropFiles, moduleRow, openSample, sampleBytes } from './fixtures/app.ts';
import { cardTitle } from './fixtures/sub-configs-pane.ts';
import { holdBack } from './fixtures/late-parts.ts';

const card = (page: Page, number: number) => page.getByRole('article', { name: `Sub-config ${number}` });
const pattern = (page: Page, index: number) =>
  page.getByRole('textbox', { name: `Pattern ${index} of op_names_re, sub-config 1` });
const two = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}, {"op_names": ["fc"], "sparse_ratio": 0.2}]';

async function importList(page: Page, list: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await dialog.getByRole('textbox').fill(list);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(dialog).toBeHidden();
}

test('patterns by keyboard: Enter goes to the next, Backspace removes an empty one', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await pattern(page, 1).fill('layer1');
  await page.keyboard.press('Enter');
  await expect(pattern(page, 2)).toBeFocused();
  await page.keyboard.type('fc');
  await expect(pattern(page, 2)).toBeFocused();
  await expect(card(page, 1)).toContainText('selects 14 modules');
  for (let press = 0; press < 3; press++) await page.keyboard.press('Backspace');
  await expect(pattern(page, 1)).toBeFocused();
  await expect(pattern(page, 3)).toBeHidden();
  await expect(card(page, 1)).toContainText('selects 13 modules');
});

test('cards are ordered, removed and edited by keyboard, and undo goes back where it was pressed', async ({ page }) => {
  await openSample(page, 'ResNet-18');

  await test.step('Alt and arrows reorder, keep the focus and are announced', async () => {
    await importList(page, two);
    await page.getByRole('switch', { name: 'Use sub-config 2' }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(page.getByRole('switch', { name: 'Use sub-config 1' })).toBeFocused();
    await expect(page.getByText('Sub-config 2 moved: now number 1 of 2.')).toBeAttached();
    await expect(page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' })).toHaveValue('0.2');
    await page.keyboard.press('Alt+ArrowUp');
    await expect(page.getByText('Sub-config 1 stays number 1 of 2.')).toBeAttached();
  });

  await test.step('the menu of a card by keyboard: letters, removing, where the focus goes, undo', async () => {
    await importList(page, two);
    await page.getByRole('button', { name: 'Actions of sub-config 2' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
    await page.keyboard.press('c');
    await expect(page.getByRole('menuitem', { name: 'Copy as JSON' })).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(card(page, 2)).toBeHidden();
    await expect(cardTitle(page, 1)).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(card(page, 2)).toBeVisible();
  });

  await test.step('undo within a field shows the value of the plan again; what was not written goes first', async () => {
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5, "odd": [1]}]');
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1' });
    const slider = page.getByRole('slider', { name: 'Slider of sparse_ratio, sub-config 1' });
    await ratio.fill('0.75');
    await expect(slider).toHaveValue('0.75');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(ratio).toHaveValue('0.5');
    await page.keyboard.press('ControlOrMeta+y');
    await expect(ratio).toHaveValue('0.75');
    await ratio.fill('half');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(ratio).toHaveValue('0.75');
    await expect(slider).toHaveValue('0.75');

    const odd = page.getByRole('textbox', { name: 'odd as JSON, sub-config 1' });
    await odd.fill('[2]');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(odd).toHaveValue('[1]');
    // The field of the search undoes its own typing.
    await page.getByRole('searchbox', { name: 'Search modules' }).pressSequentially('conv');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(ratio).toHaveValue('0.75');
  });

  await test.step('odd values and unknown keys are kept, shown as JSON and edited as such', async () => {
    await importList(page, '[{"op_names": "x", "sparse_ratio": "0.5", "foo": [1], "align": null}]');
    const raw = (key: string) => page.getByRole('textbox', { name: `${key} as JSON, sub-config 1` });
    await expect(raw('op_names')).toHaveValue('"x"');
    await expect(raw('sparse_ratio')).toHaveValue('"0.5"');
    await expect(raw('align')).toHaveValue('null');
    await raw('foo').fill('[1,');
    await expect(card(page, 1)).toContainText('Not JSON yet, so the value of before stays');
    await raw('foo').fill('[1, 2]');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Config list as JSON' }).textContent()).toBe(
      '[\n  {\n    "op_names": "x",\n    "sparse_ratio": "0.5",\n    "align": null,\n    "foo": [1, 2]\n  }\n]\n',
    );
  });
});

test('every setting key of every mode can be added by keyboard; removing one can be undone', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  for (const [mode, keys] of [['Pruning', 10], ['Quantization', 5], ['Distillation', 3]] as const) {
    await test.step(mode, async () => {
      await page.getByRole('tab', { name: mode }).click();
      await page.getByRole('button', { name: 'Start with a pattern' }).click();
      const add = page.getByRole('button', { name: 'Add a setting to sub-config 1' });
      const removers = card(page, 1).getByRole('button', { name: /^Remove [a-z_]+, sub-config 1$/ });
      await expect(removers).not.toHaveCount(0);
      for (let present = await removers.count(); present < keys; present++) {
        await add.focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toHaveCount(1);
        await page.keyboard.press('Enter');
        await expect(removers).toHaveCount(present + 1);
      }
      await expect(removers).toHaveCount(keys);
      // Only targets are left to be added.
      await add.press('Enter');
      await expect(page.getByRole('menuitem', { name: /^[a-z]+_(?:ratio|dtype|method)/ })).toHaveCount(0);
      await page.keyboard.press('Escape');
      await card(page, 1).getByRole('button', { name: 'Remove apply_method, sub-config 1' }).click();
      await expect(removers).toHaveCount(keys - 1);
      await expect(add).toBeFocused();
      await page.keyboard.press('Control+z');
      await expect(removers).toHaveCount(keys);
    });
  }
});

test('distillation: a file dropped where a teacher is asked for is the teacher', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.getByRole('tab', { name: 'Distillation' }).click();
  await page.getByRole('button', { name: 'Open a teacher' }).click();
  await dropFiles(page, [{ name: 'bert_base.json.gz', bytes: sampleBytes('bert_base') }]);
  await expect(page.getByText('Teacher: bert_base, 231 modules', { exact: true })).toBeVisible();
  await expect(moduleRow(page, 'layer1')).toBeVisible();
});

test('letters typed before the first pattern has its field are not lost', async ({ page }) => {
  const release = await holdBack(page, '**/assets/document-actions-*.js');
  await openSample(page, 'ResNet-18');
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  await page.keyboard.type('layer[34]x');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  release();
  await expect(pattern(page, 1)).toHaveValue('layer[34]');
  await page.keyboard.type('.*conv');
  await expect(pattern(page, 1)).toHaveValue('layer[34].*conv');
  await expect(card(page, 1)).toContainText('selects 8 modules');
  await expect(card(page, 2)).toHaveCount(0);
});
