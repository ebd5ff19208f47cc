import { linksOf } from '../../algorithms/links.ts';
import { getKey } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { createNameLookup, moduleName } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';

export interface LinkSharedValues extends OfSubConfig {
  readonly link: string;
  readonly other: string;
}

/** Two names of one module object of the teacher: each is wrapped, which works once only (rule X6). */
export const linkShared: FindingKind<LinkSharedValues> = {
  words: ({ link, other }) => ({
    title: `In the teacher, ${link} and ${shortened(other)} are the same module.`,
    why: 'The distiller wraps every linked module once; link to one of the two names.',
  }),
};

/** Finds two names of one module of the teacher that are both linked; one finding a sub-config (rule X6a). */
export function findSharedLinks({ resolution, tree, teacher: given }: FindingInput): readonly FindingOf<'link-shared', LinkSharedValues>[] {
  const teacher = given ?? tree;
  if (teacher.sharedWith.size === 0) return [];
  const { rowOf } = createNameLookup(teacher);
  const namesOf = new Map<number, string>();
  const findings = new Map<number, FindingOf<'link-shared', LinkSharedValues>>();
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
          rule: 'X6',
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
