import type { ConfigObject } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { type Selection, selectionOrder } from './selection.ts';
import type { SelectionIndex } from './selection-index.ts';

/**
 * The order in which NNI walks the modules of a sub-config: the order of a Python set, worked out only when it decides
 * which of several errors comes first.
 */
export interface ModuleOrder {
  /** Numbers of `SelectionIndex.texts`: for modules their indices, beyond them the names that the model lacks. */
  readonly numbers: (subConfig: number) => readonly number[];
  readonly sort: <Item>(
    subConfig: number,
    items: readonly Item[],
    nameOf: (item: Item) => string,
  ) => readonly Item[];
}

/** Orders already worked out: selections are kept by content, so unchanged ones are found again. */
const known = new WeakMap<Selection, readonly number[]>();

/** The numbers that one sub-config selects in that order (rule O), given its selection, with which they are kept. */
export function walkOrder(
  index: SelectionIndex,
  selection: Selection,
  config: ConfigObject,
  python: PythonVersion,
): readonly number[] {
  const order = known.get(selection) ?? selectionOrder(index, config, python);
  known.set(selection, order);
  return order;
}

/** Creates the orders of the sub-configs of a list, given the selection of each. */
export function createModuleOrder(
  index: SelectionIndex,
  list: readonly ConfigObject[],
  selections: readonly Selection[],
  python: PythonVersion,
): ModuleOrder {
  const numbers = (subConfig: number): readonly number[] =>
    walkOrder(index, selections[subConfig]!, list[subConfig]!, python);
  return {
    numbers,
    sort(subConfig, items, nameOf) {
      const places = new Map(numbers(subConfig).map((number, at) => [number, at] as const));
      const place = (name: string): number => places.get(index.texts.numberOf(name)) ?? places.size;
      return items.toSorted((a, b) => place(nameOf(a)) - place(nameOf(b)));
    },
  };
}
