import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { OfSubConfig } from '../from-observation.ts';
import { onlyTypes } from '../fixes/type-fixes.ts';

/** `count` includes the root; `root` is 1 where the root is included. */
export interface TakesContainersValues extends OfSubConfig {
  readonly pattern: string;
  readonly count: number;
  readonly root: 0 | 1;
}

const shownModules = 400;

/**
 * Patterns that take containers, the root among them, together with modules inside of them (rule S2): `h\.0` takes the
 * block and all its layers. `op_types`, where it is set, makes the intention clear. A pattern that takes only containers is
 * taken to mean them.
 */
export const takesContainers: FindingKind<TakesContainersValues> = {
  words: ({ pattern, count, root }) => ({
    title: `${shortened(pattern)} also matches ${containersInWords(count, root)}, not only the modules inside.`,
    why: 'A pattern is anchored at the start of the name only, so it takes a container and all its modules; op_types narrows it.',
  }),
};

function containersInWords(count: number, root: number): string {
  const rest = count - root;
  return [...(root > 0 ? ['the root'] : []), ...(rest > 0 ? [formatQuantity(rest, 'container')] : [])].join(' and ');
}

/** Finds patterns that match containers together with modules inside of them; one finding an entry (rules S2, F3c). */
export function findContainers({ resolution, tree, resolver, python }: FindingInput): readonly FindingOf<'takes-containers', TakesContainersValues>[] {
  return resolution.subConfigs.flatMap(({ entries, selected }, subConfig) => {
    if (entries.some(({ key }) => key === 'op_types')) return [];
    return entries.flatMap(({ key, index, value, state, effect }): readonly FindingOf<'takes-containers', TakesContainersValues>[] => {
      if (key !== 'op_names_re' || state.type !== 'fine' || effect === 0) return [];
      const swept = resolver.sweep(value, python);
      if (swept.type !== 'matched') return [];
      const taken = (module: number): boolean => selected[module] === 1 && swept.mask[module] === 1;
      const { containers, count, takesRoot } = containersAround(tree, taken);
      if (count === 0) return [];
      return [
        {
          code: 'takes-containers',
          severity: 'silent',
          rule: 'S2',
          where: { subConfig, path: [key, index], range: [0, value.length], modules: containers },
          values: { subConfig: subConfig + 1, pattern: value, count, root: takesRoot ? 1 : 0 },
          fixes: onlyTypes(resolution, tree, subConfig),
        },
      ];
    });
  });
}

/** Modules that are taken together with one inside of them. */
function containersAround(
  tree: ModuleTree,
  taken: (module: number) => boolean,
): { readonly containers: readonly number[]; readonly count: number; readonly takesRoot: boolean } {
  const around = new Uint8Array(tree.size);
  // Parents come before their children: from the end on, each passes on that it, or one below it, is taken.
  const below = new Uint8Array(tree.size);
  for (let module = tree.size - 1; module >= 0; module--) {
    const own = taken(module);
    if (own && below[module] === 1) around[module] = 1;
    const parent = tree.parent[module]!;
    if (parent >= 0 && (own || below[module] === 1)) below[parent] = 1;
  }
  const containers: number[] = [];
  let count = 0;
  around.forEach((is, module) => {
    if (is === 0) return;
    count++;
    if (containers.length < shownModules) containers.push(module);
  });
  return { containers, count, takesRoot: around[0] === 1 };
}
