import { getKey, isConfigObject, type ConfigObject, type KeyPath } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix, joinFixes, type Fix } from '../../diagnostics/fix.ts';
import type { Resolution, TargetOutcome } from '../../resolve/resolution.ts';
import { groupTargets, placed, type OfTargets, type TargetGroup } from '../alike-targets.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { missingSource, pruneSource } from '../fixes/mask-fixes.ts';

export interface AlignUnusedValues extends OfTargets {
  /** The key that decides the mask. */
  readonly key: string;
}

/** An alignment that NNI does not look at (rule X3). */
export const alignUnused: FindingKind<AlignUnusedValues> = {
  words: ({ target, key }) => ({
    title: `align of ${target} has no effect: ${key} decides its mask.`,
    why: 'NNI makes a mask from align only where no ratio and no group is set for the target. It takes both without a word.',
  }),
  concerns: ({ values, where }, { targets }) =>
    targets.some((target) => target.subConfig === where.subConfig && target.target === values.target && decidingKey(target) === values.key),
};

/** Finds alignments of the list on targets whose mask a ratio or a group decides (rules X3, X4). Pruning only. */
export function findUnusedAligns({ resolution, resolver }: FindingInput): readonly FindingOf<'align-unused', AlignUnusedValues>[] {
  if (resolution.mode !== 'pruning' || !resolution.verdict.accepted) return [];
  const groups = groupTargets(resolution, (target) => {
    const align = ownPath(target, 'align');
    const key = align === null ? null : decidingKey(target);
    return align === null || key === null ? null : { align, key };
  });
  /** Without its own ratio, the target follows a module that the list has to prune, too. */
  const withSource = (kept: Fix, { subConfig, target, outcomes }: TargetGroup<unknown>): Fix => {
    const [outcome = -1] = outcomes;
    const setting = resolution.outcomes[outcome]?.targets.find((each) => each.subConfig === subConfig && each.target === target)?.setting;
    const align = setting && getKey(setting, 'align');
    const source = setting && missingSource(setting, resolution, resolver);
    return source && isConfigObject(align) ? joinFixes(kept, pruneSource(source, align, resolution.effective.length)) : kept;
  };
  return groups.map((group) => {
    const { values: { align, key }, target, subConfig } = group;
    const { where, values: { count } } = placed(group, resolution, align);
    const ratio = key === 'sparse_ratio' ? ratioOnlyOf(align, subConfig, resolution) : null;
    const keepAlign: readonly Fix[] = ratio === null ? [] : [withSource(fix('keep-first', { key: 'align', other: key }, { type: 'remove', path: [subConfig, ...ratio] }), group)];
    return {
      code: 'align-unused',
      severity: 'silent',
      rule: 'X3',
      where,
      values: { subConfig: subConfig + 1, target, count, key },
      fixes: [...keepAlign, fix('keep-first', { key, other: 'align' }, { type: 'remove', path: [subConfig, ...align] })],
    };
  });
}

/** The key that decides the mask of an aligned target in place of `align`; `null` where `align` does. */
function decidingKey({ setting }: TargetOutcome): string | null {
  if (!isConfigObject(getKey(setting, 'align'))) return null;
  return ['dependency_group_id', 'global_group_id', 'sparse_ratio'].find((key) => isSet(setting, key)) ?? null;
}

function isSet(setting: ConfigObject, key: string): boolean {
  const value = getKey(setting, key);
  return value !== undefined && value !== null;
}

/** The path in its sub-config of a key's value in force; `null` where a template set it. */
function ownPath({ provenance }: TargetOutcome, key: string): KeyPath | null {
  const step = provenance.find((entry) => entry.key === key)?.chain.findLast(({ overridden }) => !overridden);
  return step === undefined || step.subConfig === null ? null : step.path;
}

/** The path of the ratio of targets with this alignment; `null` where it is the ratio of other targets, too. */
function ratioOnlyOf(align: KeyPath, subConfig: number, { outcomes }: Resolution): KeyPath | null {
  const targets = outcomes.flatMap((outcome) => outcome.targets).filter((target) => target.subConfig === subConfig);
  const isAligned = (target: TargetOutcome): boolean => ownPath(target, 'align')?.join() === align.join();
  const paths = [...new Set(targets.filter(isAligned).map((target) => JSON.stringify(ownPath(target, 'sparse_ratio'))))];
  const [path = 'null'] = paths;
  if (paths.length !== 1 || path === 'null') return null;
  const isShared = targets.some((target) => !isAligned(target) && JSON.stringify(ownPath(target, 'sparse_ratio')) === path);
  return isShared ? null : (JSON.parse(path) as KeyPath);
}
