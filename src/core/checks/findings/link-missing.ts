import { linksOf } from '../../algorithms/links.ts';
import { getAt } from '../../config/list-edits.ts';
import { getKey, isConfigList, isConfigObject } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { andMore } from '../../diagnostics/phrases.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { pythonStringRepr } from '../../python/string-repr.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';
import { linkFixes } from '../fixes/link-fixes.ts';

export interface LinkMissingValues extends OfSubConfig {
  readonly link: string;
  readonly count: number;
}

/** Linked modules that the teacher lacks (rule X6). */
export const linkMissing: FindingKind<LinkMissingValues> = {
  words: ({ link, count }) => ({
    title: `The teacher has no module ${link}${andMore(count)}.`,
    why: 'Every linked module must exist in the teacher; without a link the name of the student’s module is meant.',
  }),
};

/** Finds linked modules that the teacher (without one: the student) lacks; one finding a sub-config, fixed where the counterparts are plain (rules X6a, F2c, F2d). */
export function findMissingLinks({ resolution, tree, teacher: given, list }: FindingInput): readonly FindingOf<'link-missing', LinkMissingValues>[] {
  const teacher = given ?? tree;
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
    rule: 'X6',
    where: { subConfig, path: ['link'], modules },
    values: { subConfig: subConfig + 1, link: first, count },
    error: { type: 'KeyError', message: pythonStringRepr(first) },
    fixes: fixesOf(subConfig, modules),
  }));

  function fixesOf(index: number, modules: readonly number[]): readonly Fix[] {
    const config = getAt(list, [index]);
    const lacking = [...new Set(modules)];
    // Splitting it would leave out modules that have their link.
    if (!isConfigList(list) || !isConfigObject(config) || configured.get(index)?.size !== lacking.length) return [];
    return linkFixes({ config, index, listLength: list.length, modules: lacking }, tree, teacher);
  }
}
