import { getAt } from '../config/list-edits.ts';
import { getKey, isConfigList, isConfigObject, type ConfigValue } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './find-findings.ts';
import { findEmptyQuantized } from './finding-forward.ts';
import { findFusionFailures } from './finding-fusions.ts';
import { linkFixes } from './link-fixes.ts';
import { maskFixes } from './mask-fixes.ts';
import { predictMasks } from './masks.ts';

/** What the algorithm would raise when it runs on a list that NNI accepts (rules X1–X3, X6–X8). */
export function findLaterFailures(
  resolution: Resolution,
  tree: ModuleTree,
  { resolver, teacher, list }: FindingContext,
): readonly Finding[] {
  if (!resolution.verdict.accepted) return [];
  if (resolution.mode === 'pruning') return maskFailure(resolution, tree);
  if (resolution.mode === 'quantization') {
    return [...findFusionFailures(resolution, tree, resolver.indexOf), ...findEmptyQuantized(resolution)];
  }
  return teacher ? missingLinks(resolution, tree, teacher, list) : [];
}

function maskFailure(resolution: Resolution, tree: ModuleTree): readonly Finding[] {
  const prediction = predictMasks(resolution, tree);
  if (prediction.type === 'masks') return [];
  const { error, module, target, rule } = prediction;
  const outcome = module < 0 ? undefined : resolution.outcomes[resolution.outcomeId[module]!];
  const owner = outcome?.targets.find((candidate) => candidate.target === target)?.subConfig ?? null;
  return [
    {
      code: 'mask-failure',
      severity: 'later',
      where: { subConfig: owner, path: [], modules: module < 0 ? [] : [module] },
      values: { module: module < 0 ? '' : moduleName(tree, module), target, rule },
      error,
      fixes: maskFixes(prediction, outcome, resolution),
    },
  ];
}

/** Linked modules that the teacher lacks; `auto` and nothing mean the module's own name. */
function missingLinks(
  resolution: Resolution,
  tree: ModuleTree,
  teacher: ModuleTree,
  list: ConfigValue,
): readonly Finding[] {
  const names = new Set<string>();
  for (let index = 0; index < teacher.size; index++) names.add(moduleName(teacher, index));
  const missing = new Map<number, { first: string; modules: number[]; count: number }>();
  const configured = new Map<number, Set<number>>();
  resolution.outcomeId.forEach((id, index) => {
    for (const { setting, subConfig } of resolution.outcomes[id]?.targets ?? []) {
      configured.set(subConfig, (configured.get(subConfig) ?? new Set()).add(index));
      const lacking = linksOf(getKey(setting, 'link'), moduleName(tree, index)).find((name) => !names.has(name));
      if (lacking === undefined) continue;
      const known = missing.get(subConfig) ?? { first: lacking, modules: [], count: 0 };
      missing.set(subConfig, known);
      known.count++;
      if (known.modules.length < 400) known.modules.push(index);
    }
  });
  return [...missing].map(([subConfig, { first, modules, count }]) => ({
    code: 'link-missing',
    severity: 'later',
    where: { subConfig, path: ['link'], modules },
    values: { subConfig: subConfig + 1, link: first, count },
    fixes: fixesOf(subConfig, modules),
  }));

  function fixesOf(index: number, modules: readonly number[]): readonly Fix[] {
    const config = getAt(list, [index]);
    const lacking = [...new Set(modules)];
    // Splitting it would leave out those that have their link.
    if (!isConfigList(list) || !isConfigObject(config) || configured.get(index)?.size !== lacking.length) return [];
    return linkFixes({ config, index, listLength: list.length, modules: lacking }, tree, teacher);
  }
}

function linksOf(link: ConfigValue | undefined, own: string): readonly string[] {
  if (typeof link === 'string') return [link === 'auto' ? own : link];
  if (isConfigList(link)) return link.filter((name) => typeof name === 'string').map((name) => (name === 'auto' ? own : name));
  return [own];
}
