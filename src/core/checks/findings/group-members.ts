import type { FindingOf } from '../../diagnostics/finding.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import { findDependencies } from '../../graph/dependencies.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { ownerOf } from '../configured-rows.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { findGroupFaults } from '../group-members.ts';
import { modulesNamed } from '../modules-named.ts';

export interface GroupMemberValues {
  readonly group: string;
  /** A module that is in the group. */
  readonly member: string;
  /** The first module that is missing, or that does not belong there, and how many there are. */
  readonly module: string;
  readonly count: number;
}

/** Dependency groups that do not fit the data flow (rules G12, G25). */
export const groupMembers: { readonly [Code in 'group-misses-member' | 'group-joins-strangers']: FindingKind<GroupMemberValues> } = {
  'group-misses-member': {
    words: ({ group, member, module, count }) => ({
      title: `Dependency group ${shortened(group)} misses ${shortened(module)}${andMore(count)}.`,
      why: `Its output is added to the output of ${shortened(member)}, so both must lose the same channels.`,
    }),
  },
  'group-joins-strangers': {
    words: ({ group, member, module, count }) => ({
      title: `Dependency group ${shortened(group)} holds ${shortened(module)}${andMore(count)}, which nothing ties to ${shortened(member)}.`,
      why: 'NNI prunes all of a group at the same places. Here the data flow does not ask for it, and it costs accuracy.',
    }),
  },
};

type MemberFinding = { readonly [Code in keyof typeof groupMembers]: FindingOf<Code, GroupMemberValues> }[keyof typeof groupMembers];

/** Finds groups that miss a member or join strangers. Needs the data flow: none without it (rules G12, G25). */
export function findGroupMembers({ resolution, tree }: FindingInput): readonly MemberFinding[] {
  if (resolution.mode !== 'pruning' || !resolution.verdict.accepted) return [];
  const dependencies = findDependencies(tree);
  if (dependencies === null || !dependencies.ok) return [];
  return findGroupFaults(resolution, dependencies.value).map(({ type, group, member, rows }): MemberFinding => {
    const owner = ownerOf(resolution, member);
    return {
      code: type === 'misses' ? 'group-misses-member' : 'group-joins-strangers',
      severity: 'silent',
      rule: 'G25',
      where: { subConfig: owner, path: ['dependency_group_id'], modules: rows.slice(0, modulesNamed) },
      values: { group, member: moduleName(tree, member), module: moduleName(tree, rows[0]!), count: rows.length },
      fixes: [{ code: 'show-groups', values: null, action: { type: 'show-groups' } }],
    };
  });
}
