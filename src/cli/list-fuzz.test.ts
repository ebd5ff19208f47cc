import { judgeList } from '../core/checks/judge-list.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { modes } from '../core/config/mode.ts';
import { writeCompactPythonJson } from '../core/config/json-writer.ts';
import { asResolved } from '../core/diagnostics/number-of.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import { wordFix } from '../core/diagnostics/fix.ts';
import { createResolver } from '../core/resolve/resolver.ts';
import { damage, seedLists } from '../core/testing/damaged-files.ts';
import { fuzzRuns } from '../core/testing/fuzz-runs.ts';
import { readSample } from '../core/testing/nni-vectors.ts';
import { UnusableInput } from './command-line.ts';
import { loadListOrPlan } from './list-inputs.ts';
import { reportOf } from './resolve-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'espalier-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

const settings = ['oddities', 'conv_bn_relu'].map((name) => {
  const tree = readSample(name);
  return { tree, resolver: createResolver(tree), teacher: null, templates: [], python: '3.11', algorithm: null, call: null, uncalled: [] } as const;
});

/** Everything the command line says of a file with a list: a report and findings, or why the file is unusable. */
async function answersOf(bytes: Uint8Array, mode: (typeof modes)[number]): Promise<readonly string[]> {
  const path = join(folder, 'list');
  writeFileSync(path, bytes);
  const answers: string[] = [];
  for (const setting of settings) {
    try {
      const read = await loadListOrPlan(path, { mode, tree: setting.tree, set: new Map(), noLimits: false, complain: () => undefined });
      const list = read.type === 'list' ? read.list : read.plan.lists[mode].map(({ config }) => config);
      const judged = judgeList(list, { ...setting, mode });
      answers.push(writeCompactPythonJson(reportOf(judged, setting.resolver)));
      for (const finding of judged.findings) {
        const { title, why } = wordFinding(finding, asResolved);
        expect(title).not.toBe('');
        answers.push(title, why, ...finding.fixes.map((fix) => wordFix(fix, asResolved)));
      }
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      expect(error.message).not.toBe('');
      answers.push(error.message);
    }
  }
  return answers;
}

test.each(Object.keys(seedLists))('damaged lists as %s are answered (seed 18, 200 runs)', async (kind) => {
  const files = damage(seedLists[kind]!);
  await fc.assert(
    fc.asyncProperty(files, fc.constantFrom(...modes), async (bytes, mode) => {
      const answers = await answersOf(bytes, mode);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.filter((text) => /\[object |\n {4}at /.test(text))).toEqual([]);
    }),
    fuzzRuns(18, 200),
  );
});
