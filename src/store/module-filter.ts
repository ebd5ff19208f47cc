import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { standings, type ListView } from '../worker/list-protocol.ts';
import type { TreeFilter } from './view-store.ts';

/** Severity code of `ListView` from which NNI refuses or fails. */
const failsFrom = 3;

/** For each spec of a tree, whether it has a parameter that could be configured. */
function specsWithParameters(tree: ModuleTree): readonly boolean[] {
  return tree.specs.map(({ parameters }) => parameters?.some(({ isNone }) => !isNone) ?? false);
}

/** Whether a filter keeps a module, for each of `tree`. */
function keeps(tree: ModuleTree, list: ListView, filter: TreeFilter): (module: number) => boolean {
  switch (filter) {
    case 'configured':
      return (module) => (list.standing[module]! & standings.configured) > 0;
    case 'lost':
      return (module) => (list.standing[module]! & standings.lost) > 0;
    case 'failing':
      return (module) => list.severity[module]! >= failsFrom;
    case 'open': {
      const has = specsWithParameters(tree);
      return (module) => has[tree.specId[module]!]! && (list.standing[module]! & standings.configured) === 0;
    }
  }
}

/** How many modules each filter keeps, all counted in one walk: a list is resolved again at every pause in typing. */
export function countFilters(tree: ModuleTree, { standing, severity }: ListView): Readonly<Record<TreeFilter, number>> {
  const counts = { configured: 0, open: 0, failing: 0, lost: 0 };
  if (standing.length !== tree.size) return counts;
  const has = Uint8Array.from(specsWithParameters(tree), Number);
  const { specId } = tree;
  for (let module = 0; module < standing.length; module++) {
    const stands = standing[module]!;
    if ((stands & standings.configured) > 0) counts.configured++;
    else counts.open += has[specId[module]!]!;
    if ((stands & standings.lost) > 0) counts.lost++;
    if (severity[module]! >= failsFrom) counts.failing++;
  }
  return counts;
}

/** The modules (ascending) that a filter keeps, of the finds of a search, else of all. */
export function filterModules(
  tree: ModuleTree,
  list: ListView | null,
  filter: TreeFilter,
  found: Uint32Array | null,
): Uint32Array<ArrayBuffer> {
  if (list === null || list.standing.length !== tree.size) return new Uint32Array();
  const isKept = keeps(tree, list, filter);
  const kept = new Uint32Array(found?.length ?? tree.size);
  let count = 0;
  for (let at = 0; at < kept.length; at++) {
    const module = found ? found[at]! : at;
    if (isKept(module)) kept[count++] = module;
  }
  return kept.slice(0, count);
}
