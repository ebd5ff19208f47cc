import type { ModuleOrder } from './module-order.ts';
import type { Fusion, Problem } from './resolution.ts';
import type { SelectionIndex } from './selection-index.ts';

/**
 * One module object under two names can be wrapped once only (rule R5). NNI wraps in the order in which it met
 * the modules, then the parts of fusions; every name after the first of a group is a problem.
 */
export function wrapProblems(
  index: SelectionIndex,
  outcomeId: Int32Array,
  fusions: readonly Fusion[],
  subConfigCount: number,
  order: ModuleOrder,
): readonly Problem[] {
  const parts = new Set(fusions.flatMap(({ rest }) => rest.map((name) => index.indexOf(name)!)));
  const isWrapped = (module: number): boolean => outcomeId[module] !== -1 || parts.has(module);
  if (!hasSharedPair(index, isWrapped)) return [];

  const problems: Problem[] = [];
  const done = new Set<number>();
  const holders = new Map<number, number>();
  const wrap = (module: number, subConfig: number): void => {
    if (done.has(module) || !isWrapped(module)) return;
    done.add(module);
    const object = index.tree.sharedWith.get(module) ?? module;
    const holder = holders.get(object);
    if (holder === undefined) {
      holders.set(object, module);
      return;
    }
    const name = index.nameOf(module);
    const message = `${name} is already wrapped by another wrapper, can not wrap it again.`;
    problems.push({
      code: 'wrapped-twice',
      rule: 'R5',
      stage: 'scaler',
      error: { type: 'AssertionError', message },
      where: { subConfig, path: [], modules: [module, holder] },
      values: { module: name, other: index.nameOf(holder) },
    });
  };
  for (let subConfig = 0; subConfig < subConfigCount; subConfig++) {
    for (const number of order.numbers(subConfig)) if (number < index.tree.size) wrap(number, subConfig);
  }
  for (const part of [...parts].toSorted((a, b) => a - b)) {
    const fusion = fusions.find(({ rest }) => rest.includes(index.nameOf(part)))!;
    wrap(part, fusion.subConfig);
  }
  return problems;
}

function hasSharedPair(index: SelectionIndex, isWrapped: (module: number) => boolean): boolean {
  const seen = new Set<number>();
  for (const [module, object] of index.tree.sharedWith) {
    if (!isWrapped(module)) continue;
    if (seen.has(object) || isWrapped(object)) return true;
    seen.add(object);
  }
  return false;
}
