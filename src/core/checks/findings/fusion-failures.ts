import { fusionFailure, type FusionFailure, type FusionFailureValues } from '../../algorithms/run-fusion.ts';
import type { ListEdit } from '../../config/list-edits.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { FactOf } from '../../diagnostics/problem-values.ts';
import type { Fusion } from '../../resolve/resolution.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';
import { setTargetNames, targetNames } from '../fixes/target-fixes.ts';

type FusionCode = keyof FusionFailureValues;

/** All name the head of the first group, and the number of groups. */
type Values<Code extends FusionCode> = OfSubConfig & { readonly module: string; readonly count: number } & FusionFailureValues[Code];

/** Fusions that register and that NNI cannot carry out in the first forward pass (rule X7). */
export const fusionFailures: { readonly [Code in FusionCode]: FindingKind<Values<Code>> } = {
  'fusion-unsupported': {
    words: ({ types, module, count }) => ({
      title: `fuse_names: NNI cannot fuse ${types} (${shortened(module)}${andMore(count, 'group')}).`,
      why: 'The group registers, and the first forward pass fails: NNI fuses a convolution or Linear with its batch norm, a ReLU, or both in this order, and a batch norm with a ReLU.',
    }),
  },
  'fusion-weight': {
    words: ({ module, count }) => ({
      title: `fuse_names: the weight of ${shortened(module)} is not quantized${andMore(count, 'group')}.`,
      why: 'To fuse a batch norm into it, NNI needs weight among the targets; the first forward pass fails.',
    }),
  },
  'fusion-channels': {
    words: ({ module, given, taken, count }) => ({
      title: `fuse_names: ${shortened(module)} gives ${given} channels, its batch norm takes ${taken}${andMore(count, 'group')}.`,
      why: 'The first forward pass fails.',
    }),
  },
};

type FusionFinding = { readonly [Code in FusionCode]: FindingOf<Code, Values<Code>> }[FusionCode];

/** Fusions of one sub-config that fail alike are one finding. */
export function findFusionFailures({ resolution, tree, resolver: { indexOf } }: FindingInput): readonly FusionFinding[] {
  const groups = new Map<string, { readonly failure: FusionFailure; readonly fusions: Fusion[] }>();
  for (const fusion of resolution.fusions) {
    const failure = fusionFailure(fusion, resolution, tree, indexOf);
    if (failure === null) continue;
    const key = JSON.stringify([fusion.subConfig, failure.code, failure.values, failure.pairFits]);
    const group = groups.get(key) ?? { failure, fusions: [] };
    groups.set(key, group);
    group.fusions.push(fusion);
  }
  return [...groups.values()].map(({ failure, fusions }): FusionFinding => {
    const { subConfig, index, head } = fusions[0]!;
    const names = [...targetNames(resolution.effective[subConfig]!), 'weight'];
    return {
      ...withGroups(failure, { subConfig: subConfig + 1, module: head, count: fusions.length }),
      severity: 'later',
      rule: 'X7',
      where: { subConfig, path: ['fuse_names', index], modules: fusions.map((fusion) => indexOf(fusion.head)!) },
      error: failure.error,
      fixes: [
        ...(failure.code === 'fusion-weight' ? [fix('add-target-name', { target: 'weight' }, setTargetNames(subConfig, names))] : []),
        ...(failure.pairFits ? [keepPairs(fusions)] : []),
        removeGroups(fusions),
      ],
    };
  });
}

/** A failure with its groups. */
function withGroups<Code extends FusionCode>(
  { code, values }: FactOf<FusionFailureValues, Code>,
  of: Values<'fusion-weight'>,
): { readonly [Each in Code]: { readonly code: Each; readonly values: Values<Each> } }[Code] {
  return { code, values: { ...of, ...values } };
}

function removeGroups(fusions: readonly Fusion[]): Fix {
  // From the last on, so that the places of earlier ones stay.
  const edits = fusions
    .map(({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index] }))
    .toReversed();
  return fix('remove-groups', { count: fusions.length }, ...edits);
}

function keepPairs(fusions: readonly Fusion[]): Fix {
  const edits = fusions.map(({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index, 2] }));
  return fix('keep-pairs', { count: fusions.length }, ...edits);
}
