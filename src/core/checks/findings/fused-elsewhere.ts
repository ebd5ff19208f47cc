import type { FindingOf } from '../../diagnostics/finding.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import { findReusedParts } from '../../graph/fusion-proposals.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

export interface FusedElsewhereValues {
  readonly part: string;
  readonly calls: number;
  readonly head: string;
  /** Groups of the sub-config to which the same happens. */
  readonly count: number;
}

/** A part of a fusion that the model calls more than once: it is lost elsewhere, too (rule G17). */
export const fusedElsewhere: FindingKind<FusedElsewhereValues> = {
  words: ({ part, calls, head, count }) => ({
    title: `fuse_names: the model calls ${shortened(part)} ${calls} times, and fusing it removes every call${andMore(count, 'group')}.`,
    why: `NNI turns a fused part into an identity wherever it runs, without a word. Fuse ${shortened(head)} without it.`,
  }),
};

/** Finds fusions with a part that runs more than once; one finding a part. Needs the data flow: none without it (rule G17). */
export function findFusedElsewhere({ resolution, tree, resolver }: FindingInput): readonly FindingOf<'fused-elsewhere', FusedElsewhereValues>[] {
  if (resolution.mode !== 'quantization' || !resolution.verdict.accepted || tree.graph === null) return [];
  const found = new Map<number, { readonly index: number; readonly part: number; readonly calls: number; readonly head: string; readonly rows: number[] }>();
  for (const { subConfig, index, head, rest } of resolution.fusions) {
    const rows = [head, ...rest].map((name) => resolver.indexOf(name) ?? -1);
    const [reused] = rows.includes(-1) ? [] : findReusedParts(tree, rows);
    if (reused === undefined) continue;
    const first = found.get(subConfig);
    if (first === undefined) found.set(subConfig, { index, head, ...reused, rows: [reused.part] });
    else first.rows.push(reused.part);
  }
  return [...found].map(([subConfig, { index, part, calls, head, rows }]) => ({
    code: 'fused-elsewhere',
    severity: 'silent',
    rule: 'G17',
    where: { subConfig, path: ['fuse_names', index], modules: rows.slice(0, 20) },
    values: { part: moduleName(tree, part), calls, head, count: rows.length },
    fixes: [],
  }));
}
