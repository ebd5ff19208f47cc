import type { Page } from '@playwright/test';

/** Milliseconds after a letter in which all work counts as its own. */
const within = 70;

/** Milliseconds that the processor has worked for the page’s own thread so far: time that other programs take from it is left out. */
export async function watchWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** The work of the page for each of the letters, typed one after another. */
export async function workOfLetters(page: Page, work: () => Promise<number>, letters: string): Promise<readonly number[]> {
  const works: number[] = [];
  for (const letter of letters) {
    const before = await work();
    await page.keyboard.press(letter);
    await page.waitForTimeout(within);
    works.push((await work()) - before);
  }
  return works;
}
