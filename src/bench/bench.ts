import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { chromium, type Browser } from '@playwright/test';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleName, moduleType } from '../core/module-tree/tree-index.ts';
import { readTree } from '../core/readers/read-tree.ts';
import { generateMoeText } from '../core/testing/generate-tree.ts';
import { measureResolve, measureSlow, measureSweep } from './engine-rows.ts';
import { measureBareLetter, measureBarePaint } from './bare-rows.ts';
import { measureGraph } from './graph-rows.ts';
import { asGrowth, growthSizes, measureGrowth } from './growth.ts';
import { measureActions, measureLeaks, measureOpen, measureSize, measureStart, type PageInput } from './page-rows.ts';
import { measureLongList } from './long-list-rows.ts';
import { measurePictures } from './picture-rows.ts';
import { growthTableOf, quantile, rowOf, tableOf, type Row } from './report.ts';

const groups = ['start', 'open', 'keystroke', 'undo', 'tree', 'long-list', 'sweep', 'slow', 'resolve', 'graph', 'picture', 'cli', 'growth', 'leak'] as const;
type Group = (typeof groups)[number];

const { values } = parseArgs({
  options: { tree: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
if (values.only !== undefined && !groups.includes(values.only as Group)) {
  console.error(`--only ${values.only} is not known: use one of ${groups.join(', ')}.`);
  process.exit(2);
}

const root = process.cwd();
const rounds = values.quick ? 1 : 15;
const scratch = mkdtempSync(join(tmpdir(), 'espalier-bench-'));
const rows: Row[] = [];
const isWanted = (group: Group): boolean => {
  if (values.only !== undefined) return group === values.only;
  return !values.quick || (group !== 'growth' && group !== 'leak' && group !== 'long-list');
};

interface Input {
  readonly title: string;
  readonly file: string;
  readonly tree: ModuleTree;
}

function inputFrom(file: string): Input {
  const bytes = readFileSync(file);
  const read = readTree({ name: file, bytes });
  if (!read.ok) {
    console.error(`${file} cannot be read as a module tree: ${read.error.code}.`);
    process.exit(2);
  }
  return { title: `${read.value.size.toLocaleString('en')} modules`, file, tree: read.value };
}

/** Names of the modules of a type. */
function namesOf(tree: ModuleTree, type: string): readonly string[] {
  return Array.from({ length: tree.size }, (_, row) => row).filter((row) => moduleType(tree, row) === type).map((row) => moduleName(tree, row));
}

function generated(layers: number, experts: number, uneven = false): Input {
  const file = join(scratch, `moe-${layers}x${experts}${uneven ? '-uneven' : ''}.json`);
  writeFileSync(file, generateMoeText(layers, experts, uneven));
  return inputFrom(file);
}

/** A port that nobody listens to. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function servePage(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const port = await freePort();
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'preview', '--outDir', 'dist/app', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
  const server = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/`;
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await fetch(address).then((answer) => answer.ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return { address, stop: () => server.kill() };
}

/** Milliseconds that a process of Node takes, as often as it is asked for. */
function timesOfProcess(args: readonly string[], times: number, input = ''): readonly number[] {
  return Array.from({ length: times }, () => {
    const started = performance.now();
    execFileSync(process.execPath, args, { input, maxBuffer: 1e9, stdio: ['pipe', 'pipe', 'inherit'] });
    return performance.now() - started;
  });
}

function measureCommandLine({ file, title }: Input): Row[] {
  const list = JSON.stringify([{ op_types: ['Linear'], op_names_re: ['.*_proj'], sparse_ratio: 0.5 }]);
  const times = values.quick ? 1 : 5;
  const espalier = join(root, 'dist/cli/espalier.js');
  const path = join(scratch, 'list.json');
  writeFileSync(path, JSON.stringify([{ op_types: ['Conv2d', 'Linear'], sparse_ratio: 0.5 }]));
  const check = (tree: string) => [espalier, 'check', path, '--tree', tree, '--mode', 'pruning'];
  // The start time of Node itself is subtracted.
  const bare = quantile(timesOfProcess(['-e', '0'], times * 3), 0.5);
  const aboveNode = timesOfProcess(check(join(root, 'public/samples/resnet18.json.gz')), times * 3).map((time) => time - bare);
  return [
    rowOf('cli', `espalier resolve, ${title}, a process`, timesOfProcess([espalier, 'resolve', '--tree', file, '--mode', 'pruning'], times, `${list}\n`), { aim: 1500 }),
    rowOf('cli', 'espalier check, ResNet-18, a process above the start of Node', aboveNode, { aim: 80 }),
    rowOf('cli', `espalier check, ${title}, a process`, timesOfProcess(check(file), times), { aim: 900 }),
  ];
}

function add(measured: readonly Row[]): void {
  rows.push(...measured);
  for (const row of measured) console.error(`  ${row.what}: ${row.median.toFixed(1)} ${row.unit}`);
}

async function measurePage(browser: Browser, small: Input, deep: Input, large: Input): Promise<void> {
  const { address, stop } = await servePage();
  const on = ({ file, title }: Pick<Input, 'file' | 'title'>, times = rounds): PageInput => ({
    browser,
    address,
    folder: join(root, 'dist/app'),
    file,
    title,
    rounds: times,
  });
  try {
    if (isWanted('start')) {
      add(await measureStart(on(small)));
      add(await measureBarePaint(browser, rounds));
    }
    if (isWanted('open')) add(await measureOpen(on(large)));
    for (const group of ['keystroke', 'undo', 'tree'] as const) {
      if (isWanted(group)) add(await measureActions(on(large, Math.min(rounds, 8)), group));
      if (group === 'keystroke' && isWanted(group)) add(await measureBareLetter(browser));
    }
    if (isWanted('tree') && values.tree === undefined && !values.quick) {
      const { file, title } = generated(61, 384, true);
      add(await measureActions(on({ file, title: title.replace('modules', 'rows open') }, Math.min(rounds, 8)), 'tree'));
    }
    if (isWanted('growth')) {
      let before: readonly Row[] = [];
      for (const [layers, experts] of growthSizes) add((before = asGrowth(await measureSize(on(generated(layers, experts), 3)), before)));
    }
    if (isWanted('long-list')) add(await measureLongList(on(deep), namesOf(deep.tree, 'Linear')));
    if (isWanted('leak')) add(await measureLeaks(on(deep)));
  } finally {
    stop();
  }
}

try {
  const given = values.tree === undefined ? null : inputFrom(resolve(values.tree));
  const large = given ?? generated(61, values.quick ? 24 : 384);
  const sample = join(scratch, 'bert_base.json');
  writeFileSync(sample, gunzipSync(readFileSync(join(root, 'public/samples/bert_base.json.gz'))));
  const small = inputFrom(sample);
  const deep = given ?? (values.quick ? large : inputFrom(join(root, 'public/samples/deepseek_v3.json.gz')));
  const onEngine = ({ tree, title }: Input) => ({ tree, title, rounds });
  if (isWanted('sweep')) add(measureSweep(onEngine(large)));
  if (isWanted('slow')) add(measureSlow(onEngine(deep)));
  if (isWanted('resolve')) add(measureResolve(onEngine(deep)));
  if (isWanted('graph')) add(measureGraph(rounds, values.quick));
  if (isWanted('picture')) add(measurePictures(onEngine(large), join(root, 'public/samples'), values.quick));
  if (isWanted('cli')) add(measureCommandLine(large));
  if (isWanted('growth')) add(measureGrowth(values.quick ? 2 : 4));
  let version = '';
  if ([...groups.slice(0, 6), 'growth' as const, 'leak' as const].some(isWanted)) {
    const executablePath = process.env['ESPALIER_BROWSER'];
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
    });
    version = browser.version();
    await measurePage(browser, small, deep, large);
    await browser.close();
  }
  const [processor] = cpus();
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: processor?.model ?? 'unknown',
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.versions.node,
    chromium: version,
  };
  const [growing, others] = [rows.filter(({ group }) => group === 'growth'), rows.filter(({ group }) => group !== 'growth')];
  if (others.length > 0) console.log(tableOf(others));
  if (growing.length > 0) console.log(`\nAs models grow:\n\n${growthTableOf(growing)}`);
  console.log(
    `\n${machine.date}, ${machine.cores} cores (${machine.processor}), ${machine.memory}, Node ${machine.node}` +
      (version === '' ? '' : `, Chromium ${version}`),
  );
  mkdirSync(join(root, 'test-results'), { recursive: true });
  writeFileSync(join(root, 'test-results/bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  console.log('The same as JSON: test-results/bench.json');
  const unmeasured = rows.filter(({ median }) => !Number.isFinite(median));
  if (rows.length === 0 || unmeasured.length > 0) {
    console.error(`Not measured: ${unmeasured.map(({ what }) => what).join('; ') || 'anything'}.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
