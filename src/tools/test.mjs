// `npm test`: installs, finds a browser, then lint, types, unused code, unit tests, builds, browser tests, a walk in
// every engine that is there, a short bench.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { binary, ensureInstalled, root, run } from './install.mjs';

ensureInstalled();
const { ensureBrowser } = await import('./browser.mjs');
let browser;
try {
  browser = await ensureBrowser();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const unitReport = join(results, 'unit.json');
const browserReport = join(results, 'browser.json');

const steps = [
  ['Lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['Types', 'tsc', ['-b']],
  ['Unused code', 'knip', []],
  ['Unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]],
  ['Build of the page', 'vite', ['build', '--logLevel', 'warn']],
  ['Build of the report', 'vite', ['build', '--mode', 'report', '--logLevel', 'warn']],
  ['Build of the command line', 'vite', ['build', '--mode', 'cli', '--logLevel', 'warn']],
  ['Build of the bench', 'vite', ['build', '--mode', 'bench', '--logLevel', 'warn']],
  ['Browser tests', 'playwright', ['test']],
  ['Walk in every engine', process.execPath, ['src/tools/engines.mjs']],
  // For correctness only: no bound is held against a machine that others use too.
  ['Bench, briefly', process.execPath, ['dist/bench/bench.js', '--quick']],
];

const counts = { passed: 0, failed: 0 };
let broken = null;
for (const [title, program, args] of steps) {
  console.log(`\n— ${title}`);
  const started = Date.now();
  const code = run(program === process.execPath ? program : binary(program), args, {
    env: { ...process.env, ESPALIER_BROWSER: browser, ESPALIER_BROWSER_REPORT: browserReport },
  });
  console.log(`  ${title}: ${code === 0 ? 'ok' : 'failed'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (code !== 0) {
    broken = title;
    break;
  }
}

if (existsSync(unitReport)) {
  const report = JSON.parse(readFileSync(unitReport, 'utf8'));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests;
}
if (existsSync(browserReport)) {
  const { stats } = JSON.parse(readFileSync(browserReport, 'utf8'));
  counts.passed += stats.expected + stats.flaky;
  counts.failed += stats.unexpected;
}
const enginesReport = join(results, 'engines.json');
let walked = null;
if (existsSync(enginesReport)) {
  walked = JSON.parse(readFileSync(enginesReport, 'utf8'));
  counts.passed += walked.passed;
  counts.failed += walked.failed;
}
if (broken) console.log(`\n${broken}: failed, the steps after it were not run.`);
if (walked) console.log(`\nEngines walked: ${walked.engines.join(', ') || 'none'}${walked.missing.length > 0 ? `; not on this machine: ${walked.missing.join(', ')}` : ''}.`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(broken || counts.failed > 0 || counts.passed === 0 ? 1 : 0);
