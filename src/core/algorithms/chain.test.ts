import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { plainPruners, readAlgorithm } from './algorithm.ts';
import { defaultGranularityOf } from './algorithm-words.ts';
import { findChainIssues, wordChainIssue, workingOrder } from './chain.ts';
import { pruningMethod } from './ignored-settings.ts';
import { outcomeValue } from './outcome-value.ts';
import { predictOutcome } from './predict-outcome.ts';

/** A tree of the random runs. */
function readOdd(name: string): ModuleTree {
  const read = readTree({ name: `${name}.json.gz`, bytes: readFileSync(new URL(`vectors/models/odd/${name}.json.gz`, import.meta.url)) });
  if (!read.ok) throw new Error(name);
  return read.value;
}

interface Recorded {
  readonly q: string;
  readonly error?: { readonly type: string; readonly message: string };
  readonly result?: unknown;
}

const recorded = new Map(
  readFileSync(new URL('vectors/algorithm-chains.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const row = JSON.parse(line) as Recorded;
      return [row.q, row] as const;
    }),
);

const tree = readSample('conv_bn_relu');
const resolver = createResolver(tree);

function linkOf([name, text]: readonly [string, string]) {
  const algorithm = readAlgorithm(name)!;
  return { algorithm, resolution: resolver.resolve({ mode: algorithm.mode, list: parseList(text), templates: [], python: '3.11' }) };
}

const fused = '[{"op_names":["conv"],"quant_dtype":"int8","target_names":["_input_","weight","_output_"],"fuse_names":[["conv","bn","relu"]]}]';
const pruned = (name: string): string => `[{"op_names":["${name}"],"sparse_ratio":0.5}]`;
const distilled = (name: string): string => `[{"op_names":["${name}"],"lambda":1.0}]`;
const quantized = '[{"op_names":["conv","head"],"quant_dtype":"int8","target_names":["_input_","weight"]}]';

/** The question of the record, its chain, and the answer. */
const rows = [
  ['L1NormPruner on bn -> QAT that fuses conv, bn, relu', [['TaylorPruner', pruned('bn')], ['QATQuantizer', fused]], ['fused-part']],
  ['L1NormPruner on conv -> QAT that fuses conv, bn, relu', [['TaylorPruner', pruned('conv')], ['QATQuantizer', fused]], []],
  ['QAT that fuses conv, bn, relu -> TaylorPruner on bn', [['QATQuantizer', fused], ['TaylorPruner', pruned('bn')]], ['fused-part']],
  ['QAT that fuses conv, bn, relu -> TaylorPruner on conv', [['QATQuantizer', fused], ['TaylorPruner', pruned('conv')]], []],
  ['QAT that fuses conv, bn, relu -> LsqQuantizer that fuses conv, bn', [['QATQuantizer', fused], ['LsqQuantizer', fused]], ['fused-twice']],
  ['QAT that fuses conv, bn, relu -> distiller on relu', [['QATQuantizer', fused], ['DynamicLayerwiseDistiller', distilled('relu')]], ['fused-part']],
  ['distiller on bn -> QAT that fuses conv, bn, relu', [['DynamicLayerwiseDistiller', distilled('bn')], ['QATQuantizer', fused]], ['fused-part']],
  ['distiller on head -> QAT on head', [['DynamicLayerwiseDistiller', distilled('head')], ['QATQuantizer', quantized]], []],
  ['QAT -> PtqQuantizer with the same list', [['QATQuantizer', quantized], ['PtqQuantizer', quantized]], ['no-targets']],
  ['TaylorPruner -> SlimPruner with the same list', [['TaylorPruner', pruned('conv')], ['SlimPruner', pruned('conv')]], ['no-targets']],
  ['TaylorPruner -> QAT.from_compressor, compress(3)', [['TaylorPruner', pruned('conv')], ['QATQuantizer', quantized]], []],
  ['L1NormPruner (not compressed) -> QAT.from_compressor, compress(4)', [['L1NormPruner', pruned('conv')], ['QATQuantizer', quantized]], ['compress-first']],
  ['AGPPruner(L1NormPruner) -> QAT.from_compressor, compress(3)', [['AGPPruner(L1NormPruner)', pruned('conv')], ['QATQuantizer', quantized]], []],
  ['AGPPruner.from_compressor', [['QATQuantizer', quantized], ['AGPPruner(L1NormPruner)', pruned('conv')]], ['schedule-not-first']],
] as const;

describe('chains of compressors', () => {
  it.each(rows)('A-C1–A-C6: %s', (question, given, found) => {
    const row = recorded.get(question)!;
    const links = given.map(linkOf);
    const issues = findChainIssues(links, tree);
    expect(issues.map(({ type }) => type)).toEqual(found);
    const raised = issues.flatMap((issue) => ('error' in issue ? [{ type: issue.error, message: issue.message }] : []));
    expect(raised).toEqual(row.error ? [{ type: row.error.type, message: row.error.message }] : []);
    for (const issue of issues) expect(wordChainIssue(issue, links)).toMatch(/^\w.*\.$/);
  });

  it('A-C5: a schedule is put first, and the rest stays in its order', () => {
    const links = [['QATQuantizer', quantized], ['DynamicLayerwiseDistiller', distilled('head')], ['AGPPruner(L1NormPruner)', pruned('conv')]] as const;
    expect(workingOrder(links.map(linkOf)).map(({ algorithm }) => algorithm.mode)).toEqual(['pruning', 'quantization', 'distillation']);
  });

  /** One class on the model of the record: its call, and the list where that is another one. */
  const half = '[{"op_names":["conv","head"],"sparse_ratio":0.5}]';
  const single: Readonly<Record<string, readonly [algorithm: string, call: string, list?: string]>> = {
    'AGPPruner over L1NormPruner without an evaluator': ['AGPPruner(L1NormPruner)', '{"interval_steps":1,"total_times":2,"max_steps":2,"evaluator":null}'],
    'AGPPruner over MovementPruner': ['AGPPruner(MovementPruner)', '{"interval_steps":1,"total_times":2,"warmup_step":1,"cooldown_begin_step":2,"max_steps":2}'],
    'AGPPruner over AGPPruner over L1NormPruner': ['AGPPruner(AGPPruner(L1NormPruner))', '{"interval_steps":1,"total_times":2,"max_steps":2}'],
    'AGPPruner.compress(max_steps below total_times * interval_steps)': ['AGPPruner(L1NormPruner)', '{"interval_steps":2,"total_times":2,"max_steps":3}'],
    'AGPPruner over Taylor, training_steps 1 < interval_steps 2, total_times 2, ratio .5, compress(8)': ['AGPPruner(TaylorPruner)', '{"interval_steps":2,"total_times":2,"training_steps":1,"max_steps":8}'],
    'AGPPruner over Slim, training_steps 3 > interval_steps 2': ['AGPPruner(SlimPruner)', '{"interval_steps":2,"total_times":2,"training_steps":3,"max_steps":4}'],
    'L1NormPruner.compress(max_steps=1)': ['L1NormPruner', '{"max_steps":1}'],
    'SlimPruner.compress(max_steps=1)': ['SlimPruner', '{"training_steps":1,"max_steps":1}'],
    'SlimPruner without an evaluator': ['SlimPruner', '{"training_steps":1,"evaluator":null}'],
    'SlimPruner, training_steps 0': ['SlimPruner', '{"training_steps":0}'],
    'MovementPruner, warmup_step = cooldown_begin_step': ['MovementPruner', '{"warmup_step":2,"cooldown_begin_step":2,"max_steps":3}'],
    'MovementPruner.compress(max_steps below cooldown_begin_step)': ['MovementPruner', '{"warmup_step":1,"cooldown_begin_step":3,"max_steps":2}'],
    'QATQuantizer without an evaluator': ['QATQuantizer', '{"max_steps":1,"evaluator":null}', quantized],
    'PtqQuantizer.compress(None, None)': ['PtqQuantizer', '{"max_steps":null,"max_epochs":null}', quantized],
    'PtqQuantizer, is_bias_correction, Linear without bias': ['PtqQuantizer', '{"max_steps":1,"is_bias_correction":true}', '[{"op_names":["head"],"quant_dtype":"int8","target_names":["weight"]}]'],
    'Adaptive1dLayerwiseDistiller without track_forward': ['Adaptive1dLayerwiseDistiller', '{"max_steps":1,"track_forward":false}', distilled('head')],
  };

  it.each(Object.entries(single))('A-P3, A-P6, A-P9, A-P15, A-P16, A-Q12, A-Q13, A-D4: %s', (question, [name, call, list = half]) => {
    const row = recorded.get(question)!;
    const algorithm = readAlgorithm(name)!;
    const resolution = resolver.resolve({ mode: algorithm.mode, list: parseList(list), templates: [], python: '3.11' });
    const read = readJsonValue(call);
    if (!read.ok || !isConfigObject(read.value)) throw new Error(call);
    const outcome = outcomeValue(predictOutcome(resolution, resolver, { algorithm, call: read.value, teacher: null, uncalled: [] }), tree);
    const reported = JSON.parse(writeCompactJson(outcome)) as { readonly error?: { readonly type: string }; readonly masks?: unknown };
    expect(reported.error?.type).toBe(row.error?.type);
    if (row.result !== undefined) expect(reported.masks).toEqual(row.result);
  });

  it.each(plainPruners)('A-P2: the default granularity of %s', (name) => {
    const { result } = recorded.get(`granularity default of ${name}`)! as { readonly result: { readonly 'weight of conv': string | null; readonly apply_method: string } };
    expect(defaultGranularityOf(readAlgorithm(name)!)).toBe(result['weight of conv'] === null ? 'single elements' : 'whole output channels');
    expect(pruningMethod(name, 'mul')).toBe(result.apply_method);
  });

  /** Answers about weights and scales, which nothing here predicts, or to questions that no call or list can express. */
  const others = [
    'L1NormPruner.compress() -> QAT.from_compressor, compress(2)',
    'SlimPruner -> QAT.from_compressor, compress(3)',
    'MovementPruner -> QAT.from_compressor, compress(3)',
    'TaylorPruner -> QAT -> DynamicLayerwiseDistiller, compress(3)',
    'QAT (int8, no scheme) -> DoReFaQuantizer on other modules with a scheme',
    'SlimPruner whose list adds apply_method add, after TaylorPruner with add',
    'MovementPruner.compress() without arguments',
    'PtqQuantizer: does compress train',
    'QATQuantizer: forward in eval mode',
    'PtqQuantizer, is_bias_correction, Conv with bias only',
    'distiller with the student as teacher',
    'QATQuantizer.track_forward with a target that is never met',
  ];

  it('no recorded answer is left out without a reason', () => {
    const asked = [...rows.map(([question]) => question), ...Object.keys(single), ...plainPruners.map((name) => `granularity default of ${name}`), ...others];
    expect([...recorded.keys()].filter((question) => !asked.includes(question))).toEqual([]);
    expect(asked.filter((question) => !recorded.has(question))).toEqual([]);
  });
});

describe('what a list leaves to the next', () => {
  const withBias = createResolver(readOdd('frozen2'));
  const issuesOf = (...links: readonly (readonly [string, string])[]) =>
    findChainIssues(
      links.map(([name, text]) => {
        const algorithm = readAlgorithm(name)!;
        return { algorithm, resolution: withBias.resolve({ mode: algorithm.mode, list: parseList(text), templates: [], python: '3.11' }) };
      }),
      withBias.tree,
    ).filter(({ type }) => type === 'fused-bias' || type === 'align-taken');
  const fuses = (targets: string): string =>
    `[{"op_names":["stem"],"quant_dtype":"int8","quant_scheme":"affine","target_names":${targets},"fuse_names":[["stem","bn"]]}]`;
  const other = '[{"op_names":["mid"],"quant_dtype":"int8","quant_scheme":"affine","target_names":["weight"]}]';
  const weights = '[{"op_names":["mid"],"sparse_ratio":0.5,"target_names":["weight"]}]';

  it('A-C7: the bias of a fused head is lost when another compressor follows', () => {
    const lost = [{ type: 'fused-bias', at: 1, earlier: 0, module: 'stem', error: 'AssertionError', message: '' }];
    expect(issuesOf(['PtqQuantizer', fuses('["weight","_output_"]')], ['BNNQuantizer', other])).toEqual(lost);
    expect(issuesOf(['PtqQuantizer', fuses('["weight","bias","_output_"]')], ['BNNQuantizer', other])).toEqual([]);
    expect(issuesOf(['BNNQuantizer', other], ['PtqQuantizer', fuses('["weight","_output_"]')])).toEqual([]);
  });

  it('A-C8: a bias follows a weight that an earlier pruner keeps', () => {
    expect(issuesOf(['FPGMPruner', weights], ['SlimPruner', '[{"op_names":["mid"],"sparse_ratio":0.5}]'])).toEqual([
      { type: 'align-taken', at: 1, earlier: 0, module: 'mid', target: 'bias', error: 'AssertionError', message: '' },
    ]);
    expect(issuesOf(['FPGMPruner', weights], ['SlimPruner', '[{"op_names":["fc"],"sparse_ratio":0.5}]'])).toEqual([]);
  });
});
