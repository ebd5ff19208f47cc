import { floatOf, getKey, isConfigNumber, numberOf, type KeyPath } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { pathOfKey } from '../../resolve/register-module.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { groupTargets, placed, type OfTargets, type TargetGroup } from '../alike-targets.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

export interface LambdaIntValues extends OfTargets {
  readonly value: string;
}

/** The distiller writes every `lambda` back, and takes only a float (rule X6). */
export const lambdaInt: FindingKind<LambdaIntValues> = {
  words: ({ value }) => ({
    title: `lambda ${shortened(value)} is an int: the distiller fails.`,
    why: 'NNI accepts the list, but its distillers take nothing but a float.',
  }),
};

/** Finds a `lambda` that is an int; the fix writes the float (rule X6b). */
export function findIntLambdas({ resolution }: FindingInput): readonly FindingOf<'lambda-int', LambdaIntValues>[] {
  const groups = groupTargets(resolution, ({ setting }) => {
    const value = getKey(setting, 'lambda');
    return isConfigNumber(value) && value.type === 'int' ? { value: value.text } : null;
  });
  return groups.map((group) => {
    const path = lambdaPath(group, resolution);
    const value = floatOf(numberOf({ type: 'int', text: group.values.value }));
    return {
      code: 'lambda-int',
      severity: 'later',
      rule: 'X6',
      ...placed(group, resolution, path),
      error: { type: 'AssertionError', message: '' },
      fixes: path.length === 0 ? [] : [fix('write-float', { value: value.text }, { type: 'set', path: [group.subConfig, ...path], value })],
    };
  });
}

/** Empty where the value comes from a template. */
function lambdaPath({ subConfig, target, outcomes }: TargetGroup<unknown>, resolution: Resolution): KeyPath {
  for (const id of outcomes) {
    const found = resolution.outcomes[id]!.targets.find((one) => one.target === target && one.subConfig === subConfig);
    if (found) return pathOfKey(found.provenance, 'lambda') ?? [];
  }
  return [];
}
