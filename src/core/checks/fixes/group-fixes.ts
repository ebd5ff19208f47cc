import { getKey, isConfigList, type ConfigObject, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { moduleType } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import { nearestModule } from '../near-names.ts';

/** Names in `fuse_names` that stand in no groups: a group begins at each layer that can lead one (rule R4a). */
export function groupNames(config: ConfigObject, subConfig: number, { resolver, tree }: FindingInput): readonly Fix[] {
  const names = getKey(config, 'fuse_names');
  if (!isConfigList(names) || !names.every((name) => typeof name === 'string')) return [];
  const groups: string[][] = [];
  for (const name of names) {
    const module = resolver.indexOf(nearestModule(name, tree, resolver.indexOf) ?? name) ?? resolver.indexOf(name);
    const type = module === undefined ? null : moduleType(tree, module);
    if (groups.length === 0 || (type !== null && /^(?:Linear|Conv(?:Transpose)?[123]d)$/.test(type))) groups.push([name]);
    else groups.at(-1)!.push(name);
  }
  if (groups.some(({ length }) => length < 2 || length > 3)) return [];
  return [fix('write-groups', { count: groups.length, first: groups[0]!.join(', ') }, { type: 'set', path: [subConfig, 'fuse_names'], value: groups })];
}

/** A name in a group that the model lacks, spelled as it was likely meant (rule F9). */
export function respellInGroup(path: KeyPath, module: string, { resolver, tree }: FindingInput): readonly Fix[] {
  const near = nearestModule(module, tree, resolver.indexOf);
  return near === null || near === '' ? [] : [fix('write-name', { value: near }, { type: 'set', path, value: near })];
}
