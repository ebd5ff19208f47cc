import { expect, test, type Page } from '@playwright/test';
import { createRandom, type Random } from '../src/core/testing/random.ts';
import { dropFiles, openSample } from './fixtures/app.ts';

/** The same seed makes the same choices; how far the page has come by then also depends on the machine. */
const seed = Number(process.env['ESPALIER_MONKEY_SEED'] ?? 20_261_129);
const actionCount = Number(process.env['ESPALIER_MONKEY_ACTIONS'] ?? 500);
/** Actions that a failure lists. */
const listedActions = 25;
/** Milliseconds in which the page must answer after an action. */
const answerLimit = 15_000;

const samples = ['ResNet-18', 'Small MLP', 'Oddities', 'BERT base', 'Conv-BN-ReLU', 'GPT-2'];
const texts = [
  'layer1', '.*', 'conv[12', '(a+)+$', 'fc|', '\\d+', '(?P<x>', 'Conv2d', 'Linear', '0.5', '1e-3', '-1', 'all', 'auto', ' ',
  '__proto__', '<b>x</b>', 'Größe 层 \u{1F600}', '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]',
  'config_list = [dict(op_names=["fc"], sparse_ratio=.5)]', '{"": "Net", "a": "Linear"}', '"', '\\',
];
const droppedTexts = [
  '{"": "Net", "a": "Linear", "a.b": "ReLU"}',
  '[{"op_names": ["fc"], "sparse_ratio": 0.5}]',
  'Net(\n  (fc): Linear(in_features=4, out_features=2, bias=True)\n)',
  '{"format": "compression-plan", "version": 1, "lists": {"quantization": [{"config": {"op_types": ["Conv2d"]}}]}}',
  '{"format": "compression-plan", "version": 9}',
  'no model',
  '',
];
const keys = [
  'Enter', 'Escape', 'Tab', 'Shift+Tab', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown',
  'Backspace', 'Delete', 'Control+z', 'Control+Shift+z', 'Control+a', 'Control+c', 'Control+v', 'Control+x', 'Control+k', 'Control+f',
  'Control+s', 'Alt+ArrowUp', 'Alt+ArrowDown', 'Shift+ArrowDown', 'Control+ ', 'Shift+F10', '?', '*', '/',
];
const sizes = [[1440, 900], [1100, 700], [720, 450], [380, 640], [2000, 1000]] as const;

/** The places that can be clicked now: the middle of each control that nothing covers, with a name for the report. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly takesText: boolean;
}

function findSpots(page: Page): Promise<readonly Spot[]> {
  return page.evaluate(() => {
    const selector =
      'button, input, select, textarea, summary, label, [role=tab], [role=treeitem], [role=option], [role=menuitem], [role=switch], [role=separator], [role=button], [role=textbox], [data-toggle], [data-cell]';
    const spots: { x: number; y: number; name: string; takesText: boolean }[] = [];
    for (const element of document.querySelectorAll(selector)) {
      if (element.matches('[type=file], :disabled')) continue;
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (width === 0 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      if (!element.contains(document.elementFromPoint(x, y))) continue;
      const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
      const name = element.getAttribute('aria-label') ?? element.textContent;
      spots.push({
        x,
        y,
        name: `${role} "${name.trim().slice(0, 60)}"`,
        takesText: element.matches('textarea, [role=textbox], input:not([type=checkbox], [type=radio], [type=range])'),
      });
    }
    return spots;
  });
}

/** Does one thing that a person could do, and returns its name. */
async function act(page: Page, random: Random, begins: (action: string) => void): Promise<string> {
  const dice = random.below(100);
  if (dice < 68) {
    const spots = await findSpots(page);
    if (spots.length === 0) {
      await page.keyboard.press('Escape');
      return 'press Escape: nothing to click';
    }
    const spot = random.pick(spots);
    const click = { button: random.chance(0.04) ? 'right' : 'left', clickCount: random.chance(0.04) ? 2 : 1 } as const;
    begins(`click ${spot.name} at ${spot.x}, ${spot.y}, ${JSON.stringify(click)}`);
    await page.mouse.click(spot.x, spot.y, click);
    if (!spot.takesText || random.chance(0.3)) return `click ${spot.name}`;
    const text = random.pick(texts);
    if (random.chance(0.5)) await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    return `type ${JSON.stringify(text)} into ${spot.name}`;
  }
  if (dice < 86) {
    const key = random.pick(keys);
    await page.keyboard.press(key);
    return `press ${key}`;
  }
  if (dice < 91) {
    const spots = await findSpots(page);
    if (spots.length === 0) return 'nothing to drag';
    const [from, to] = [random.pick(spots), random.pick(spots)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    return `drag ${from.name} to ${to.name}`;
  }
  if (dice < 95) {
    const { width, height } = page.viewportSize()!;
    await page.mouse.move(random.below(width), random.below(height));
    const down = random.below(3000) - 1500;
    await page.mouse.wheel(0, down);
    return `scroll by ${down}`;
  }
  if (dice < 97) {
    const [width, height] = random.pick(sizes);
    await page.setViewportSize({ width, height });
    return `resize to ${width} × ${height}`;
  }
  if (dice < 98) {
    const text = random.pick(droppedTexts);
    await dropFiles(page, [{ name: 'dropped.json', bytes: Buffer.from(text) }]);
    return `drop a file with ${JSON.stringify(text)}`;
  }
  if (dice < 99) {
    await page.reload();
    return 'reload';
  }
  const title = random.pick(samples);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Action or module' });
  if (!(await palette.waitFor({ timeout: 2000 }).then(() => true, () => false))) return 'open no palette';
  await page.keyboard.insertText(`Open sample ${title}`);
  await page.keyboard.press('Enter');
  return `open ${title} from the palette`;
}

/** The text of a part that has stopped, as its error boundary shows it; `null` where all parts work. */
function stoppedPart(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const alert = [...document.querySelectorAll('[role=alert]')].find((element) =>
      [...element.querySelectorAll('button')].some((button) => button.textContent === 'Reload the page'),
    );
    return alert?.textContent ?? null;
  });
}

async function withinLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The page did not answer within ${answerLimit / 1000} s.`)), answerLimit);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

test(`a monkey finds nothing that stops the page (${actionCount} actions, seed ${seed})`, async ({ page, baseURL }) => {
  test.setTimeout(60_000 + actionCount * 1000);
  const random = createRandom(seed);
  const wrong: string[] = [];
  const done: string[] = [];
  page.on('pageerror', (error) => wrong.push(`Uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`Console: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(`${baseURL}/`)) {
      wrong.push(`The page asked for ${request.url()}`);
    }
  });
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));

  // The error code is the signal that ended the renderer, plus 128 if that left a core dump.
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const crash = new Promise<string>((resolve) => {
    browser.on('Target.targetCrashed', ({ status, errorCode }) => resolve(`The page crashed: ${status}, error code ${errorCode}`));
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });

  let begun = '';
  await openSample(page, 'ResNet-18');
  while (done.length < actionCount && wrong.length === 0) {
    try {
      done.push(await withinLimit(act(page, random, (action) => (begun = action))));
      const stopped = await withinLimit(stoppedPart(page));
      if (stopped !== null) wrong.push(`A part stopped: ${stopped}`);
    } catch (error) {
      wrong.push(`${String(error)} (last click: ${begun || 'none'})`);
      if (/crashed/.test(String(error))) wrong.push(await withinLimit(crash));
    }
  }
  const report = [
    ...wrong,
    `Repeat with ESPALIER_MONKEY_SEED=${seed} ESPALIER_MONKEY_ACTIONS=${actionCount}. The last of ${done.length} actions:`,
    ...done.slice(-listedActions).map((action, index) => `${Math.max(0, done.length - listedActions) + index + 1}. ${action}`),
  ];
  expect(wrong, report.join('\n')).toEqual([]);
});
