import { linksOf } from '../algorithms/links.ts';
import { getAt } from '../config/list-edits.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { getKey, isConfigList, isConfigObject, type ConfigValue } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleName } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { linkFixes } from './link-fixes.ts';

/** Links on which a distiller fails when it registers the modules of its teacher (rule X6). */
export function findLinkFailures(
  resolution: Resolution,
  tree: ModuleTree,
  teacher: ModuleTree,
  list: ConfigValue,
): readonly Finding[] {
  return [...missingLinks(resolution, tree, teacher, list), ...sharedLinks(resolution, tree, teacher)];
}

/** Two names of one module object of the teacher: each is wrapped, which works once only. */
function sharedLinks(resolution: Resolution, tree: ModuleTree, teacher: ModuleTree): readonly Finding[] {
  if (teacher.sharedWith.size === 0) return [];
  const { rowOf } = createNameLookup(teacher);
  const namesOf = new Map<number, string>();
  const findings = new Map<number, Finding>();
  resolution.outcomeId.forEach((id, index) => {
    for (const { setting, subConfig } of resolution.outcomes[id]?.targets ?? []) {
      for (const name of linksOf(getKey(setting, 'link'), moduleName(tree, index))) {
        const row = rowOf(name);
        if (row < 0) continue;
        const object = teacher.sharedWith.get(row) ?? row;
        const other = namesOf.get(object);
        if (other === undefined) namesOf.set(object, name);
        if (other === undefined || other === name || findings.has(subConfig)) continue;
        const message = `${name} is already wrapped by another wrapper, can not wrap it again.`;
        findings.set(subConfig, {
          code: 'link-shared',
          severity: 'later',
          where: { subConfig, path: ['link'], modules: [index] },
          values: { subConfig: subConfig + 1, link: name, other },
          error: { type: 'AssertionError', message },
          fixes: [],
        });
      }
    }
  });
  return [...findings.values()];
}

/** Linked modules that the teacher lacks. */
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
    error: { type: 'KeyError', message: pythonStringRepr(first) },
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
