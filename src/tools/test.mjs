// `npm test`: installs, finds a browser, then lint, types, unused code, builds, unit tests, browser tests, a walk in
// every engine that is there, a short bench. Steps of one group run side by side.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { binary, ensureInstalled, root, runBeside } from './install.mjs';

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
const enginesReport = join(results, 'engines.json');

const build = (...args) => ['vite', ['build', ...args, '--logLevel', 'warn']];
const groups = [
  [
    ['Lint', 'oxlint', ['--type-aware', '--deny-warnings']],
    ['Types', 'tsc', ['-b']],
    ['Unused code', 'knip', []],
    ['Build of the page', ...build()],
    ['Build of the report', ...build('--mode', 'report')],
    ['Build of the command line', ...build('--mode', 'cli')],
    ['Build of the bench', ...build('--mode', 'bench')],
  ],
  [['Unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]]],
  [
    ['Browser tests', 'playwright', ['test']],
    // It waits more than it works.
    ['Walk in every engine', process.execPath, ['src/tools/engines.mjs']],
  ],
  // For correctness only: no bound is held against a machine that others use too.
  [['Bench, briefly', process.execPath, ['dist/bench/bench.js', '--quick']]],
];

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
const env = { ...process.env, ESPALIER_BROWSER: browser, ESPALIER_BROWSER_REPORT: browserReport, ESPALIER_IS_BUILT: 'yes' };

/** Runs a step; gives its exit code, the time it took, and its output, which the first of a group shows at once. */
async function take([title, program, args], isFirst) {
  const started = Date.now();
  if (isFirst) console.log(`\n— ${title}`);
  const { code, output } = await runBeside(program === process.execPath ? program : binary(program), args, { env, shown: isFirst });
  return { title, code, output, time: seconds(started), isFirst };
}

const begin = Date.now();
let broken = [];
for (const group of groups) {
  const taken = await Promise.all(group.map((step, index) => take(step, index === 0)));
  for (const { title, code, output, time, isFirst } of taken) {
    if (!isFirst) process.stdout.write(`\n— ${title}\n${output}`);
    console.log(`  ${title}: ${code === 0 ? 'ok' : 'failed'} (${time})`);
  }
  broken = taken.filter(({ code }) => code !== 0).map(({ title }) => title);
  if (broken.length > 0) break;
}

const counts = { passed: 0, failed: 0 };
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
let walked = null;
if (existsSync(enginesReport)) {
  walked = JSON.parse(readFileSync(enginesReport, 'utf8'));
  counts.passed += walked.passed;
  counts.failed += walked.failed;
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}. The steps after were not run.`);
if (walked) console.log(`\nEngines walked: ${walked.engines.join(', ') || 'none'}${walked.missing.length > 0 ? `; not on this machine: ${walked.missing.join(', ')}` : ''}.`);
console.log(`\nIt took ${seconds(begin)}.\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(broken.length > 0 || counts.failed > 0 || counts.passed === 0 ? 1 : 0);
