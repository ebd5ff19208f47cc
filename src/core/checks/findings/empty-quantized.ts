import { getKey, isConfigObject, withKey } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { formatQuantity } from '../../text/format-count.ts';
import { groupTargets, placed, type OfTargets, type TargetGroup } from '../alike-targets.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { splitTypes } from '../fixes/split-types.ts';
import { setTargetNames, targetNames } from '../fixes/target-fixes.ts';

/**
 * Quantized parameters that are `None`: every quantizer looks at their values in the first forward pass, which raises (rules X8, A-Q2); of a
 * module that is fused with a BatchNorm the fusion meets its bias first. Pruning skips them.
 */
export const emptyQuantized: FindingKind<OfTargets> = {
  words: ({ target, count }) => ({
    title: `${target} is None in ${formatQuantity(count, 'quantized module')}: the first forward pass fails.`,
    why: 'Layers made with bias=False have no such parameter, and every quantizer asks it for its values all the same.',
  }),
  concerns: ({ values, where }, { targets }) =>
    targets.some(({ target, attribute, subConfig }) => subConfig === where.subConfig && target === values.target && attribute === 'empty'),
};

/** Finds quantized parameters that are `None`, equal ones of a sub-config together (rules X8, A-Q2). */
export function findEmptyQuantized(input: FindingInput): readonly FindingOf<'empty-quantized', OfTargets>[] {
  const { resolution } = input;
  const groups = groupTargets(resolution, ({ attribute }) => (attribute === 'empty' ? {} : null));
  return groups.map((group) => ({
    code: 'empty-quantized',
    severity: 'later',
    rule: 'A-Q2',
    ...placed(group, resolution, ['target_names']),
    error: { type: 'AttributeError', message: "'NoneType' object has no attribute 'detach'" },
    fixes: leaveOut(group, input),
  }));
}

/** `target_names` without the parameter, where that leaves something. */
function leaveOut({ subConfig, target }: TargetGroup<unknown>, input: FindingInput): readonly Fix[] {
  const { effective, outcomes } = input.resolution;
  const names = targetNames(effective[subConfig]!);
  const given = names.length > 0 ? names.filter((name) => typeof name === 'string') : null;
  const configured = outcomes
    .filter((outcome) => outcome.subConfigs.includes(subConfig))
    .flatMap((outcome) => outcome.targets)
    .map((outcome) => (outcome.kind === 'parameter' ? outcome.target : outcome.target.replace(/0$/, '')));
  const order = ['_input_', 'weight', 'bias', '_output_'];
  const all = given ?? [...new Set(configured)].toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  const left = all.filter((name) => name !== target);
  if (left.length === 0) return [];
  // Settings that stay behind would be dropped without an error.
  const settings = getKey(effective[subConfig]!, 'target_settings');
  const own = isConfigObject(settings) && getKey(settings, target) !== undefined;
  const path = [subConfig, 'target_settings', ...(own && settings.entries.length > 1 ? [target] : [])];
  // Types without parameters cannot have the names of the others.
  const split = splitTypes(withKey(effective[subConfig]!, 'target_names', left), subConfig, input);
  if (split !== null && !own && !split.isNarrowed) return [fix('leave-out-target', { target }, ...split.edits)];
  return [fix('leave-out-target', { target }, setTargetNames(subConfig, left), ...(own ? [{ type: 'remove', path } as const] : []))];
}
