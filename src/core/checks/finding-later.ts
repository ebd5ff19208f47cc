import type { Finding } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { FindingContext } from './finding-context.ts';
import { findDistillationFailures } from './finding-distillation.ts';
import { findEmptyQuantized } from './finding-forward.ts';
import { findFusionFailures } from './finding-fusions.ts';
import { maskFixes } from './mask-fixes.ts';
import { predictMasks } from '../masks/predict-masks.ts';

/** What the algorithm would raise when it runs on a list that NNI accepts (rules X1–X3, X6–X8). */
export function findLaterFailures(
  resolution: Resolution,
  tree: ModuleTree,
  { resolver, teacher, list }: FindingContext,
): readonly Finding[] {
  if (!resolution.verdict.accepted) return [];
  if (resolution.mode === 'pruning') return maskFailure(resolution, resolver);
  if (resolution.mode === 'quantization') {
    return [...findFusionFailures(resolution, tree, resolver.indexOf), ...findEmptyQuantized(resolution)];
  }
  return findDistillationFailures(resolution, tree, teacher ?? tree, list);
}

function maskFailure(resolution: Resolution, resolver: Resolver): readonly Finding[] {
  const prediction = predictMasks(resolution, resolver);
  if (prediction.type === 'masks') return [];
  const { error, module, target, rule } = prediction;
  const outcome = module < 0 ? undefined : resolution.outcomes[resolution.outcomeId[module]!];
  const owner = outcome?.targets.find((candidate) => candidate.target === target)?.subConfig ?? null;
  return [
    {
      code: 'mask-failure',
      severity: 'later',
      where: { subConfig: owner, path: [], modules: module < 0 ? [] : [module] },
      values: { module: module < 0 ? '' : moduleName(resolver.tree, module), target, rule },
      error,
      fixes: maskFixes(prediction, outcome, resolution),
    },
  ];
}
