import { getKey, isConfigList } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ListEdit } from '../config/list-edits.ts';
import { fusionFailure, type FusionFailure } from '../algorithms/run-fusion.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Fusion, Resolution } from '../resolve/resolution.ts';

/**
 * Fusions that register and that NNI cannot carry out in the first forward pass (rule X7). Those of one sub-config
 * that fail alike are one finding.
 */
export function findFusionFailures(
  resolution: Resolution,
  tree: ModuleTree,
  indexOf: (name: string) => number | undefined,
): readonly Finding[] {
  const { fusions, effective } = resolution;
  const groups = new Map<string, { readonly failure: FusionFailure; readonly fusions: Fusion[] }>();
  for (const fusion of fusions) {
    const failure = fusionFailure(fusion, resolution, tree, indexOf);
    if (failure === null) continue;
    const key = JSON.stringify([fusion.subConfig, failure.code, failure.values, failure.pairFits]);
    const group = groups.get(key) ?? { failure, fusions: [] };
    groups.set(key, group);
    group.fusions.push(fusion);
  }
  return [...groups.values()].map(({ failure: { code, error, values, pairFits }, fusions: members }): Finding => {
    const { subConfig, index, head } = members[0]!;
    return {
      code,
      severity: 'later',
      where: { subConfig, path: ['fuse_names', index], modules: members.map((fusion) => indexOf(fusion.head)!) },
      values: { subConfig: subConfig + 1, module: head, count: members.length, ...values },
      error,
      fixes: [
        ...(code === 'fusion-weight' ? [addWeight(subConfig)] : []),
        ...(pairFits ? [keepPairs(members)] : []),
        removeGroups(members),
      ],
    };
  });

  function addWeight(subConfig: number): Fix {
    const names = getKey(effective[subConfig]!, 'target_names');
    const value = [...(isConfigList(names) ? names : []), 'weight'];
    const edit: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value };
    return { code: 'add-target-name', values: { target: 'weight' }, action: { type: 'edit-list', edits: [edit] } };
  }
}

function removeGroups(members: readonly Fusion[]): Fix {
  // From the last on, so that the places of those before stay.
  const edits = members
    .map(({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index] }))
    .toReversed();
  return { code: 'remove-groups', values: { count: members.length }, action: { type: 'edit-list', edits } };
}

function keepPairs(members: readonly Fusion[]): Fix {
  const edits = members.map(
    ({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index, 2] }),
  );
  return { code: 'keep-pairs', values: { count: members.length }, action: { type: 'edit-list', edits } };
}
