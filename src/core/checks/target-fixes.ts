import type { ListEdit } from '../config/list-edits.ts';
import { getKey, isConfigList, isConfigObject, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { fix, type Fix } from '../diagnostics/fix.ts';

/** `target_names` and `target_settings` without a target. */
export function leaveOutTarget(config: ConfigObject, subConfig: number, target: string): readonly Fix[] {
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  const edits: ListEdit[] = [];
  if (isConfigList(names) && names.includes(target)) {
    const path = [subConfig, 'target_names'];
    const left = names.filter((name) => name !== target);
    edits.push(left.length === 0 ? { type: 'remove', path } : { type: 'set', path, value: left });
  }
  if (settings !== undefined && isConfigObject(settings) && getKey(settings, target) !== undefined) {
    // NNI refuses target settings that are empty.
    const path = settings.entries.length === 1 ? ['target_settings'] : ['target_settings', target];
    edits.push({ type: 'remove', path: [subConfig, ...path] });
  }
  return edits.length === 0 ? [] : [fix('leave-out-target', { target }, ...edits)];
}

/** Writes the names of the targets. */
export function setTargetNames(subConfig: number, value: readonly ConfigValue[]): ListEdit {
  return { type: 'set', path: [subConfig, 'target_names'], value };
}

/** The names that a sub-config gives its targets; none where it leaves the choice to the template. */
export function targetNames(config: ConfigObject): readonly ConfigValue[] {
  const names = getKey(config, 'target_names');
  return isConfigList(names) ? names : [];
}
