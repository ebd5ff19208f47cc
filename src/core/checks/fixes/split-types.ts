import type { ListEdit } from '../../config/list-edits.ts';
import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { getKey, isConfigList, isConfigObject, objectOf, withKey, withoutKey, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { moduleType } from '../../module-tree/tree-index.ts';
import { kindOfTarget } from '../../resolve/settings.ts';
import type { FindingInput } from '../finding-context.ts';
import { targetNames } from './target-fixes.ts';

/** More types than these are no list to read. */
const mostTypes = 8;

/** A sub-config in two: types that have all its targets, and types that lack some. */
export interface SplitConfig {
  readonly edits: readonly ListEdit[];
  /** Targets that the second part lacks. */
  readonly targets: readonly string[];
  readonly types: readonly string[];
  /** The second part has no target left: it is left out. */
  readonly isNarrowed: boolean;
}

/**
 * Gives types that lack some of the targets a sub-config of their own, without these targets (rule C6): `weight` of convolutions
 * and ReLUs is of the convolutions alone. `null` where all selected types lack them, or none does.
 */
export function splitTypes(config: ConfigObject, subConfig: number, { resolution, tree, templates }: FindingInput): SplitConfig | null {
  const { selected } = resolution.subConfigs[subConfig]!;
  const find = createTemplateRegistry(resolution.mode, templates);
  const targets = parametersOf(config);
  const lacking = new Map<string, readonly string[]>();
  for (let module = 0; module < selected.length; module++) {
    const type = selected[module] === 1 ? moduleType(tree, module) : '';
    if (type === '' || (type !== null && lacking.has(type))) continue;
    const template = type === null ? null : find(type);
    if (type === null || template === null) return null;
    lacking.set(type, targets.filter((target) => getKey(template, target) === undefined));
  }
  const types = inOrder(config, [...lacking.keys()]);
  const [full, partial] = [types.filter((type) => lacking.get(type)!.length === 0), types.filter((type) => lacking.get(type)!.length > 0)];
  if (full.length === 0 || partial.length === 0 || types.length > mostTypes) return null;
  const missing = targets.filter((target) => partial.some((type) => lacking.get(type)!.includes(target)));
  const rest = without(withoutKey(config, 'fuse_names'), missing);
  const first: ListEdit = { type: 'set', path: [subConfig], value: withTypes(config, full) };
  if (rest === null) return { edits: [first], targets: missing, types: full, isNarrowed: true };
  const end = resolution.effective.length;
  const second: ListEdit = { type: 'set', path: [end], value: withTypes(rest, partial) };
  return { edits: [first, second, { type: 'move', from: end, to: subConfig + 1 }], targets: missing, types: partial, isNarrowed: false };
}

/** The fix of `splitTypes`. */
export function splitTypesFix(config: ConfigObject, subConfig: number, input: FindingInput): readonly Fix[] {
  const split = splitTypes(config, subConfig, input);
  if (split === null) return [];
  const types = split.types.join(', ');
  return [split.isNarrowed ? fix('only-types', { types }, ...split.edits) : fix('split-types', { targets: split.targets.join(', '), types }, ...split.edits)];
}

/** Parameters that the sub-config names, as targets or with settings of their own. */
function parametersOf(config: ConfigObject): readonly string[] {
  const settings = getKey(config, 'target_settings');
  const names = [...targetNames(config), ...(isConfigObject(settings) ? settings.entries.map(([target]) => target) : [])];
  const texts = names.filter((name) => typeof name === 'string');
  return [...new Set(texts)].filter((name) => kindOfTarget(name) === 'parameter');
}

/** The sub-config without some targets; `null` where it names no other. */
function without(config: ConfigObject, targets: readonly string[]): ConfigObject | null {
  const names = targetNames(config);
  const left = names.filter((name) => typeof name !== 'string' || !targets.includes(name));
  if (names.length > 0 && left.length === 0) return null;
  const named = names.length === 0 ? config : withKey(config, 'target_names', left);
  const settings = getKey(named, 'target_settings');
  if (!isConfigObject(settings)) return named;
  const kept = settings.entries.filter(([target]) => !targets.includes(target));
  return kept.length === 0 ? withoutKey(named, 'target_settings') : withKey(named, 'target_settings', objectOf(kept));
}

/** `op_types` narrows the other selectors (rule S3). */
function withTypes(config: ConfigObject, types: readonly string[]): ConfigObject {
  return withKey(config, 'op_types', types);
}

/** The order in which the sub-config lists its types. */
function inOrder(config: ConfigObject, types: readonly string[]): readonly string[] {
  const listed = getKey(config, 'op_types');
  return isConfigList(listed) ? types.toSorted((a, b) => listed.indexOf(a) - listed.indexOf(b)) : types;
}
