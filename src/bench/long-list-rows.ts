import type { Page } from '@playwright/test';
import { rowOf, type Row } from './report.ts';
import type { PageInput } from './page-rows.ts';
import { startWatching } from './watch-page.ts';

/** The longest list that the page takes. */
const longest = 5000;

/** Milliseconds without a task of 50 ms or more after which the page counts as settled. */
const quiet = 1200;

/** A list of single modules, of which every tenth sub-config has a pattern. */
function longList(names: readonly string[]): string {
  const configs = Array.from({ length: longest }, (_, at) => {
    const name = names[at % names.length]!;
    const selector = at % 10 === 0 ? { op_names_re: [`${name.replaceAll('.', '\\.')}$`] } : { op_names: [name] };
    return { ...selector, op_types: ['Linear'], target_names: ['weight'], sparse_ratio: 0.5 };
  });
  return JSON.stringify(configs);
}

/** Waits until the page rests, and gives the longest of its tasks since `act` began. */
async function blockOf(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => window.watch.takeLongestTask());
  await act();
  let block = 0;
  for (;;) {
    await page.waitForTimeout(quiet);
    const task = await page.evaluate(() => window.watch.takeLongestTask());
    if (task === 0) return block;
    block = Math.max(block, task);
  }
}

/**
 * The longest blocks of the page's own thread while the longest list that it takes is worked on, with the JSON tab shut and open. `names` are
 * modules of type Linear.
 */
export async function measureLongList(input: PageInput, names: readonly string[]): Promise<Row[]> {
  const blocks = new Map<string, number[]>();
  const list = longList(names);
  for (let round = 0; round < Math.min(input.rounds, 3); round++) {
    const context = await input.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    const measure = async (what: string, act: () => Promise<unknown>): Promise<void> => {
      blocks.set(what, [...(blocks.get(what) ?? []), await blockOf(page, act)]);
    };
    await page.addInitScript(startWatching);
    await page.goto(input.address);
    await page.locator('input[type=file]').first().setInputFiles(input.file);
    await page.getByRole('button', { name: 'Start with a pattern' }).waitFor({ timeout: 120_000 });
    const firstCard = page.getByRole('article', { name: 'Sub-config 1', exact: true });
    const ratio = page.getByRole('textbox', { name: 'sparse_ratio, sub-config 1', exact: true });
    const mode = (name: string) => page.getByRole('tab', { name }).first().click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import' });
    await measure('read the file', () =>
      dialog.getByLabel('File to import').setInputFiles({ name: 'list.json', mimeType: 'application/json', buffer: Buffer.from(list) }),
    );
    await measure('import', async () => {
      await dialog.getByRole('button', { name: 'Import' }).click();
      await firstCard.getByText('selects 1 module').first().waitFor({ timeout: 60_000 });
    });
    await measure('reload', async () => {
      await page.reload();
      await firstCard.getByText('selects 1 module').first().waitFor({ timeout: 60_000 });
    });
    await measure('choose a branch that all select in', () => page.getByRole('treeitem', { name: /^model, / }).first().click());
    await measure('open the overview', async () => {
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByRole('table', { name: 'Parameters by sub-config' }).waitFor({ timeout: 60_000 });
    });
    for (const json of ['', ', JSON open']) {
      if (json !== '') {
        await measure('open the JSON tab', async () => {
          await page.getByRole('tab', { name: /^JSON/ }).click();
          await page.getByRole('textbox', { name: 'Config list as JSON' }).waitFor({ state: 'attached' });
        });
      }
      await measure(`type in a pattern${json}`, async () => {
        await page.getByRole('textbox', { name: /^Pattern 1 of op_names_re, sub-config 1$/ }).focus();
        await page.keyboard.press('End');
        await page.keyboard.type('x');
        await page.keyboard.press('Tab');
      });
      await measure(`change a setting${json}`, async () => {
        await ratio.fill('0.25');
        await ratio.press('Tab');
      });
      await measure(`undo${json}`, async () => {
        for (let step = 0; step < 2; step++) await page.getByRole('button', { name: /^Undo/ }).click();
      });
      await measure(`another mode${json}`, () => mode('Quantization'));
      await measure(`back to the mode${json}`, async () => {
        await mode('Pruning');
        await firstCard.waitFor();
      });
    }
    await measure('type in the JSON text', async () => {
      await page.getByRole('textbox', { name: 'Config list as JSON' }).focus();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.type(', {"op_names": ["x"]}', { delay: 30 });
    });
    await context.close();
  }
  return [...blocks].map(([what, samples]) =>
    rowOf('long-list', `longest block, ${longest.toLocaleString('en')} sub-configs on ${input.title}: ${what}`, samples, { aim: 300, note: '0: none over 50' }),
  );
}
