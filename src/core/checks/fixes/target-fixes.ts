import type { ListEdit } from '../../config/list-edits.ts';
import { getKey, isConfigList, isConfigObject, objectOf, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { inputPrefix } from '../../config/setting-templates.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { removeSubConfig } from './remove-entry.ts';
import { nearestText } from '../../text/near-text.ts';

/** `target_names` and `target_settings` without a target. */
export function leaveOutTarget(config: ConfigObject, subConfig: number, target: string): readonly Fix[] {
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  const edits: ListEdit[] = [];
  if (isConfigList(names) && names.includes(target)) {
    const path = [subConfig, 'target_names'];
    const left = names.filter((name) => name !== target);
    // Without names the sub-config would take every target of the template.
    if (left.length === 0) return [removeSubConfig(subConfig)];
    edits.push({ type: 'set', path, value: left });
  }
  if (settings !== undefined && isConfigObject(settings) && getKey(settings, target) !== undefined) {
    // NNI refuses target settings that are empty.
    const path = settings.entries.length === 1 ? ['target_settings'] : ['target_settings', target];
    edits.push({ type: 'remove', path: [subConfig, ...path] });
  }
  return edits.length === 0 ? [] : [fix('leave-out-target', { target }, ...edits)];
}

/**
 * A target under the name that was likely meant (rule F9): `input` is `_input_`, `wieght` is `weight`. In `target_names`, in
 * `target_settings`, or in both. `usual` is taken where nothing is near.
 */
export function respellTarget(config: ConfigObject, subConfig: number, target: string, known: readonly string[], usual: string | null = null): readonly Fix[] {
  const meant = activations[target.toLowerCase()] ?? nearestText(target, known) ?? (known.includes(target.replace(/s$/, '')) ? target.replace(/s$/, '') : usual);
  return meant === null || meant === target || !known.includes(meant) ? [] : renameTarget(config, subConfig, target, meant);
}

/** A target under another name, in `target_names`, in `target_settings`, or in both. */
export function renameTarget(config: ConfigObject, subConfig: number, target: string, meant: string): readonly Fix[] {
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  const edits: ListEdit[] = [];
  if (isConfigList(names) && names.includes(target)) {
    edits.push(setTargetNames(subConfig, [...new Set(names.map((name) => (name === target ? meant : name)))]));
  }
  if (isConfigObject(settings) && getKey(settings, target) !== undefined && getKey(settings, meant) === undefined) {
    const renamed = objectOf(settings.entries.map(([name, value]) => [name === target ? meant : name, value]));
    edits.push({ type: 'set', path: [subConfig, 'target_settings'], value: renamed });
  }
  return edits.length === 0 ? [] : [fix('write-target', { target: meant }, ...edits)];
}

/** The input or output that a name was likely meant for (`_output`, `outputs`), else the name itself. */
export function likelyTarget(target: string): string {
  return activations[target.toLowerCase()] ?? target;
}

/** A target that no template has, under another name and with settings of its own. */
export function addTarget(config: ConfigObject, subConfig: number, target: string, meant: string, settings: ConfigObject): Fix {
  const renamed = targetNames(config).map((name) => (name === target ? meant : name));
  const edits: readonly ListEdit[] = meant === target ? [] : [setTargetNames(subConfig, [...new Set(renamed)])];
  return fix('add-target', { target: meant }, ...edits, { type: 'set', path: [subConfig, 'target_settings', meant], value: settings });
}

/** Names that NNI 2.x, and people, give to inputs and outputs. */
const activations: Readonly<Record<string, string>> = {
  input: '_input_', inputs: '_input_', input_: '_input_', _input: '_input_', activation: '_output_', activations: '_output_',
  output: '_output_', outputs: '_output_', output_: '_output_', _output: '_output_',
};

/**
 * An input that `forward` does not have, in a type whose template has no inputs: it was meant as its input. Without settings of its own
 * it takes the ratio or the threshold of the sub-config, which would reach no target (rule C3).
 */
export function respellInput(config: ConfigObject, subConfig: number, target: string): readonly Fix[] {
  const settings = getKey(config, 'target_settings');
  if (isConfigObject(settings) && getKey(settings, target) !== undefined) return renameTarget(config, subConfig, target, inputPrefix);
  const amounts = config.entries.filter(([key]) => key === 'sparse_ratio' || key === 'sparse_threshold');
  if (amounts.length === 0 || targetNames(config).some((name) => name !== target)) return [];
  const removed = amounts.map(([key]): ListEdit => ({ type: 'remove', path: [subConfig, key] }));
  const own: ListEdit = { type: 'set', path: [subConfig, 'target_settings', inputPrefix], value: objectOf(amounts) };
  return [fix('write-target', { target: inputPrefix }, setTargetNames(subConfig, [inputPrefix]), own, ...removed)];
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
