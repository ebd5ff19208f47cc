import { spawnSync } from 'node:child_process';
import { judgeList } from '../core/checks/judge-list.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { isConfigList, type ConfigList } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { nameAt } from '../core/module-tree/packed-names.ts';
import { compilePattern } from '../core/python-re/pattern.ts';
import { sweepNames } from '../core/python-re/sweep.ts';
import { createResolver } from '../core/resolve/resolver.ts';
import { buildListView } from '../worker/list-view.ts';
import { quantile, rowOf, type Row } from './report.ts';

/** The measured tree, its title, and the number of rounds. */
export interface EngineInput {
  readonly tree: ModuleTree;
  readonly title: string;
  readonly rounds: number;
}

function time(action: () => void): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}

function repeat(rounds: number, action: (round: number) => number): number[] {
  return Array.from({ length: rounds }, (_, round) => action(round));
}

const sweptPatterns = [
  '.*proj$',
  'model\\.layers\\.\\d+\\.mlp\\.experts\\.\\d+\\.(gate|up)_proj$',
  '.*(q|k|v|o)_proj',
  'model\\.layers\\.([0-9]|[1-4][0-9])\\.',
  '.*experts\\.(\\d*[02468])\\..*',
  '(?i).*NORM',
  '(?!.*mlp).*proj',
  'lm_head|.*\\.norm$',
];

/** Seconds that CPython's `re.match` takes over the names, by pattern; `null` without python3. */
function timePython(names: readonly string[], patterns: readonly string[]): number[] | null {
  const program = [
    'import json, re, sys, time',
    'names, patterns = json.load(sys.stdin)',
    'out = []',
    'for source in patterns:',
    '    match = re.compile(source).match',
    '    times = []',
    '    for _ in range(5):',
    '        started = time.perf_counter()',
    '        for name in names: match(name)',
    '        times.append(time.perf_counter() - started)',
    '    out.append(sorted(times)[2])',
    'print(json.dumps(out))',
  ].join('\n');
  const ran = spawnSync('python3', ['-c', program], { input: JSON.stringify([names, patterns]), encoding: 'utf8' });
  return ran.status === 0 ? (JSON.parse(ran.stdout) as number[]) : null;
}

/** One pattern over all names: fresh patterns by the automaton, against CPython in the same run. */
export function measureSweep({ tree, title, rounds }: EngineInput): Row[] {
  const names = tree.names;
  const texts = Array.from({ length: names.size }, (_, index) => nameAt(names, index));
  const sweepFresh = (source: string, salt: string): number => {
    // A comment makes the pattern a new one: nothing is remembered of the one before.
    const compiled = compilePattern(`${source}(?#${salt})`, '3.11');
    if (!compiled.ok) throw new Error(`${source}: ${compiled.error.msg}`);
    return time(() => void sweepNames(compiled.value, names));
  };
  // The code itself is warm after the first few letters that are typed.
  for (const source of sweptPatterns) repeat(3, (round) => sweepFresh(source, `warm ${round}`));
  const each = sweptPatterns.map((source) => {
    const samples = repeat(rounds, (round) => sweepFresh(source, String(round)));
    return quantile(samples, 0.5);
  });
  const python = timePython(texts, sweptPatterns);
  const rows = [rowOf('sweep', `sweep of a fresh pattern, ${title}`, each, { aim: 4, note: `${each.length} patterns` })];
  if (python) {
    const ratios = python.map((seconds, at) => (seconds * 1000) / each[at]!);
    rows.push(
      rowOf('sweep', 'times faster than CPython’s re.match loop', ratios, { unit: '×', aim: 3, moreIsBetter: true }),
    );
  }
  return rows;
}

/** How long it takes to say that Python would hang. */
export function measureSlow({ tree, title, rounds }: EngineInput): Row[] {
  const sources = ['(\\w+\\.?)+!', '(.+)*!', '(\\w+|\\.|\\w)*!', '([a-z_.0-9]+)*!'];
  const samples = sources.flatMap((source) =>
    repeat(Math.max(2, rounds >> 1), (round) => {
      const compiled = compilePattern(`${source}(?#${round})`, '3.11');
      if (!compiled.ok) throw new Error(compiled.error.msg);
      return time(() => {
        if (sweepNames(compiled.value, tree.names).type !== 'slow') throw new Error(`${source} is not slow`);
      });
    }),
  );
  return [rowOf('slow', `verdict on a slow pattern, ${title}`, samples, { aim: 50 })];
}

function listOf(text: string): ConfigList {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigList(read.value)) throw new Error('not a list');
  return read.value;
}

/** Ten sub-configs that overlap; `ratio` and `extra` change one of them. */
function tenSubConfigs(ratio: number, extra: string): ConfigList {
  const configs = Array.from({ length: 10 }, (_, at) => {
    const pattern = `model\\.layers\\.${at}\\d*\\..*_proj${at === 3 ? extra : ''}`;
    return { op_types: ['Linear'], op_names_re: [pattern], sparse_ratio: at === 5 ? ratio : 0.25 };
  });
  return listOf(JSON.stringify(configs));
}

/** From a change in a list of ten sub-configs to all settings, provenance and findings, ready for the page. */
export function measureResolve({ tree, title, rounds }: EngineInput): Row[] {
  const resolver = createResolver(tree);
  const resolve = (list: ConfigList): number =>
    time(() => {
      const setting = { resolver, mode: 'pruning', templates: [], python: '3.11', teacher: null, algorithm: null, call: null } as const;
      buildListView('pruning', judgeList(list, setting), tree);
    });
  const cold = resolve(tenSubConfigs(0.5, ''));
  const settings = repeat(rounds, (round) => resolve(tenSubConfigs(0.5 + (round + 1) / 1000, '')));
  const patterns = repeat(rounds, (round) => resolve(tenSubConfigs(0.5, `(?:|x${round})`)));
  // A first entry often matches everything, and NNI refuses it for many types at once.
  const everything = repeat(rounds, (round) =>
    resolve(listOf(JSON.stringify([{ op_names_re: [`.*(?#${round})`], sparse_ratio: 0.5 }]))),
  );
  return [
    rowOf('resolve', `resolve a pattern that takes everything, ${title}`, everything, { aim: 150 }),
    rowOf('resolve', `resolve 10 sub-configs, ${title}: first`, [cold], { note: 'nothing known yet' }),
    rowOf('resolve', `resolve 10 sub-configs, ${title}: a setting changes`, settings, { aim: 150 }),
    rowOf('resolve', `resolve 10 sub-configs, ${title}: a pattern changes`, patterns, { aim: 150 }),
  ];
}
