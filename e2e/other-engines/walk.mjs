// Walks through the page in every engine that is on this machine: `npm run engines`. ESPALIER_ENGINES names a few of them.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../src/tools/browser.mjs';
import { findFirefox, startByPuppeteer } from './puppeteer.mjs';
import { steps, tidyUp } from './steps.mjs';
import { walkEngine } from './walk-engine.mjs';
import { findWebKit, startWebKit } from './webkit.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A port that is free now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function serve(port) {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const server = spawn(process.execPath, [vite, 'preview', '--outDir', 'dist/app', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], { cwd: root, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    const isUp = await fetch(url).then(({ ok }) => ok, () => false);
    if (isUp) return { url, stop: () => stopped(server) };
    if (tries > 100) throw new Error(`The built page is not served at ${url}. Run npm run build first.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Ends the server; resolves when it is gone. */
function stopped(server) {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill();
  });
}

const chromium = await findBrowser().catch(() => null);
const firefox = findFirefox();
const webkit = findWebKit();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY);
const engines = [
  { name: 'Chromium', found: chromium !== null, start: () => startByPuppeteer('chrome', chromium) },
  { name: 'Firefox', found: firefox !== null, start: () => startByPuppeteer('firefox', firefox) },
  { name: 'WebKit', found: webkit !== null && hasDisplay, start: async () => startWebKit(webkit, await freePort()) },
];
const asked = process.env.ESPALIER_ENGINES?.split(',').map((name) => name.trim().toLowerCase());

const report = { passed: 0, failed: 0, engines: [], missing: [] };
const say = (line) => console.log(line.replace(/^/gm, '  '));
for (const { name, found, start } of engines) {
  if (asked && !asked.includes(name.toLowerCase())) continue;
  if (!found) {
    report.missing.push(name);
    say(`${name}: not on this machine, not walked.`);
    continue;
  }
  const { passed, failed, version } = await walkEngine({ name, start, serve: async () => serve(await freePort()), steps, tidyUp, say });
  report.passed += passed;
  report.failed += failed;
  if (version) report.engines.push(version);
}
say(`Walked: ${report.engines.join(', ') || 'no engine'}${report.missing.length > 0 ? `. Missing: ${report.missing.join(', ')}` : ''}.`);
mkdirSync(join(root, 'test-results'), { recursive: true });
writeFileSync(join(root, 'test-results/engines.json'), JSON.stringify(report));
process.exit(report.failed > 0 ? 1 : 0);
