import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { modelTree } from './fixtures/app.ts';
import { planButton, renamePlan, settled } from './fixtures/plans.ts';
import { card, importList } from './fixtures/sub-configs-pane.ts';

/** Address at which a browser that was just started takes commands. */
async function addressOf(process: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: process.stderr! })) {
    const address = /DevTools listening on (\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error('The browser has not started.');
}

/** Kills the browser with all its processes at once, as a crash of the machine would. */
async function killAll(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  if (ended) process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

test('a browser that is killed right after a save opens the plan when it starts again', async ({ launchOptions, baseURL }, testInfo) => {
  const { executablePath, args = [] } = launchOptions;
  const started: ChildProcess[] = [];
  async function start(): Promise<{ readonly child: ChildProcess; readonly browser: Browser; readonly page: Page }> {
    const all = [...args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${testInfo.outputPath('profile')}`, 'about:blank'];
    // A group of its own, so that every process of the browser gets the signal.
    const child = spawn(executablePath!, all, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    started.push(child);
    const browser = await chromium.connectOverCDP(await addressOf(child));
    const page = await browser.contexts()[0]!.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(baseURL!);
    return { child, browser, page };
  }
  try {
    const { child, page } = await start();
    await page.getByRole('region', { name: 'Samples' }).getByRole('button', { name: 'ResNet-18' }).click();
    await expect(modelTree(page)).toBeVisible();
    await importList(page, '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
    await renamePlan(page, 'Kept');
    await page.getByRole('textbox', { name: /^sparse_ratio/ }).fill('0.75');
    await page.keyboard.press('Tab');
    await settled(page);
    await killAll(child);

    const again = await start();
    await expect(planButton(again.page)).toHaveAccessibleName('Plan: Kept');
    await expect(again.page.getByRole('textbox', { name: /^sparse_ratio/ })).toHaveValue('0.75');
    await expect(card(again.page, 1)).toContainText('selects 20 modules');
    await again.browser.close();
  } finally {
    for (const child of started) await killAll(child);
  }
});
