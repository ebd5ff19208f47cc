import { emptyObject, floatOf, getKey } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix } from '../../diagnostics/fix.ts';
import { targetsReached } from '../../config/setting-keys.ts';
import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';

export interface MasksNothingValues extends OfSubConfig {
  /** Configured targets. */
  readonly count: number;
}

/** A sub-config of a pruning that says no amount (rule X4). */
export const masksNothing: FindingKind<MasksNothingValues> = {
  words: ({ subConfig, count }, numberOf) => ({
    title: `Sub-config ${numberOf(subConfig)} masks nothing: it has no sparse_ratio, sparse_threshold or align.`,
    why: `NNI takes ${formatQuantity(count, 'target')} without an amount and makes no mask for them.`,
  }),
  concerns: ({ where }, { targets }) => targets.some(({ subConfig }) => subConfig === where.subConfig),
};

const amounts = ['sparse_ratio', 'sparse_threshold', 'align'];
const usualRatio = floatOf(0.5);

/** Finds sub-configs that hold targets, none of which has an amount or an alignment (rule X4). Pruning only. */
export function findMasksNothing({ resolution, tree, templates }: FindingInput): readonly FindingOf<'masks-nothing', MasksNothingValues>[] {
  const { mode, verdict, outcomes, outcomeId } = resolution;
  if (mode !== 'pruning' || !verdict.accepted) return [];
  const counts = new Map<number, number>();
  const masking = new Set<number>();
  const types = new Map<number, Set<string>>();
  const modulesOf = new Uint32Array(outcomes.length);
  for (const id of outcomeId) modulesOf[id]!++;
  outcomes.forEach(({ targets, specId }, id) => {
    for (const { subConfig, setting, attribute } of targets) {
      if (attribute === 'empty') continue;
      counts.set(subConfig, (counts.get(subConfig) ?? 0) + modulesOf[id]!);
      types.set(subConfig, (types.get(subConfig) ?? new Set()).add(tree.specs[specId]?.type ?? ''));
      if (amounts.some((key) => (getKey(setting, key) ?? null) !== null)) masking.add(subConfig);
    }
  });
  const findTemplate = createTemplateRegistry(mode, templates);
  return [...counts].flatMap(([subConfig, count]) => {
    if (masking.has(subConfig)) return [];
    const takesRatio = [...(types.get(subConfig) ?? [])].every((type) => targetsReached(findTemplate(type) ?? emptyObject, 'sparse_ratio').length > 0);
    return [
      {
        code: 'masks-nothing' as const,
        severity: 'silent' as const,
        rule: 'X4',
        where: { subConfig, path: [] },
        values: { subConfig: subConfig + 1, count },
        fixes: takesRatio ? [fix('add-ratio', { value: usualRatio.text }, { type: 'set', path: [subConfig, 'sparse_ratio'], value: usualRatio })] : [],
      },
    ];
  });
}
