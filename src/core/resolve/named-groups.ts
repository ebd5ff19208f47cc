import { getKey, isConfigObject, withoutKey, type ConfigObject } from '../config/value.ts';
import type { Dependencies } from '../graph/dependencies.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';

/** One module of a new list, before it is written. */
export interface Placed {
  readonly row: number;
  readonly set: number | null;
  readonly number: bigint | null;
  /** The sub-config without its selectors. */
  readonly rest: ConfigObject;
}

/** Keys that change nothing of a module that is alone in its group and not pruned in blocks. */
const groupKeys = ['dependency_group_id', 'internal_metric_block'] as const;
/** The keys that make NNI treat a member of a dependency group differently, so that a group of one matters (rules X2–X4). */
const keysThatDiffer: ReadonlySet<string> = new Set(['min_sparse_ratio', 'max_sparse_ratio', 'sparse_threshold', 'global_group_id', 'align', ...groupKeys]);

/** Removes keys that change no mask: a set that no other selected module shares, and blocks of one. */
export function withoutIdleKeys(placed: readonly (readonly Placed[])[]): readonly (readonly Placed[])[] {
  const members = new Map<number, number>();
  for (const { set } of placed.flat()) if (set !== null) members.set(set, (members.get(set) ?? 0) + 1);
  const bare = new Map<ConfigObject, ConfigObject>();
  const strip = (rest: ConfigObject): ConfigObject => {
    const known = bare.get(rest) ?? groupKeys.reduce(withoutKey, rest);
    bare.set(rest, known);
    return known;
  };
  return placed.map((modules) =>
    modules.map((module) => {
      const hasOwnBlock = getKey(module.rest, 'internal_metric_block') !== undefined;
      const isWhole = module.number === 1n || (module.number === null && !hasOwnBlock);
      if (!isWhole) return module;
      const isAlone = module.set !== null && members.get(module.set) === 1;
      if (isAlone && !differsInGroup(strip(module.rest))) return { ...module, set: null, number: null, rest: strip(module.rest) };
      return hasOwnBlock ? module : { ...module, number: null };
    }),
  );
}

function differsInGroup(config: ConfigObject): boolean {
  return config.entries.some(([key, value]) => keysThatDiffer.has(key) || (isConfigObject(value) && differsInGroup(value)));
}

/** Each set by the common beginning of the names of its selected members, or else by the first of them. */
export function namesOfSets(placed: readonly Placed[], { sets }: Dependencies, tree: ModuleTree): ReadonlyMap<number, string> {
  const members = new Map<number, string[]>();
  for (const { set, row } of placed.toSorted((a, b) => a.row - b.row)) {
    if (set === null) continue;
    const names = members.get(set) ?? [];
    members.set(set, names);
    names.push(moduleName(tree, row));
  }
  const prefixes = new Map([...members].map(([set, names]) => [set, names.length === 1 ? names[0]! : commonParent(names)] as const));
  const uses = new Map<string, number>();
  for (const prefix of prefixes.values()) uses.set(prefix, (uses.get(prefix) ?? 0) + 1);
  const ids = new Map<number, string>();
  for (const [set, prefix] of prefixes) {
    // A set that lies apart, such as the stream through all blocks of a model, is named by its first member.
    const isOwn = prefix !== '' && uses.get(prefix) === 1 && sets[set]!.every((row) => moduleName(tree, row).startsWith(prefix));
    ids.set(set, isOwn ? prefix : members.get(set)![0]!);
  }
  return ids;
}

/** The longest `a.b` that all names begin with. */
function commonParent([first = '', ...others]: readonly string[]): string {
  const parts = first.split('.');
  for (let count = parts.length - 1; count > 0; count--) {
    const prefix = parts.slice(0, count).join('.');
    if (others.every((name) => name.startsWith(`${prefix}.`))) return prefix;
  }
  return '';
}
