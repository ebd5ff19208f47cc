// Finds a Chromium for the browser tests, or gets one.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { binary, run } from './install.mjs';

// The headless shell has no windows to draw: tests take two thirds of the time in it.
const programs = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where the browser is: the variable ESPALIER_BROWSER, Playwright's own, or one of the system; `null` if none. */
export async function findBrowser() {
  const named = process.env.ESPALIER_BROWSER;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`ESPALIER_BROWSER names ${named}, which does not exist.`);
  }
  const { chromium } = await import('@playwright/test');
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...onPath, ...otherPlaces].find((place) => existsSync(place)) ?? null;
}

/** Finds a browser or tries to get one; ends with a message that says how when neither works. */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log('No Chromium found. Getting one …');
  run(binary('playwright'), ['install', 'chromium']);
  const downloaded = await findBrowser();
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = await findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need a Chromium and none could be had. Install one (Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright install chromium) or set ESPALIER_BROWSER to the path of a Chrome or Chromium.',
  );
}
