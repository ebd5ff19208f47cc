import { chromium, expect, test, type Locator } from '@playwright/test';
import { modelTree, moduleRow, openSample } from './fixtures/app.ts';
import { addCondition, chooseMode, importList } from './fixtures/sub-configs-pane.ts';

/** Pages whose scrollbars take room, as on Windows and Linux: the tests' own browser hides them. */
const withScrollbars = test.extend({
  page: async ({ launchOptions, baseURL }, give) => {
    const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--hide-scrollbars'] });
    const page = await browser.newPage({ ...(baseURL && { baseURL }), viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block' });
    await give(page);
    await browser.close();
  },
});

const scrollbarOf = (scroller: Locator) => scroller.evaluate((node) => (node as HTMLElement).offsetWidth - node.clientWidth);

/** Where the last columns of a grid end, in pixels of the page. The columns before them are as wide as the texts in their row. */
const endsOf = (grid: Locator, last: number) =>
  grid.evaluate((node, count) => {
    const { left } = node.getBoundingClientRect();
    const { gridTemplateColumns, columnGap } = getComputedStyle(node);
    let end = left - Number.parseFloat(columnGap);
    const ends = gridTemplateColumns.split(' ').map((width) => Math.round((end += Number.parseFloat(width) + Number.parseFloat(columnGap)) * 10) / 10);
    return ends.slice(-count);
  }, last);

withScrollbars('a scrollbar that takes room moves no column away from its heading', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  const scroller = modelTree(page).locator('> div');
  const headings = page.getByRole('button', { name: 'Sort siblings by parameters' }).locator('..');
  const row = () => moduleRow(page, 'conv1').locator('> div');
  const before = await endsOf(row(), 3);
  expect(await endsOf(headings, 3)).toEqual(before);
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect.poll(() => scroller.evaluate((node) => node.scrollHeight > node.clientHeight)).toBe(true);
  expect(await scrollbarOf(scroller)).toBeGreaterThan(5);
  expect(await endsOf(row(), 3)).toEqual(before);
  expect(await endsOf(headings, 3)).toEqual(before);
});

withScrollbars('cards keep their width when one of them needs a scrollbar', async ({ page }) => {
  await openSample(page, 'ResNet-18');
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.getByRole('button', { name: 'Prune all Conv2d' }).click();
  const card = page.getByRole('article', { name: 'Sub-config 1', exact: true });
  const list = page.getByRole('region', { name: 'List of sub-configs' });
  const scrolls = () => list.evaluate((node) => node.scrollHeight > node.clientHeight);
  await page.getByRole('button', { name: 'Close sub-config 1' }).click();
  await expect.poll(scrolls).toBe(false);
  const { width } = (await card.boundingBox())!;
  await page.getByRole('button', { name: 'Open sub-config 1' }).click();
  await addCondition(page, 'op_names_re');
  await page.keyboard.type('layer');
  await addCondition(page, 'exclude_op_names_re');
  await expect.poll(scrolls).toBe(true);
  expect(await scrollbarOf(list)).toBeGreaterThan(5);
  expect((await card.boundingBox())!.width).toBe(width);
});

withScrollbars('the columns of the teacher and of the links stand below their headings', async ({ page }) => {
  await openSample(page, 'BERT base');
  await chooseMode(page, 'Distillation');
  const links = Array.from({ length: 12 }, (_, block) => `{"op_names": ["bert.encoder.layer.${block}.output.dense"], "lambda": 0.5, "apply_method": "mse"}`);
  await importList(page, `[${links.join(', ')}]`);
  await page.getByRole('button', { name: 'Show links' }).click();
  const teacher = page.getByRole('tree', { name: 'Teacher' });
  await expect.poll(() => scrollbarOf(teacher)).toBeGreaterThan(5);
  const columns = page.locator('.teacher-columns');
  const heading = await endsOf(columns.first(), 1);
  expect(await endsOf(teacher.getByRole('treeitem').first(), 1)).toEqual(heading);
  const table = page.getByRole('table', { name: 'Links' });
  const rows = table.getByRole('row');
  expect(await endsOf(rows.nth(1), 6)).toEqual(await endsOf(rows.nth(0), 6));
});
