import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { heapOf, heapWithoutCode } from './heap.ts';
import { rowOf, type Row } from './report.ts';
import { startWatching } from './watch-page.ts';
import { watchWork, workOfLetters } from './watch-work.ts';

/** The page to measure, and how often. */
export interface PageInput {
  readonly browser: Browser;
  readonly address: string;
  /** Folder of the built page. */
  readonly folder: string;
  /** File of a tree, and its name in the table. */
  readonly file: string;
  readonly title: string;
  readonly rounds: number;
}

async function openPage({ browser, address }: PageInput): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(startWatching);
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function openFile(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('tree', { name: 'Modules' }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Start with a pattern' }).waitFor({ timeout: 120_000 });
}

/** When the page has said something in its console. Asking it again and again would itself take its time. */
async function reported(page: Page, text: string): Promise<void> {
  await page.waitForEvent('console', { predicate: (message) => message.text() === text, timeout: 120_000 });
}

const settle = (page: Page, milliseconds = 300) => page.waitForTimeout(milliseconds);

/** From the navigation to the first paint and to the tree of a sample, and the JavaScript fetched before it. */
export async function measureStart(input: PageInput): Promise<Row[]> {
  const times: number[] = [];
  const paints: number[] = [];
  let scripts: string[] = [];
  for (let round = 0; round < input.rounds; round++) {
    const context = await input.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.addInitScript(startWatching);
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const sample = [...document.querySelectorAll('#root:not([inert]) button')].find((button) => button.textContent.includes('ResNet-18'));
        if (!sample) return;
        observer.disconnect();
        (sample as HTMLButtonElement).click();
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
    const shown = reported(page, 'first row');
    await page.goto(input.address);
    await shown;
    const at = (await page.evaluate(() => window.watch.firstRowAt()))!;
    times.push(at);
    paints.push(...(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime))));
    scripts = await page.evaluate(
      (until) =>
        performance
          .getEntriesByType('resource')
          .filter((entry) => entry.name.endsWith('.js') && entry.startTime < until)
          .map((entry) => entry.name),
      at,
    );
    await context.close();
  }
  const sizes = [...new Set(scripts)].map((script) => {
    const path = new URL(script).pathname;
    const compressed = gzipSync(readFileSync(join(input.folder, path)), { level: 9 }).length;
    return { name: basename(path), compressed };
  });
  const sum = (isWorker: boolean) =>
    sizes
      .filter(({ name }) => /worker/.test(name) === isWorker)
      .reduce((total, { compressed }) => total + compressed / 1000, 0);
  return [
    rowOf('start', 'navigation → start page painted', paints, { aim: 100 }),
    rowOf('start', 'navigation → ResNet-18 on screen', times, { aim: 400 }),
    rowOf('start', 'JavaScript asked for before the tree, gzip', [sum(false)], { unit: 'KB', aim: 140 }),
  ];
}

/** Measures the time from choosing a file to the tree on screen, the longest task in that time, and the heap afterwards. */
export async function measureOpen(input: PageInput): Promise<Row[]> {
  const times: number[] = [];
  const blocks: number[] = [];
  const heaps: number[] = [];
  for (let round = 0; round < Math.max(1, input.rounds >> 1); round++) {
    const page = await openPage(input);
    await settle(page, 1000);
    const empty = await heapOf(page);
    await page.evaluate(() => window.watch.takeLongestTask());
    const shown = reported(page, 'tree shown');
    await page.locator('input[type=file]').first().setInputFiles(input.file);
    await shown;
    await settle(page, 500);
    times.push(...(await page.evaluate(() => window.watch.takeOpenTimes())));
    blocks.push(await page.evaluate(() => window.watch.takeLongestTask()));
    await settle(page, 1500);
    const full = await heapOf(page);
    heaps.push(full - empty);
    await page.context().close();
  }
  return [
    rowOf('open', `open ${input.title} → tree on screen`, times, { aim: 800 }),
    rowOf('open', `longest block of the page while opening ${input.title}`, blocks, { aim: 50, note: '0: none over 50' }),
    rowOf('memory', `heap of the page with ${input.title}, above the empty page`, heaps, { unit: 'MB', aim: 120 }),
  ];
}

/** Typing a pattern, one letter after another: each is a pattern of its own with a count of its own. */
async function measureTyping(page: Page, title: string, rounds: number): Promise<Row[]> {
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const field = page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ });
  await field.fill('.*');
  await settle(page);
  await page.evaluate(() => window.watch.watchTreeOnly());
  const work = await watchWork(page);
  const samples: number[] = [];
  const works: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await field.fill('.*');
    await settle(page, 200);
    await page.evaluate(() => window.watch.takePaints());
    works.push(...(await workOfLetters(page, work, `\\.${round % 10}[0-9]*\\.|.*_pr`)));
    samples.push(...(await page.evaluate(() => window.watch.takePaints())));
  }
  const slow = ['(', '\\', 'w', '+', '\\', '.', '?', ')', '+', '!'];
  await field.fill('');
  await settle(page);
  await page.evaluate(() => window.watch.takeLongestTask());
  for (const letter of slow) await page.keyboard.press(letter);
  await page.getByText('Python would hang on this').first().waitFor();
  const block = await page.evaluate(() => window.watch.takeLongestTask());
  return [
    rowOf('keystroke', `keystroke in a pattern → painted, ${title}`, samples, { aim: 17, aimP95: 33 }),
    rowOf('keystroke', `work of the page’s thread for a keystroke, ${title}`, works, { aim: 8 }),
    rowOf('keystroke', `longest block of the page on a slow pattern, ${title}`, [block], { aim: 50, note: '0: none over 50' }),
  ];
}

/** Undo and redo of a change that every row shows. */
async function measureUndo(page: Page, title: string, rounds: number): Promise<Row[]> {
  const samples: number[] = [];
  await page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ }).fill('.*_proj');
  await page.keyboard.press('Escape');
  await settle(page, 800);
  for (let round = 0; round < rounds; round++) {
    for (const name of [/^Undo/, /^Redo/]) {
      await page.evaluate(() => window.watch.takePaints());
      await page.getByRole('button', { name }).first().click();
      await settle(page);
      samples.push(...(await page.evaluate(() => window.watch.takePaints())).slice(0, 1));
    }
  }
  return [rowOf('undo', `undo or redo → painted, ${title}`, samples, { aim: 50 })];
}

/** Toggling a branch, opening all, and scrolling with everything open. */
async function measureTree(page: Page, title: string, rounds: number): Promise<Row[]> {
  const click = async (name: string): Promise<number[]> => {
    await page.evaluate(() => window.watch.takePaints());
    await page.getByRole('button', { name, exact: true }).click();
    await settle(page);
    return (await page.evaluate(() => window.watch.takePaints())).slice(0, 1);
  };
  const expand: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await click('Collapse all');
    expand.push(...(await click('Expand all')));
  }
  const tree = page.getByRole('tree', { name: 'Modules' });
  await tree.focus();
  // Opens the runs that are closed among the first rows: everything that a person can open by `*`.
  for (let round = 0; round < 4; round++) {
    const run = page.getByRole('treeitem', { expanded: false }).first();
    if ((await run.count()) === 0) break;
    await run.click();
    await page.keyboard.press('ArrowRight');
    await settle(page, 150);
  }
  await click('Expand all');
  const toggles: number[] = [];
  await page.getByRole('treeitem', { expanded: true }).nth(1).click();
  // What the click and the button before it change does not count for the first key.
  await settle(page);
  for (let round = 0; round < rounds * 2; round++) {
    await page.evaluate(() => window.watch.takePaints());
    await page.keyboard.press(round % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    await settle(page, 120);
    toggles.push(...(await page.evaluate(() => window.watch.takePaints())).slice(0, 1));
  }
  const frames = await page.evaluate(() => {
    let scroller = document.querySelector('[role=tree]') as HTMLElement | null;
    const inner = [...(scroller?.querySelectorAll<HTMLElement>('*') ?? [])];
    scroller = [scroller!, ...inner].find((element) => element.scrollHeight > element.clientHeight + 50) ?? scroller;
    return window.watch.timeFrames(180, (frame) => {
      scroller!.scrollTop = (frame * 130) % Math.max(1, scroller!.scrollHeight - scroller!.clientHeight);
    });
  });
  return [
    rowOf('tree', `expand all → painted, ${title}`, expand, { aim: 100 }),
    rowOf('tree', `toggle a branch → painted, ${title}`, toggles, { aim: 16 }),
    rowOf('tree', `frame while scrolling, ${title}`, frames, { aimP95: 17.5, note: 'a frame of 60 Hz is 16.7' }),
  ];
}

const actions = { keystroke: measureTyping, undo: measureUndo, tree: measureTree } as const;

/** Measures actions on an open tree; each group runs on a page of its own. */
export async function measureActions(input: PageInput, group: keyof typeof actions): Promise<Row[]> {
  const page = await openPage(input);
  await openFile(page, input.file);
  await settle(page, 1500);
  if (group === 'undo') await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const rows = await actions[group](page, input.title, input.rounds);
  await page.context().close();
  return rows;
}

/** Measures a tree of one size in the page: opening, memory, typing, toggling. */
export async function measureSize(input: PageInput): Promise<Row[]> {
  const opened = await measureOpen(input);
  const typed = await measureActions(input, 'keystroke');
  const changed = await measureActions(input, 'tree');
  return [...opened, ...typed.slice(0, 1), ...changed];
}

/** Chooses a file in the open dialog. Runs inside the page: a driver's reference to a dialog would keep it alive. */
function chooseInDialog({ name, content }: { readonly name: string; readonly content: string }): void {
  const chosen = new DataTransfer();
  chosen.items.add(new File([Uint8Array.from(atob(content), (character) => character.charCodeAt(0))], name));
  const picker = document.querySelector<HTMLInputElement>('dialog[open] input[type=file]')!;
  picker.files = chosen.files;
  picker.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The heap after many loads and edits against the heap after a few, which shows leaks. */
export async function measureLeaks(input: PageInput): Promise<Row[]> {
  const page = await openPage(input);
  const loads = input.rounds >= 5 ? 50 : 8;
  const edits = input.rounds >= 5 ? 500 : 30;
  const heaps: number[] = [];
  const held: number[] = [];
  const content = readFileSync(input.file).toString('base64');
  await openFile(page, input.file);
  await page.getByRole('button', { name: 'Start with a pattern' }).click();
  const field = page.getByRole('textbox', { name: /^Pattern 1 of op_names_re/ });
  for (let load = 1; load <= loads; load++) {
    await page.getByRole('banner').locator('[aria-haspopup=menu]').first().click();
    await page.getByRole('menuitem', { name: 'Open another model' }).click();
    const shown = reported(page, 'tree shown');
    await page.waitForFunction(() => document.querySelector('dialog[open] input[type=file]') !== null);
    await page.evaluate(chooseInDialog, { name: basename(input.file), content });
    await shown;
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    for (let edit = 0; edit < edits / loads; edit++) await field.fill(`.*${load}.${edit}`);
    if (load === 5 || load === loads) {
      await settle(page, 500);
      heaps.push(await heapOf(page));
      held.push(await heapWithoutCode(page));
    }
  }
  await page.context().close();
  const title = `after ${loads} loads of ${input.title} and ${edits} edits, against that after 5`;
  const percent = ([early = 1, late = 1]: readonly number[]) => [(late / early) * 100];
  return [
    rowOf('leak', `what the page holds ${title}`, percent(held), { unit: '%', aim: 110, note: 'without compiled code' }),
    rowOf('leak', `heap ${title}`, percent(heaps), { unit: '%', aim: 110, note: 'including code that V8 compiles in that time' }),
  ];
}
