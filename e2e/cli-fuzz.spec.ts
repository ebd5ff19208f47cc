import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import * as fc from 'fast-check';
import { modes } from '../src/core/config/mode.ts';
import { damage, seedLists, seedTrees } from '../src/core/testing/damaged-files.ts';
import { fuzzRuns } from '../src/core/testing/fuzz-runs.ts';

/** Milliseconds after which a command counts as hanging. */
const hangs = 60_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a process, with its input; `code` is null for one that had to be killed or crashed. */
async function espalier(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/cli/espalier.js', ...args], { timeout: hangs, killSignal: 'SIGKILL' });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that refuses its arguments does not read.
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}

/** The fault in the way a command ended; `null` where it answered or refused in words. */
function problemOf({ code, stdout, stderr }: Ended): string | null {
  if (code === null) return `killed, by itself or after ${hangs / 1000} s: ${stderr}`;
  if (code > 2) return `exit code ${code}: ${stderr}`;
  if (/^\s+at .+:\d+:\d+\)?$/m.test(stderr)) return `a stack trace: ${stderr}`;
  if (code === 2 && stderr.trim() === '' && !stdout.includes('"unusable"')) return 'exit code 2 without a reason';
  return null;
}

/** Tries each input; failures stay in the test's folder, with the seed. */
async function tryAll(
  { seed, numRuns }: ReturnType<typeof fuzzRuns>,
  inputs: fc.Arbitrary<Uint8Array>,
  run: (path: string, index: number) => Promise<Ended>,
): Promise<void> {
  test.setTimeout(120_000 + numRuns * 10_000);
  const wrong: string[] = [];
  for (const [index, bytes] of fc.sample(inputs, { seed, numRuns }).entries()) {
    const path = test.info().outputPath(`input-${index}`);
    writeFileSync(path, bytes);
    const problem = problemOf(await run(path, index));
    if (problem !== null) wrong.push(`${path} (seed ${seed}, input ${index}): ${problem}`);
  }
  expect(wrong, wrong.join('\n')).toEqual([]);
}

// A process each; many more are read within one process by src/cli/list-fuzz.test.ts and src/core/readers/fuzz.test.ts.
test('damaged models: each process ends with an answer or a reason (seed 21, 15 files)', async () => {
  await tryAll(fuzzRuns(21, 15), damage(Object.values(seedTrees).flat()), (path) =>
    espalier(['match', '--tree', path], '".*"\n'),
  );
});

test('damaged lists: each process ends with an answer or a reason (seed 22, 15 files)', async () => {
  await tryAll(fuzzRuns(22, 15), damage(Object.values(seedLists).flat()), (path, index) =>
    espalier(['check', path, '--tree', 'public/samples/oddities.json.gz', '--mode', modes[index % modes.length]!]),
  );
});

test('damaged lists on standard input: every line gets its answer (seed 23, 1,000 lines)', async () => {
  const { seed, numRuns } = fuzzRuns(23, 1000);
  test.setTimeout(120_000 + numRuns * 1000);
  const lines = fc
    .sample(damage(seedLists['JSON on one line']!), { seed, numRuns })
    .map((bytes) => new TextDecoder().decode(bytes).replaceAll(/[\r\n]/g, ' ').trim())
    .filter((line) => line !== '');
  // A first line that holds a list of its own: the input is then lines, not one list over several.
  const input = ['[]', ...lines];
  const ended = await espalier(['resolve', '--tree', 'public/samples/oddities.json.gz', '--mode', 'pruning'], input.join('\n'));
  expect(problemOf(ended)).toBeNull();
  const answers = ended.stdout.trimEnd().split('\n');
  expect(answers.length).toBe(input.length);
  for (const answer of answers) expect(answer).toMatch(/^\{"(?:accepted|unusable)"/);
});
