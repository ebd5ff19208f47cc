import { linksOf } from '../../algorithms/links.ts';
import type { ListEdit } from '../../config/list-edits.ts';
import { getKey, isConfigObject, objectOf } from '../../config/value.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { groupTargets, placed, type OfTargets, type TargetGroup } from '../alike-targets.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { setTargetNames, targetNames } from '../fixes/target-fixes.ts';

/** In the teacher, the linked modules get the template alone, which has no input; an empty list links none (rule X6). */
export const distilledInput: FindingKind<OfTargets> = {
  words: ({ target, count }) => ({
    title: `${target} of ${formatQuantity(count, 'module')} cannot be distilled: the distiller fails.`,
    why: 'In the teacher it asks for the same target, where only outputs have settings.',
  }),
};

/** Finds inputs as targets of a distillation, equal ones of a sub-config together (rule X6b). */
export function findDistilledInputs({ resolution }: FindingInput): readonly FindingOf<'distilled-input', OfTargets>[] {
  const groups = groupTargets(resolution, ({ kind, setting }) =>
    kind === 'input' && linksOf(getKey(setting, 'link'), '').length > 0 ? {} : null,
  );
  return groups.map((group) => ({
    code: 'distilled-input',
    severity: 'later',
    rule: 'X6',
    ...placed(group, resolution, []),
    error: { type: 'KeyError', message: "'_input_'" },
    fixes: outputsOnly(group, resolution),
  }));
}

function outputsOnly({ subConfig, target }: TargetGroup<unknown>, { effective }: Resolution): readonly Fix[] {
  const names = targetNames(effective[subConfig]!);
  const given = names.length > 0 ? names : ['_output_'];
  const left = given.filter((name) => typeof name !== 'string' || !name.startsWith('_input_'));
  if (left.length === 0) return [];
  // Settings of inputs that stay behind would be dropped without an error.
  const settings = getKey(effective[subConfig]!, 'target_settings');
  const kept = isConfigObject(settings) ? settings.entries.filter(([name]) => !name.startsWith('_input_')) : [];
  const path = [subConfig, 'target_settings'];
  const isChanged = isConfigObject(settings) && kept.length < settings.entries.length;
  const edit: ListEdit = kept.length === 0 ? { type: 'remove', path } : { type: 'set', path, value: objectOf(kept) };
  return [fix('leave-out-target', { target }, setTargetNames(subConfig, left), ...(isChanged ? [edit] : []))];
}
