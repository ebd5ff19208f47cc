import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { maskFixes } from '../mask-fixes.ts';

export interface MaskFailureValues {
  readonly module: string;
  readonly target: string;
  readonly rule: string;
}

const reasons: Readonly<Record<string, string>> = {
  X1: 'The block does not divide the shape of the target, or the target has no tensor that has a norm.',
  X2: 'Targets of one group need equal ratios, metrics of equal shape, and a number of blocks that divides them.',
  X3: 'The mask to align with is missing in this list, or its size does not fit.',
  X4: 'The ratio cannot be applied.',
};

/** What the pruner would raise when it makes masks (rules X1–X4). */
export const maskFailure: FindingKind<MaskFailureValues> = {
  words: ({ module, target, rule }) => ({
    title: `The pruner fails at ${shortened(module)}.${target} when it makes masks.`,
    why: reasons[rule] ?? 'Its shape, group or alignment does not fit.',
  }),
};

export function findMaskFailure({ resolution, outcome: { error }, tree }: FindingInput): readonly FindingOf<'mask-failure', MaskFailureValues>[] {
  if (error === null || !/^X[1-4]$/.test(error.rule)) return [];
  const { module, target, rule, type, message } = error;
  const outcome = module < 0 ? undefined : resolution.outcomes[resolution.outcomeId[module]!];
  const owner = outcome?.targets.find((candidate) => candidate.target === target)?.subConfig ?? null;
  return [
    {
      code: 'mask-failure',
      severity: 'later',
      rule,
      where: { subConfig: owner, path: [], modules: module < 0 ? [] : [module] },
      values: { module: module < 0 ? '' : moduleName(tree, module), target, rule },
      error: { type, message },
      fixes: maskFixes({ target, rule }, outcome, resolution),
    },
  ];
}
