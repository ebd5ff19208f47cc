import type { Finding } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './finding-context.ts';
import { onlyTypes } from './type-fixes.ts';

const shownModules = 400;

/**
 * Patterns that take containers, the root among them, together with modules inside of them (rule S2): `h\.0` takes the
 * block and all its layers. Where `op_types` is set it says what is meant. A pattern that takes only containers is
 * taken to mean them.
 */
export function findContainers(
  resolution: Resolution,
  tree: ModuleTree,
  { resolver, python }: FindingContext,
): readonly Finding[] {
  return resolution.subConfigs.flatMap(({ entries, selected }, subConfig) => {
    if (entries.some(({ key }) => key === 'op_types')) return [];
    return entries.flatMap(({ key, index, value, state, effect }): readonly Finding[] => {
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
  // Parents stand before their children: from the end on, each passes on that it, or one below it, is taken.
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
