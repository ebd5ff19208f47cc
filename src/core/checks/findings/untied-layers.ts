import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { findUntiedLayers } from '../../graph/untied-layers.ts';
import { moduleName } from '../../module-tree/tree-index.ts';
import { findGroups } from '../../resolve/groups.ts';
import { ownerOf } from '../configured-rows.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { modulesNamed } from '../modules-named.ts';

export interface UntiedLayersValues {
  /** The module that holds the operation; empty for the model itself. */
  readonly module: string;
  readonly first: string;
  readonly second: string;
}

/** Layers that must lose the same channels, and that no group holds together (rules G5, G9). */
export const untiedLayers: { readonly [Code in 'hidden-addition' | 'join-untied']: FindingKind<UntiedLayersValues> } = {
  'hidden-addition': {
    words: ({ module, first, second }) => ({
      title: `${shortened(module)} adds ${shortened(first)} and ${shortened(second)}, and NNI does not see it.`,
      why: 'NNI does not look into modules of your own, so it sets no dependency group here. Give both layers the same dependency_group_id.',
    }),
  },
  'join-untied': {
    words: ({ module, first, second }) => ({
      title: `${module === '' ? 'The model' : shortened(module)} joins ${shortened(first)} and ${shortened(second)} along another dimension than channels.`,
      why: 'Both must lose the same channels. NNI ties nothing at a concatenation, so ModelSpeedup gives them different channels and fails. Give both the same dependency_group_id.',
    }),
  },
};

type UntiedFinding = { readonly [Code in keyof typeof untiedLayers]: FindingOf<Code, UntiedLayersValues> }[keyof typeof untiedLayers];

/** Finds layers that must lose the same channels and are in no common group. Needs the data flow: none without it (rules G5, G9). */
export function findUntied({ resolution, tree }: FindingInput): readonly UntiedFinding[] {
  if (resolution.mode !== 'pruning' || !resolution.verdict.accepted) return [];
  const places = findUntiedLayers(tree);
  if (places.length === 0) return [];
  const groups = findGroups(resolution).filter(({ key }) => key === 'dependency_group_id');
  const groupOf = new Map(groups.flatMap(({ id, modules }) => [...modules].map((row) => [row, id] as const)));
  return places.flatMap(({ type, module, layers }): readonly UntiedFinding[] => {
    const pruned = layers.filter((row) => resolution.outcomes[resolution.outcomeId[row]!]?.targets.some(({ target }) => target === 'weight') === true);
    const [first, second] = pruned;
    const group = first === undefined ? undefined : groupOf.get(first);
    if (first === undefined || second === undefined || (group !== undefined && pruned.every((row) => groupOf.get(row) === group))) return [];
    const owner = ownerOf(resolution, first);
    return [
      {
        code: type === 'join' ? 'join-untied' : 'hidden-addition',
        severity: 'silent',
        rule: type === 'join' ? 'G9' : 'G5',
        where: { subConfig: owner, path: [], modules: pruned.slice(0, modulesNamed) },
        values: { module: moduleName(tree, module), first: moduleName(tree, first), second: moduleName(tree, second) },
        fixes: [],
      },
    ];
  });
}
