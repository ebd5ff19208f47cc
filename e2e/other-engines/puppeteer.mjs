// Drives Firefox by WebDriver BiDi and Chromium by its own protocol; both without a driver program.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DriverFault } from './driver-fault.mjs';

/** Where Firefox is, or `null`. */
export function findFirefox() {
  const names = ['firefox-esr', 'firefox'];
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, '/Applications/Firefox.app/Contents/MacOS/firefox'].find((path) => existsSync(path)) ?? null;
}

/** Starts the browser and gives a page of it. `engine` is `firefox` or `chrome`. */
export async function startByPuppeteer(engine, executablePath) {
  const { default: puppeteer } = await import('puppeteer-core');
  const isChrome = engine === 'chrome';
  const browser = await puppeteer.launch({
    browser: engine,
    executablePath,
    headless: true,
    protocolTimeout: 30_000,
    // As on Windows, where scrollbars take room.
    extraPrefsFirefox: { 'widget.gtk.overlay-scrollbars.enabled': false },
    args: isChrome && process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] : [],
  });
  const [page = await browser.newPage()] = await browser.pages();
  await page.setViewport({ width: 1440, height: 900 });
  const problems = [];
  page.on('pageerror', (error) => problems.push(`Uncaught: ${error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`Console: ${message.text()}`);
  });
  return {
    name: isChrome ? 'Chromium' : 'Firefox',
    version: await browser.version(),
    problems: async () => problems,
    goto: answered((url) => page.goto(url, { waitUntil: 'load' })),
    reload: answered(() => page.reload({ waitUntil: 'load' })),
    run: answered((source, ...args) => page.evaluate(`(${source})(...${JSON.stringify(args)})`)),
    /** As `run`, in the first frame of the page. */
    runInFrame: answered((source, ...args) => {
      const frame = page.mainFrame().childFrames()[0];
      if (!frame) throw new Error('The page has no frame.');
      return frame.evaluate(`(${source})(...${JSON.stringify(args)})`);
    }),
    click: answered(async (source, ...args) => {
      const handle = await page.evaluateHandle(`(${source})(...${JSON.stringify(args)})`);
      const found = handle.asElement();
      if (!found) throw new Error('There is nothing to click.');
      await found.evaluate((node) => node.scrollIntoView({ block: 'nearest' }));
      await found.click();
    }),
    type: answered((text) => page.keyboard.type(text)),
    press: answered(async (key, held = []) => {
      for (const other of held) await page.keyboard.down(other);
      await page.keyboard.press(key);
      for (const other of held) await page.keyboard.up(other);
    }),
    close: () => browser.close(),
  };
}

/** The same method; an error of the connection to the browser becomes a DriverFault. */
function answered(method) {
  return async (...given) => {
    try {
      return await method(...given);
    } catch (error) {
      const isLost = ['TargetCloseError', 'ConnectionClosedError'].includes(error.name) || /timed out\. Increase the 'protocolTimeout'/.test(error.message);
      throw isLost ? new DriverFault(error.message) : error;
    }
  };
}
