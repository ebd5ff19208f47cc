import { inputPrefix } from '../../config/setting-templates.ts';
import type { KeyPath } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { ForwardSignature } from '../../module-tree/module-tree.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { groupTargets, placed, type OfTargets, type TargetGroup } from '../alike-targets.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { leaveOutTarget, renameTarget, targetNames } from '../fixes/target-fixes.ts';

export interface InputNotMetValues {
  readonly name: string;
  /** The position of the argument; empty where `forward` has none of that name. */
  readonly number: number | '';
  readonly arguments: string;
}

/**
 * Inputs that NNI never meets: positional arguments of `forward` go by their number, only keyword-only arguments go by
 * their names (rule X9).
 */
export const inputNotMet: FindingKind<OfTargets & InputNotMetValues> = {
  words: ({ target, count, number, name, arguments: all }) => ({
    title: `NNI finds no input ${target}${count === 0 ? '' : ` in ${formatQuantity(count, 'module')}`}.`,
    why:
      number === ''
        ? `NNI counts inputs by position${all === '' ? '' : `; forward takes ${all}`}.`
        : `NNI counts inputs by position: ${shortened(name)} is _input_${number}; only keyword-only arguments go by name.`,
  }),
};

/** Finds configured inputs that `forward` does not have, equal ones of a sub-config together (rule X9). */
export function findInputsNotMet({ resolution, tree }: FindingInput): readonly FindingOf<'input-not-met', OfTargets & InputNotMetValues>[] {
  const groups = groupTargets(resolution, ({ target, kind }, { specId }): InputNotMetValues | null => {
    const signature = tree.specs[specId]?.forward;
    if (kind !== 'input' || !signature) return null;
    const name = target.slice(inputPrefix.length);
    if (isMet(name, signature)) return null;
    const at = signature.args.indexOf(name);
    return { name, number: at < 0 ? '' : at, arguments: signature.args.join(', ') };
  });
  return groups.map((group) => ({
    code: 'input-not-met',
    severity: 'silent',
    rule: 'X9',
    ...placed(group, resolution, pathOfTarget(group, resolution)),
    fixes: useNumber(group, resolution),
  }));
}

/** Whether a forward pass meets an input of that name (rule X9). */
export function isMet(name: string, { args, kwonly, varargs, varkw }: ForwardSignature): boolean {
  if (/^\d+$/.test(name)) return String(Number(name)) === name && (Number(name) < args.length || args.length === 0);
  return kwonly.includes(name) || name === varargs || name === varkw;
}

function pathOfTarget({ subConfig, target }: TargetGroup<unknown>, { effective }: Resolution): KeyPath {
  const at = targetNames(effective[subConfig]!).indexOf(target);
  return at < 0 ? ['target_settings', target] : ['target_names', at];
}

/**
 * The number in place of the name, in `target_names` and in settings of that name; of an input that `forward` does not have,
 * the number of the only one that it takes.
 */
function useNumber(group: TargetGroup<InputNotMetValues>, resolution: Resolution): readonly Fix[] {
  const { subConfig, target, values } = group;
  const isOnly = values.arguments !== '' && !values.arguments.includes(',');
  const number = values.number === '' && isOnly ? 0 : values.number;
  const config = resolution.effective[subConfig]!;
  const names = targetNames(config);
  if (number === '' || !names.includes(target)) return [];
  // Named already, under the one name or the other.
  if (names.includes(`${inputPrefix}${number}`) || (number === 0 && names.includes(inputPrefix))) return leaveOutTarget(config, subConfig, target);
  return renameTarget(config, subConfig, target, `${inputPrefix}${number}`);
}
