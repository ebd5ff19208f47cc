import { createServer } from 'node:http';
import type { Browser, Page } from '@playwright/test';
import { rowOf, type Row } from './report.ts';
import { watchWork, workOfLetters } from './watch-work.ts';

/** A page with nothing but a text field and a word. */
const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title></head><body><p>Bare</p><textarea aria-label="Text"></textarea></body></html>';

/** Does something with a page that has nothing but a text field, served like the page itself, in a tab of its own. */
async function onBarePage<Value>(browser: Browser, act: (page: Page) => Promise<Value>): Promise<Value> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  const port = await new Promise<number>((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    return await act(page);
  } finally {
    await context.close();
    server.close();
  }
}

/** The first paint of a page that has nothing: what the browser takes by itself, on this machine, for any page. */
export async function measureBarePaint(browser: Browser, rounds: number): Promise<Row[]> {
  const paints: number[] = [];
  for (let round = 0; round < rounds; round++) {
    paints.push(
      ...(await onBarePage(browser, async (page) => {
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        return page.evaluate(() => performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime));
      })),
    );
  }
  return [rowOf('start', 'navigation → an empty page painted', paints)];
}

/** The work for a letter in a text field with nothing around it: what the browser and the measurement take by themselves. */
export async function measureBareLetter(browser: Browser): Promise<Row[]> {
  const works = await onBarePage(browser, async (page) => {
    await page.getByRole('textbox', { name: 'Text' }).focus();
    const work = await watchWork(page);
    await workOfLetters(page, work, 'warm');
    return workOfLetters(page, work, 'layer[34].*conv layer[34].*conv');
  });
  return [rowOf('keystroke', 'work of the page’s thread for a letter in a text field, an empty page', works)];
}
