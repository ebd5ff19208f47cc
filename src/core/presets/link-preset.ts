import { linkFixes, spreadLinks } from '../checks/fixes/link-fixes.ts';
import { applyListEdits } from '../config/list-edits.ts';
import type { ConfigObject } from '../config/value.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';

/**
 * The sub-configs that link modules of the student to their counterparts in the teacher (rules F2c, X6c): where the teacher lacks all of
 * their names, or is deeper. `null` where they need no link, or no counterpart is plain.
 */
export function linkToTeacher(config: ConfigObject, rows: readonly number[], tree: ModuleTree, teacher: ModuleTree): readonly ConfigObject[] | null {
  const names = new Set<string>();
  for (let module = 0; module < teacher.size; module++) names.add(moduleName(teacher, module));
  const modules = rows.toSorted((a, b) => a - b);
  const known = modules.filter((module) => names.has(moduleName(tree, module))).length;
  const unlinked = { config, index: 0, listLength: 1, modules };
  const fixes = known === 0 ? linkFixes(unlinked, tree, teacher) : known === modules.length ? spreadLinks(unlinked, tree, teacher) : [];
  const action = fixes[0]?.action;
  const linked = action?.type === 'edit-list' ? applyListEdits([config], action.edits) : null;
  return linked?.ok ? linked.value : null;
}
