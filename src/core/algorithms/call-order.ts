import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';

/** A step of NNI's wrapper: it takes the inputs, fuses, takes the parameters, and then the outputs. */
export const wrapperSteps = ['input', 'fusion', 'parameter', 'output'] as const;
export type WrapperStep = (typeof wrapperSteps)[number];

/** A place in a forward pass: less comes first. */
export type PlaceInPass = readonly [call: number, depth: number, step: number];

/**
 * The places of the modules' steps in the recorded forward pass (rule A-Q15): a module begins before those inside it, and its output comes after theirs.
 * `null` where no order of calls is recorded.
 */
export function describeCallOrder(tree: ModuleTree): ((module: number, step: WrapperStep) => PlaceInPass) | null {
  const { graph } = tree;
  // An object does not keep the order of keys that are whole numbers.
  if (graph === null || graph.recordedBy !== '' || graph.calls.size === 0 || [...graph.calls.keys()].some((name) => /^\d+$/.test(name))) return null;
  const ends = new Map([...graph.calls.keys()].map((name, at) => [name, at]));
  const starts = new Map<string, number>();
  for (const [name, at] of ends) {
    for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
      const above = name.slice(0, end);
      starts.set(above, Math.min(starts.get(above) ?? at, at));
    }
    starts.set('', 0);
  }
  return (module, step) => {
    const name = moduleName(tree, tree.sharedWith.get(module) ?? module);
    if (step === 'output') return [ends.get(name) ?? Infinity, Infinity, wrapperSteps.indexOf(step)];
    return [starts.get(name) ?? Infinity, tree.depth[module]!, wrapperSteps.indexOf(step)];
  };
}

/** Compares two places for sorting. */
export function comparePlaces(first: PlaceInPass, second: PlaceInPass): number {
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : first[at]! - second[at]!;
}
