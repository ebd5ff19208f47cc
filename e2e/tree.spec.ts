import { expect, test, type Page } from '@playwright/test';
import { dropFiles, modelTree, moduleRow, openApp, openSample } from './fixtures/app.ts';
import { keepEngineBack } from './fixtures/keep-engine-back.ts';
import { importList } from './fixtures/sub-configs-pane.ts';

const chosen = (page: Page) => modelTree(page).getByRole('treeitem', { selected: true });
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search modules' });

test.describe('the tree of resnet18', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
  });

  test('arrows, Home, End, * and letters go through the rows', async ({ page }) => {
    await moduleRow(page, '(root)').click();
    await page.keyboard.press('End');
    await expect(moduleRow(page, 'fc')).toBeFocused();
    await page.keyboard.press('l');
    await expect(moduleRow(page, 'layer1')).toBeFocused();
    await page.keyboard.press('l');
    await expect(moduleRow(page, 'layer2')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(moduleRow(page, 'layer2')).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(moduleRow(page, 'layer2.0')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(moduleRow(page, 'layer2')).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('*');
    await expect(moduleRow(page, 'layer4')).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Home');
    await expect(moduleRow(page, '(root)')).toBeFocused();
  });

  test('Shift and Ctrl choose several rows, Escape none; the chosen become a sub-config', async ({ page }) => {
    await moduleRow(page, 'conv1').click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Space');
    await expect(chosen(page)).toHaveCount(3);
    await expect(page.getByText('3 modules chosen')).toBeVisible();
    await page.getByRole('button', { name: 'Make a sub-config', exact: true }).click();
    await page.getByRole('button', { name: /^op_names conv1/ }).click();
    await expect(page.getByRole('combobox', { name: 'Name 3 of op_names, sub-config 1' })).toHaveValue('maxpool');
    await moduleRow(page, 'maxpool').focus();
    await page.keyboard.press('Escape');
    await expect(chosen(page)).toHaveCount(0);
  });

  test('keys, searches and types go through the rows', async ({ page }) => {
    await test.step('a type filters the tree; a search without hits says so and can be cleared', async () => {
      const linear = page.getByRole('button', { name: 'Linear, 1 module' });
      await linear.click();
      await expect(page.getByText('1 module found')).toBeVisible();
      await expect(moduleRow(page, 'fc')).toBeVisible();
      await expect(moduleRow(page, 'conv1')).toBeHidden();
      await search(page).fill('attention');
      await expect(page.getByText('No module found')).toBeVisible();
      await page.getByRole('button', { name: 'Clear the search' }).last().click();
      await expect(moduleRow(page, 'conv1')).toBeVisible();
      await expect(linear).toHaveAttribute('aria-pressed', 'false');
    });

    await test.step('Enter that is faster than the search goes to the hits of what was typed, not of its first letters', async () => {
      await search(page).fill('c');
      await expect(page.getByText('49 modules found', { exact: true })).toBeVisible();
      const release = await keepEngineBack(page);
      await search(page).fill('layer2.0.conv1');
      await page.keyboard.press('Enter');
      await expect(chosen(page)).toHaveCount(0);
      await release();
      await expect(page.getByText('1 of 1 module found')).toBeVisible();
      await expect(chosen(page)).toHaveAccessibleName(/^layer2\.0\.conv1,/);
      await expect(search(page)).toBeFocused();
      await search(page).fill('');
      await moduleRow(page, 'conv1').focus();
      await page.keyboard.press('Escape');
      await expect(chosen(page)).toHaveCount(0);
    });

    await test.step('Choose all and Ctrl+A that are faster than the search take the hits of what was typed', async () => {
      for (const way of ['button', 'keys']) {
        await search(page).fill('c');
        await expect(page.getByText('49 modules found', { exact: true })).toBeVisible();
        const release = await keepEngineBack(page);
        await search(page).fill('layer2.0.conv');
        if (way === 'button') await page.getByRole('button', { name: 'Choose all', exact: true }).click();
        else {
          await search(page).press('ArrowDown');
          await page.keyboard.press('Control+a');
        }
        await release();
        await expect(page.getByRole('toolbar', { name: 'Chosen modules' })).toContainText('2 modules chosen');
        await search(page).fill('');
        await moduleRow(page, 'conv1').focus();
        await page.keyboard.press('Escape');
        await expect(chosen(page)).toHaveCount(0);
      }
    });

    await test.step('Ctrl+F searches, Enter steps through the hits and round, the arrow goes to the tree', async () => {
      await page.keyboard.press('Control+f');
      await expect(search(page)).toBeFocused();
      await page.keyboard.type('conv1');
      await expect(page.getByText('9 modules found', { exact: true })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(chosen(page)).toHaveAccessibleName(/^conv1,/);
      await page.keyboard.press('Enter');
      await expect(chosen(page)).toHaveAccessibleName(/^layer1\.0\.conv1,/);
      await expect(page.getByText('2 of 9 modules found')).toBeVisible();
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.press('Shift+Enter');
      await expect(chosen(page)).toHaveAccessibleName(/^layer4\.1\.conv1,/);
      await expect(search(page)).toBeFocused();
      await page.keyboard.press('ArrowDown');
      await expect(search(page)).not.toBeFocused();
      await page.keyboard.press('Home');
      await expect(moduleRow(page, '(root)')).toBeFocused();
    });
  });
});

test.describe('choosing in the tree of resnet18', () => {
  test.beforeEach(async ({ page }) => {
    await openSample(page, 'ResNet-18');
  });

  test('Ctrl+A and a button choose all hits of a search; Shift and Ctrl go on from there', async ({ page }) => {
    await search(page).fill('conv1');
    await page.getByRole('button', { name: 'Choose all' }).click();
    await expect(chosen(page)).toHaveCount(9);
    await expect(page.getByText('9 modules chosen')).toBeVisible();
    await moduleRow(page, 'layer4.1.conv1').click({ modifiers: ['ControlOrMeta'] });
    await expect(page.getByText('8 modules chosen')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(chosen(page)).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByText('9 modules chosen')).toBeVisible();
    await search(page).fill('');
    await expect(moduleRow(page, 'conv1')).toHaveAttribute('aria-selected', 'true');
  });

  test('the menu of a row works on it, or on all that are chosen', async ({ page }) => {
    await moduleRow(page, 'conv1').click();
    await moduleRow(page, 'bn1').click({ button: 'right' });
    const menu = page.getByRole('menu', { name: 'Chosen modules' });
    await expect(menu.getByRole('menuitem', { name: 'Make a sub-config' })).toBeFocused();
    await expect(chosen(page)).toHaveAccessibleName(/^bn1,/);
    await expect(menu.getByRole('menuitem', { name: 'Add to …' })).toBeDisabled();
    await menu.getByRole('menuitem', { name: 'Copy the name' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('bn1');
    await expect(menu).toBeHidden();
    await moduleRow(page, 'fc').click();
    await page.keyboard.press('Shift+F10');
    await page.keyboard.press('ArrowDown');
    await expect(menu.getByRole('menuitem', { name: 'Choose all of this type' })).toBeFocused();
    await page.keyboard.press('Escape');
    await moduleRow(page, 'conv1').click({ button: 'right' });
    await menu.getByRole('menuitem', { name: 'Choose all of this type' }).click();
    await expect(page.getByText('20 modules chosen')).toBeVisible();
  });
});

test('a run of equal siblings stands for all its members', async ({ page }) => {
  await openSample(page, 'DeepSeek-V3');
  await page.getByRole('button', { name: 'Expand all' }).click();
  await modelTree(page).getByRole('treeitem', { name: /^model\.layers\.3 to 60, 58 × DecoderLayer/ }).click();
  await expect(page.getByText('58 modules chosen')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(moduleRow(page, 'model.layers.3')).toBeVisible();
});

test('names of 200 letters are cut, and the marks at the end of their rows stay in sight', async ({ page }) => {
  await openApp(page);
  const long = 'block_'.repeat(34);
  const tree = { '': 'Net', [long]: 'Sequential', [`${long}.${long}`]: 'Linear' };
  await dropFiles(page, [{ name: 'long.json', bytes: Buffer.from(JSON.stringify(tree)) }]);
  await importList(page, '[{"op_types": ["Linear"], "sparse_ratio": 0.5}]');
  await page.getByRole('button', { name: 'Expand all' }).click();
  const row = moduleRow(page, `${long}.${long}`);
  await row.click();
  await expect(row.getByTitle('Selected by sub-config 1')).toBeInViewport({ ratio: 1 });
  await expect(row.getByText('Linear')).toBeInViewport({ ratio: 1 });
});

test.describe('a tree of 4,002 rows, none like another', () => {
  test.beforeEach(async ({ page }) => {
    await openApp(page);
    const tree: Record<string, string> = { '': 'Net' };
    for (let block = 0; block < 1000; block++) {
      tree[`block${block}`] = `Block${block}`;
      for (const part of ['norm', 'linear', 'gate']) tree[`block${block}.${part}`] = `${part}${block}`;
    }
    tree['head'] = 'Linear';
    await dropFiles(page, [{ name: 'uneven.json', bytes: Buffer.from(JSON.stringify(tree)) }]);
    await page.getByRole('button', { name: 'Expand all' }).click();
    await expect(moduleRow(page, 'block0.gate')).toBeVisible();
  });

  test('the keyboard goes from one end to the other, and chooses all between', async ({ page }) => {
    await moduleRow(page, '(root)').click();
    await page.keyboard.press('End');
    await expect(moduleRow(page, 'head')).toBeFocused();
    await expect(moduleRow(page, 'head')).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowUp');
    await expect(modelTree(page).locator(':focus')).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Home');
    await expect(moduleRow(page, '(root)')).toBeFocused();
    for (const letter of 'block500') await page.keyboard.press(letter);
    await expect(moduleRow(page, 'block500')).toBeFocused();
    await expect(moduleRow(page, 'block500')).toHaveAttribute('aria-posinset', '501');
    await expect(moduleRow(page, 'block500')).toHaveAttribute('aria-setsize', '1001');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+End');
    await expect(moduleRow(page, 'head')).toBeFocused();
    await expect(page.getByText('2,001 modules chosen')).toBeVisible();
    await page.keyboard.press('Shift+Home');
    await expect(page.getByText('2,002 modules chosen')).toBeVisible();
  });

  test('a branch far down closes and opens, and what is around it stays', async ({ page }) => {
    const tree = modelTree(page);
    await tree.evaluate((element) => {
      const scrolled = [...element.querySelectorAll('*')].find((inner) => inner.scrollHeight > inner.clientHeight + 50)!;
      scrolled.scrollTop = 26 * 2000;
    });
    const row = moduleRow(page, 'block502');
    await row.click();
    // The tree gives room to the actions for the row, and keeps the row in sight then.
    await expect(page.getByText('1 module chosen')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Complete with another file' })).toBeVisible();
    await expect(row).toBeInViewport({ ratio: 1 });
    // Within the tree: a message above it may come a moment later.
    const placeInTree = async () => (await row.boundingBox())!.y - (await tree.boundingBox())!.y;
    const place = await placeInTree();
    await page.keyboard.press('ArrowLeft');
    await expect(row).toHaveAttribute('aria-expanded', 'false');
    await expect(moduleRow(page, 'block502.norm')).toHaveCount(0);
    expect(await placeInTree()).toBe(place);
    await row.locator('button').click();
    await expect(moduleRow(page, 'block502.norm')).toBeVisible();
    await expect(row).toBeFocused();
    expect(await placeInTree()).toBe(place);
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await expect(moduleRow(page, 'head')).toBeInViewport();
  });

  test('a search lists all that it finds', async ({ page }) => {
    await search(page).fill('norm');
    await expect(page.getByText('1,000 modules found')).toBeVisible();
    await page.keyboard.press('Shift+Enter');
    // The actions for it appear below the tree, which gives room to them.
    await expect(page.getByText('1 module chosen')).toBeVisible();
    await expect(moduleRow(page, 'block999.norm')).toBeInViewport({ ratio: 1 });
    await search(page).fill('');
    await expect(moduleRow(page, 'block999.norm')).toHaveAttribute('aria-selected', 'true');
  });
});

test('a row a hundred levels down shows its name', async ({ page }) => {
  await openApp(page);
  const names = Array.from({ length: 100 }, (_, depth) => Array.from({ length: depth }, (__, at) => `m${at}`).join('.'));
  const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, 'Block'])));
  await dropFiles(page, [{ name: 'deep.json', bytes: Buffer.from(text) }]);
  await page.getByRole('button', { name: 'Expand all' }).click();
  await moduleRow(page, '(root)').click();
  await page.keyboard.press('End');
  const label = modelTree(page).getByText('m98', { exact: true });
  await expect(label).toBeInViewport();
  expect(await label.evaluate(({ scrollWidth, clientWidth }) => [clientWidth > 0, scrollWidth <= clientWidth])).toEqual([true, true]);
});

test('on a phone, a type keeps its room next to a very long name', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page);
  const text = 'Net(\n  (a_very_long_module_name_of_the_encoder): Sequential(\n    (deep_and_long_projection_of_the_values_out): BatchNorm2d(8)\n  )\n  (up): ConvTranspose2d(8, 8, 2)\n)';
  await dropFiles(page, [{ name: 'model.txt', bytes: Buffer.from(text) }]);
  for (const name of ['BatchNorm2d', 'ConvTranspose2d']) {
    const type = modelTree(page).getByText(name, { exact: true });
    await expect(type).toBeVisible();
    expect(await type.evaluate(({ clientWidth, scrollWidth }) => scrollWidth - clientWidth)).toBe(0);
  }
});

test('a list of names gives the columns of shapes and parameters to names and types', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const sort = page.getByRole('button', { name: 'Sort siblings by parameters' });
  await expect(sort).toBeVisible();
  const names = { '': 'Net', block: 'Sequential', 'block.projection_of_the_queries': 'ColumnParallelLinear' };
  await dropFiles(page, [{ name: 'names.json', bytes: Buffer.from(JSON.stringify(names)) }]);
  const type = modelTree(page).getByText('ColumnParallelLinear', { exact: true });
  await expect(type).toBeVisible();
  await expect(sort).toBeHidden();
  expect(await type.evaluate(({ clientWidth, scrollWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test('a type ends before the shape next to it, however long the name is', async ({ page }) => {
  await openApp(page);
  const text = 'Net(\n  (a_very_long_module_name_of_the_encoder): Sequential(\n    (deep_and_long_projection_of_the_values_that_goes_on_and_on): BatchNorm2d(8)\n  )\n)';
  await dropFiles(page, [{ name: 'model.txt', bytes: Buffer.from(text) }]);
  const type = modelTree(page).getByText('BatchNorm2d', { exact: true });
  await expect(type).toBeVisible();
  const [end, shape] = await type.evaluate((node) => {
    const words = document.createRange();
    words.selectNodeContents(node);
    return [words.getBoundingClientRect().right, node.nextElementSibling!.getBoundingClientRect().left];
  });
  expect(end).toBeLessThanOrEqual(shape);
});
