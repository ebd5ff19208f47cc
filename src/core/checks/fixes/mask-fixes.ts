import { getKey, isConfigList, isConfigObject, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { setTargetNames } from './target-fixes.ts';
import type { Outcome, Resolution } from '../../resolve/resolution.ts';

/** Edits that settle a failure of the pruner, where one edit can (rules X1, X3). */
export function maskFixes(
  { target, rule }: { readonly target: string; readonly rule: string },
  outcome: Outcome | undefined,
  { effective }: Resolution,
): readonly Fix[] {
  const failed = outcome?.targets.find((candidate) => candidate.target === target);
  if (!failed) return [];
  const { subConfig, setting, provenance } = failed;
  if (rule === 'X1') {
    const step = provenance.find(({ key }) => key === 'granularity')?.chain.findLast(({ path }) => path.length > 0);
    const isSet = step?.source === 'shorthand' || step?.source === 'target-setting';
    return isSet && step.subConfig !== null ? [removeKey(step.subConfig, step.path, 'granularity')] : [];
  }
  const align = getKey(setting, 'align');
  if (rule !== 'X3' || !isConfigObject(align)) return [];
  const source = getKey(align, 'target_name');
  const names = getKey(effective[subConfig]!, 'target_names');
  if (getKey(align, 'module_name') !== null || typeof source !== 'string' || !isConfigList(names)) return [];
  if (names.includes(source)) return [];
  return [fix('add-target-name', { target: source }, setTargetNames(subConfig, [source, ...names]))];
}

function removeKey(subConfig: number, path: KeyPath, key: string): Fix {
  return fix('remove-key', { key }, { type: 'remove', path: [subConfig, ...path] });
}
