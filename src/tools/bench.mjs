// `npm run bench`: installs, finds a browser, builds, measures. Options: --tree FILE, --only NAME, --quick.
import { binary, ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
const browser = await ensureBrowser();
for (const mode of ['production', 'cli', 'bench']) {
  if (run(binary('vite'), ['build', '--mode', mode, '--logLevel', 'warn']) !== 0) process.exit(1);
}
process.exit(
  run(process.execPath, ['--max-old-space-size=8192', 'dist/bench/bench.js', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, ESPALIER_BROWSER: browser },
  }),
);
