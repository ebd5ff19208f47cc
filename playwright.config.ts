import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/tools/browser.mjs';

const port = Number(process.env['ESPALIER_PORT'] ?? 4319);
const executablePath = await findBrowser();
if (!executablePath) {
  throw new Error('No Chromium found: run `npm test`, which gets one, or set ESPALIER_BROWSER to its path.');
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  fullyParallel: true,
  // On two cores a third takes as long for all, and each test so much longer that it nears its limits.
  workers: 2,
  retries: process.env['CI'] ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['ESPALIER_BROWSER_REPORT'] ?? 'test-results/browser.json' }],
  ],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // A frame sixty times a second costs more than the tests ask for: those about motion allow it.
    contextOptions: { reducedMotion: 'reduce' },
    // Files kept for going offline would answer in place of the routes that tests set.
    serviceWorkers: 'block',
    // Recording slows every test by half; a test that is tried again is recorded.
    trace: 'on-first-retry',
    launchOptions: {
      executablePath,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        // A process less for each browser takes a twelfth less time.
        '--in-process-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node_modules/.bin/vite preview --outDir dist/app --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    reuseExistingServer: !process.env['CI'],
  },
});
