import type { FindingOf } from '../../diagnostics/finding.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { configuredRows } from '../configured-rows.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { modulesNamed } from '../modules-named.ts';

export interface NeverRunsValues {
  readonly module: string;
  readonly count: number;
  /** ModelSpeedup fails at one of these modules. */
  readonly stopsSpeedup: boolean;
}

/** Configured modules that the recorded forward pass never calls (rules G1, G19). */
export const neverRuns: FindingKind<NeverRunsValues> = {
  words: ({ module, count, stopsSpeedup }) => ({
    title: `The model never calls ${shortened(module)}${andMore(count)}: ${stopsSpeedup ? 'ModelSpeedup fails there, and its settings have' : 'its settings have'} no effect.`,
    why: 'NNI masks and quantizes a module when its forward runs. In the recorded pass it does not, even if another module uses its weights.',
  }),
};

/** Finds configured modules without a call in the recorded forward pass; one finding a sub-config. Needs the data flow: none without it (rule G19). */
export function findNeverRun({ resolution, tree }: FindingInput): readonly FindingOf<'never-runs', NeverRunsValues>[] {
  const { graph } = tree;
  if (graph === null || graph.calls.size === 0 || graph.recordedBy !== '' || !resolution.verdict.accepted) return [];
  const rowsOf = configuredRows(resolution, (row) => !graph.calls.has(moduleName(tree, tree.sharedWith.get(row) ?? row)));
  return [...rowsOf].map(([subConfig, rows]) => ({
    code: 'never-runs',
    severity: 'silent',
    rule: 'G19',
    where: { subConfig, path: [], modules: rows.slice(0, modulesNamed) },
    values: { module: moduleName(tree, rows[0]!), count: rows.length, stopsSpeedup: false },
    fixes: [],
  }));
}
