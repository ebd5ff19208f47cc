import { readJsonValue } from '../../../core/config/json-reader.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { SettingKey } from '../../../core/config/setting-keys.ts';
import type { ConfigObject, ConfigValue, KeyPath } from '../../../core/config/value.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import { kindOfTarget } from '../../../core/resolve/settings.ts';
import { entriesOf, selectorValue } from '../selectors/entries.ts';
import { groupUses, parseGroupId } from './group-ids.ts';
import type { TargetOffer } from './target-offers.ts';

/** The sub-config that gets a setting. */
export interface StartContext {
  readonly mode: Mode;
  readonly config: ConfigObject;
  readonly list: readonly SubConfig[];
  /** The targets that its modules have. */
  readonly offers: readonly TargetOffer[];
}

/** The value that a setting begins with: one that NNI takes for the targets that it reaches. `path` is the object that gets it. */
export function startValue(entry: SettingKey, path: KeyPath, context: StartContext): ConfigValue | undefined {
  // The module names of an example do not occur in the model.
  if (entry.kind === 'fuse-names') return [];
  if (entry.key === 'granularity') return startGranularity(path, context);
  // One ratio is spread over all of a global group, often over several sub-configs: a new one joins the group of the list.
  const known = entry.key === 'global_group_id' ? groupUses(context.list, entry.key).at(-1)?.id : undefined;
  if (known !== undefined) return parseGroupId(known);
  const example = readJsonValue(entry.example);
  return example.ok ? example.value : undefined;
}

/** Inputs and outputs have no `out_channel`, and parameters no `per_channel` (rule R6). */
function startGranularity(path: KeyPath, { config, offers }: StartContext): string {
  const own = path.at(-1);
  const named = entriesOf(selectorValue(config, 'target_names'));
  const usual = offers.filter(({ inTemplate }) => inTemplate).map(({ name }) => name);
  const targets = typeof own === 'string' ? [own] : named.length > 0 ? named : usual;
  const parameters = targets.filter((target) => kindOfTarget(target) === 'parameter').length;
  if (parameters === targets.length) return 'out_channel';
  return parameters === 0 ? 'per_channel' : 'default';
}
