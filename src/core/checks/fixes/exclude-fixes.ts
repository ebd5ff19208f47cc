import type { ListEdit } from '../../config/list-edits.ts';
import { getKey, isConfigList, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { Resolution } from '../../resolve/resolution.ts';

/** Excludes the modules of a type. */
export function excludeType(config: ConfigObject, subConfig: number, type: string): Fix {
  return fix('exclude-type', { type }, addTo('exclude_op_types', config, subConfig, type));
}

/** Excludes a module from one sub-config. */
export function excludeName(config: ConfigObject, subConfig: number, module: string): Fix {
  return fix('exclude-name', { module }, addTo('exclude_op_names', config, subConfig, module));
}

/** Excludes a module from every sub-config that selects it. */
export function excludeEverywhere(index: number, module: string, { subConfigs, effective }: Resolution): readonly Fix[] {
  const edits = subConfigs.flatMap(({ selected }, subConfig) =>
    selected[index] === 1 ? [addTo('exclude_op_names', effective[subConfig]!, subConfig, module)] : [],
  );
  return edits.length === 0 ? [] : [fix('exclude-name', { module }, ...edits)];
}

function addTo(key: 'exclude_op_names' | 'exclude_op_types', config: ConfigObject, subConfig: number, value: string): ListEdit {
  const excluded = getKey(config, key);
  return { type: 'set', path: [subConfig, key], value: [...(isConfigList(excluded) ? excluded : []), value] };
}
