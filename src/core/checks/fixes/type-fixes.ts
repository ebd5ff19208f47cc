import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { getKey, isConfigList, withKey, type ConfigValue } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { hasChildren, moduleType } from '../../module-tree/tree-index.ts';
import type { Resolution, SelectionEntry } from '../../resolve/resolution.ts';
import type { FindingInput } from '../finding-context.ts';

const keptAtMost = 8;
const addedAtMost = 3;

/**
 * The edit that keeps only modules that hold no others, and of those only ones that NNI has a template for, by naming
 * their types in `op_types` (rule S3); none where a module to be left out is of such a type too, or the types are many.
 */
export function onlyTypes(resolution: Resolution, tree: ModuleTree, subConfig: number): readonly Fix[] {
  const { selected, entries } = resolution.subConfigs[subConfig]!;
  if (entries.some(({ key }) => key === 'op_types')) return [];
  const refused = resolution.outcomes.map(({ failures }) =>
    failures.some((failure) => failure.subConfig === subConfig && failure.code === 'unregistered-type'),
  );
  const kept = new Set<string>();
  const left = new Set<string>();
  for (let module = 0; module < selected.length; module++) {
    if (selected[module] !== 1) continue;
    const type = moduleType(tree, module);
    if (type === null || refused[resolution.outcomeId[module]!] || hasChildren(tree, module)) left.add(type ?? '');
    else kept.add(type);
  }
  const types = [...kept].filter((type) => !left.has(type)).toSorted();
  if (types.length === 0 || types.length > keptAtMost || left.size === 0) return [];
  return [typesFix('only-types', subConfig, types, types)];
}

/**
 * The edit that adds to `op_types` the types of the matches of a name or pattern, where that alone keeps it from being
 * selected (rule S3) and NNI has templates for them.
 */
export function addTypes(
  { key, value }: Pick<SelectionEntry, 'key' | 'value'>,
  subConfig: number,
  { resolution, resolver, templates, python }: FindingInput,
): readonly Fix[] {
  const { entries, excludedBy } = resolution.subConfigs[subConfig]!;
  const isName = key === 'op_names' || key === 'op_names_re';
  if (!isName || !entries.some((entry) => entry.key === 'op_types')) return [];
  const find = createTemplateRegistry(resolution.mode, templates);
  const types = new Set<string>();
  const hit = [...modulesHit(key, value, resolver, python)];
  for (const module of hit) {
    const type = moduleType(resolver.tree, module);
    if (excludedBy[module] !== 0) return [];
    if (type !== null && find(type) !== null) types.add(type);
  }
  const listed = getKey(resolution.effective[subConfig]!, 'op_types');
  if (types.size === 0 || types.size > addedAtMost || !isConfigList(listed)) return [];
  const added = [...types].toSorted();
  const widened = [...listed, ...added];
  // Excludes may take away the modules that the types would add.
  const { selected } = resolver.select(withKey(resolution.effective[subConfig]!, 'op_types', widened), python);
  return hit.some((module) => selected[module] === 1) ? [typesFix('add-types', subConfig, added, widened)] : [];
}

function* modulesHit(
  key: SelectionEntry['key'],
  value: string,
  resolver: FindingInput['resolver'],
  python: FindingInput['python'],
): Generator<number> {
  if (key === 'op_names') {
    const module = resolver.indexOf(value);
    if (module !== undefined) yield module;
    return;
  }
  const swept = resolver.sweep(value, python);
  if (swept.type !== 'matched') return;
  for (let module = 0; module < swept.mask.length; module++) if (swept.mask[module] === 1) yield module;
}

function typesFix(code: 'only-types' | 'add-types', subConfig: number, named: readonly string[], value: ConfigValue): Fix {
  return fix(code, { types: named.join(', ') }, { type: 'set', path: [subConfig, 'op_types'], value });
}
