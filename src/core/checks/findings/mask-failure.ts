import { editAnyList } from '../../config/list-edits.ts';
import { isConfigList } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import { findGroupConflicts } from '../../masks/group-conflicts.ts';
import { predictMasks } from '../../masks/predict-masks.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { Resolver } from '../../resolve/resolver.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { maskFixes, missingSource } from '../fixes/mask-fixes.ts';

export interface MaskFailureValues {
  readonly module: string;
  readonly target: string;
  readonly rule: string;
  /** Members of its group by the shape of their metrics; empty where shapes do not decide. */
  readonly parts: string;
  /** The target that it follows, where nothing in the list makes a mask of its module; else empty. */
  readonly source: string;
}

const reasons: Readonly<Record<string, string>> = {
  X1: 'The block does not divide the shape of the target, or the target has no tensor that has a norm.',
  X2: 'Targets of one group need equal ratios, metrics of equal shape, and a number of blocks that divides them.',
  X3: 'The mask to align with is missing in this list, or its size does not fit.',
  X4: 'The ratio cannot be applied.',
};

/** An error of the pruner when it makes masks (rules X1–X4). */
export const maskFailure: FindingKind<MaskFailureValues> = {
  words: ({ module, target, rule, parts, source }) => ({
    title: source === '' ? `The pruner fails at ${shortened(module)}.${target} when it makes masks.` : `${shortened(module)}.${target} follows ${shortened(source)}, which no sub-config prunes.`,
    why: source !== '' ? 'align takes the mask of another target of the same list: the pruner fails when it makes masks.' : parts !== '' ? `Its dependency group holds parts that cannot be pruned together: ${parts}.` : reasons[rule] ?? 'Its shape, group or alignment does not fit.',
  }),
};

/** `64 pieces (conv1 and 2 more modules), 1000 pieces (fc)`. */
function partsOfGroup(module: number, resolution: Resolution, resolver: Resolver): string {
  const conflict = findGroupConflicts(resolution, resolver).find(({ parts }) => parts.some(({ modules }) => modules.includes(module)));
  if (conflict === undefined) return '';
  return conflict.parts
    .slice(0, 4)
    .map(({ metric, modules }) => `${metric.join(' × ')} (${shortened(moduleName(resolver.tree, modules[0]!))}${andMore(modules.length)})`)
    .join(', ');
}

/** Finds the first error of the pruner when it makes masks; one finding at most (rules X1–X4). */
export function findMaskFailure(input: FindingInput): readonly FindingOf<'mask-failure', MaskFailureValues>[] {
  const { resolution, resolver, outcome: { error }, tree } = input;
  if (error === null || !/^X[1-4]$/.test(error.rule)) return [];
  const { module, target, rule, type, message } = error;
  const outcome = module < 0 ? undefined : resolution.outcomes[resolution.outcomeId[module]!];
  const failed = outcome?.targets.find((candidate) => candidate.target === target);
  const missing = rule === 'X3' && failed !== undefined ? missingSource(failed.setting, resolution, resolver) : null;
  return [
    {
      code: 'mask-failure',
      severity: 'later',
      rule,
      where: { subConfig: failed?.subConfig ?? null, path: [], modules: module < 0 ? [] : [module] },
      values: { module: module < 0 ? '' : moduleName(tree, module), target, rule, parts: rule === 'X2' ? partsOfGroup(module, resolution, resolver) : '', source: missing === null ? '' : `${missing.module}.${missing.target}` },
      error: { type, message },
      fixes: maskFixes({ target, rule }, outcome, resolution, resolver).filter((fix) => settles(fix, input)),
    },
  ];
}

/** Whether the pruner gets through after the fix, or stops at another target. */
function settles({ action }: Fix, { list, resolver, resolution, templates, python, outcome }: FindingInput): boolean {
  const after = action.type === 'edit-list' && isConfigList(list) ? editAnyList(list, action.edits) : null;
  if (after === null) return true;
  const prediction = predictMasks(resolver.resolve({ mode: resolution.mode, list: after, templates, python }), resolver);
  return prediction.type === 'masks' || prediction.module !== outcome.error?.module || prediction.target !== outcome.error.target;
}
