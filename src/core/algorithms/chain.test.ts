import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { readAlgorithm } from './algorithm.ts';
import { findChainIssues, wordChainIssue, workingOrder } from './chain.ts';

interface Recorded {
  readonly q: string;
  readonly error?: { readonly type: string; readonly message: string };
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

/** The question of the record, the chain that it was asked of, and what is found. */
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
});
