import type { ModuleTree } from './module-tree.ts';
import { moduleName } from './tree-index.ts';

/** A way in which names of one tree become names of the other. */
export interface TreeRename {
  /** The change of the first tree's names: `text` is put before them, or taken from their start, or added or removed anywhere. */
  readonly type: 'add-prefix' | 'remove-prefix' | 'add-segment' | 'remove-segment';
  /** With its dot, e.g. `module.`. */
  readonly text: string;
  /** Lost names and the gained names they would become. */
  readonly pairs: readonly (readonly [lost: string, gained: string])[];
}

/** The differences of another version of a model that matter to lists. */
export interface TreeComparison {
  /** Names of the first tree that the second lacks, in order. */
  readonly lost: readonly string[];
  /** Names of the second tree that the first lacks, in order. */
  readonly gained: readonly string[];
  /** Names of both whose types differ. */
  readonly retyped: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  /** Number of names that both have. */
  readonly kept: number;
  /** Renames that explain at least half of the lost names, the best first. */
  readonly renames: readonly TreeRename[];
}

/** Name parts that wrappers put before, or within, the names of the modules that they wrap. */
const wrapperSegments = [
  'module.', 'model.', '_orig_mod.', 'base_model.', 'base_model.model.', '_fsdp_wrapped_module.',
  '_checkpoint_wrapped_module.', '_forward_module.', 'backbone.', 'encoder.', 'transformer.', 'net.',
] as const;

/**
 * Compares the names and types of two trees (rule T22) and looks for a prefix, or a segment such as `_orig_mod.`,
 * that turns lost names into gained ones of the same type. Linear in the number of modules.
 */
export function compareTrees(before: ModuleTree, after: ModuleTree): TreeComparison {
  const beforeTypes = typesByName(before);
  const afterTypes = typesByName(after);
  const lost: string[] = [];
  const retyped: { name: string; from: string; to: string }[] = [];
  for (const [name, from] of beforeTypes) {
    const to = afterTypes.get(name);
    if (to === undefined) lost.push(name);
    else if (from !== to && from !== '' && to !== '' && name !== '') retyped.push({ name, from, to });
  }
  const gained = [...afterTypes.keys()].filter((name) => !beforeTypes.has(name));
  const renames = lost.length === 0 ? [] : findRenames({ lost, gained, beforeTypes, afterTypes });
  return { lost, gained, retyped, kept: before.size - lost.length, renames };
}

interface Difference {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  readonly beforeTypes: ReadonlyMap<string, string>;
  readonly afterTypes: ReadonlyMap<string, string>;
}

function typesByName(tree: ModuleTree): Map<string, string> {
  const types = new Map<string, string>();
  for (let row = 0; row < tree.size; row++) types.set(moduleName(tree, row), tree.types[tree.typeId[row]!]!);
  return types;
}

function findRenames(difference: Difference): TreeRename[] {
  const { lost } = difference;
  const found: TreeRename[] = [];
  const prefixes = new Set<string>([
    ...wrapperSegments,
    ...firstSegments(lost),
    ...firstSegments(difference.gained),
  ]);
  for (const text of prefixes) {
    keep(found, difference, { type: 'add-prefix', text }, (name) => text + name);
    keep(found, difference, { type: 'remove-prefix', text }, (name) =>
      name.startsWith(text) ? name.slice(text.length) : null,
    );
  }
  for (const text of wrapperSegments) {
    keep(found, difference, { type: 'remove-segment', text }, (name) => withoutSegment(name, text));
    const simple = new Map(difference.gained.map((name) => [withoutSegment(name, text) ?? '', name] as const));
    simple.delete('');
    keep(found, difference, { type: 'add-segment', text }, (name) => simple.get(name) ?? null);
  }
  const order = ['remove-prefix', 'add-prefix', 'remove-segment', 'add-segment'];
  const sorted = found.toSorted(
    (left, right) => right.pairs.length - left.pairs.length || order.indexOf(left.type) - order.indexOf(
      right.type,
    ),
  );
  // A segment that occurs only in front is a prefix, and a longer prefix may explain the same names.
  const seen = new Set<string>();
  return sorted.filter(({ pairs }) => {
    const key = pairs.map(([, gained]) => gained).join('\n');
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function keep(
  found: TreeRename[],
  { lost, beforeTypes, afterTypes }: Difference,
  rename: Omit<TreeRename, 'pairs'>,
  apply: (name: string) => string | null,
): void {
  const pairs: (readonly [string, string])[] = [];
  for (const name of lost) {
    const renamed = apply(name);
    if (renamed === null || renamed === name) continue;
    const to = afterTypes.get(renamed);
    const from = beforeTypes.get(name)!;
    if (to === undefined || beforeTypes.has(renamed)) continue;
    if (from === to || from === '' || to === '') pairs.push([name, renamed]);
  }
  if (pairs.length > 0 && pairs.length * 2 >= lost.length) found.push({ ...rename, pairs });
}

/** The name with every whole occurrence of a segment taken out; null when it has none. */
function withoutSegment(name: string, segment: string): string | null {
  const without = `.${name}.`.replaceAll(`.${segment}`, '.').slice(1, -1);
  return without === name || without.length >= name.length ? null : without.replace(/\.$/, '');
}

const mostPrefixes = 8;

/** First labels of names, with their dots: possible prefixes of an unknown wrapper. */
function firstSegments(names: readonly string[]): string[] {
  const segments = new Set<string>();
  for (const name of names) {
    const dot = name.indexOf('.');
    if (dot > 0) segments.add(name.slice(0, dot + 1));
    if (segments.size >= mostPrefixes) break;
  }
  return [...segments];
}
