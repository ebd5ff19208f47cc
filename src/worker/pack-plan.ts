import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { writeTree } from '../core/module-tree/write-tree.ts';
import { writePlan, type CarriedTrees } from '../core/plan/plan-file.ts';
import type { Plan } from '../core/plan/plan.ts';
import { encodePlanFragment, type PlanFragment } from '../core/plan/share.ts';
import type { TreeRole } from './protocol.ts';

type OpenTrees = (role: TreeRole) => ModuleTree | null;

const roles = [
  ['tree', 'student'],
  ['teacher', 'teacher'],
] as const;

/** No tree of more modules fits into a link, however alike they are: it need not be written out to know it. */
const mostModulesInLink = 50_000;

/** The plan as a link, with the trees that fit; samples are named only, as every page has them. */
export function packLink(plan: Plan, withTrees: boolean, openTree: OpenTrees): PlanFragment {
  const trees: { tree?: string; teacher?: string } = {};
  const tooLarge: ('tree' | 'teacher')[] = [];
  for (const [name, role] of roles) {
    const tree = openTree(role);
    const reference = plan[name];
    if (!withTrees || !tree || !reference || reference.sample !== null) continue;
    if (tree.size > mostModulesInLink) tooLarge.push(name);
    else trees[name] = writeTree(tree);
  }
  const packed = encodePlanFragment(plan, trees);
  return { ...packed, leavesOut: [...packed.leavesOut, ...tooLarge] };
}

/** The plan as a file, with all trees that are open or none. */
export function packFile(plan: Plan, withTrees: boolean, openTree: OpenTrees): string {
  const trees: { tree?: string; teacher?: string } = {};
  for (const [name, role] of roles) {
    const tree = openTree(role);
    if (withTrees && tree && plan[name]) trees[name] = writeTree(tree);
  }
  return writePlan(plan, trees satisfies CarriedTrees);
}
