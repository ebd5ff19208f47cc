import type { ModuleOrder } from './module-order.ts';
import type { Fusion, Problem } from './resolution.ts';
import type { SelectionIndex } from './selection-index.ts';

/** Most module indices in a problem's place. */
const shownModules = 16;

/**
 * A module object can be wrapped once only (rule R5): not under two names, and not when an earlier compressor has wrapped
 * it and has not been unwrapped. NNI wraps in the order in which it met the modules, then the parts of fusions. Every name
 * after the first of a group is a problem; the modules of one sub-config that are wrapped already are one problem.
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
  if (index.wrapped.size === 0 && !hasSharedPair(index, isWrapped)) return [];

  const problems: Problem[] = [];
  const already = new Map<number, { readonly place: number; readonly modules: number[] }>();
  const done = new Set<number>();
  const holders = new Map<number, number>();
  const wrap = (module: number, subConfig: number): void => {
    if (done.has(module) || !isWrapped(module)) return;
    done.add(module);
    if (index.wrapped.has(module)) {
      const known = already.get(subConfig);
      if (known === undefined) already.set(subConfig, { place: problems.push(alreadyWrapped(index, subConfig, [module])) - 1, modules: [module] });
      else known.modules.push(module);
      return;
    }
    const object = index.tree.sharedWith.get(module) ?? module;
    const holder = holders.get(object);
    if (holder === undefined) {
      holders.set(object, module);
      return;
    }
    const name = index.nameOf(module);
    problems.push({
      code: 'wrapped-twice',
      rule: 'R5',
      stage: 'scaler',
      error: wrapError(name),
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
  for (const [subConfig, { place, modules }] of already) problems[place] = alreadyWrapped(index, subConfig, modules);
  return problems;
}

function wrapError(name: string): Problem['error'] {
  return { type: 'AssertionError', message: `${name} is already wrapped by another wrapper, can not wrap it again.` };
}

/** The message names the first module; the model has to be unwrapped before a second compressor takes it. */
function alreadyWrapped(index: SelectionIndex, subConfig: number, modules: readonly number[]): Problem {
  const module = index.nameOf(modules[0]!);
  return {
    code: 'already-wrapped',
    rule: 'R5',
    stage: 'scaler',
    error: wrapError(module),
    where: { subConfig, path: [], modules: modules.slice(0, shownModules) },
    values: { module, count: modules.length },
  };
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
