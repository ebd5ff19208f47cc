import type { ConfigObject } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { selectionOrder } from './selection.ts';
import type { TreeIndex } from './tree-index.ts';

/**
 * The order in which NNI walks the modules of a sub-config: that of a Python set, worked out only when it decides
 * which of several errors comes first.
 */
export interface ModuleOrder {
  readonly names: (subConfig: number) => readonly string[];
  readonly sort: <Item>(
    subConfig: number,
    items: readonly Item[],
    nameOf: (item: Item) => string,
  ) => readonly Item[];
}

/** Creates the orders of the sub-configs of a list. */
export function createModuleOrder(
  index: TreeIndex,
  list: readonly ConfigObject[],
  python: PythonVersion,
): ModuleOrder {
  const known = new Map<number, readonly string[]>();
  function names(subConfig: number): readonly string[] {
    const order = known.get(subConfig) ?? selectionOrder(index, list[subConfig]!, python);
    known.set(subConfig, order);
    return order;
  }
  return {
    names,
    sort(subConfig, items, nameOf) {
      const places = new Map(names(subConfig).map((name, at) => [name, at] as const));
      const place = (name: string): number => places.get(name) ?? places.size;
      return items.toSorted((a, b) => place(nameOf(a)) - place(nameOf(b)));
    },
  };
}
