import type { PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import type { Mode } from '../config/mode.ts';
import { writePythonScript } from '../config/python-script.ts';
import { chainFunction, functionsByMode } from './compression-functions.ts';
import { orderedList } from './export-list.ts';
import type { Plan } from './plan.ts';

/** The modes of a plan whose lists have sub-configs that are on, in the order in which they run. */
export function modesInUse(plan: Plan): readonly Mode[] {
  return plan.chain.filter((mode) => plan.lists[mode].some(({ enabled }) => enabled));
}

/**
 * A script that registers templates, holds the lists of the modes as NNI 3.0 takes them, and runs them: each mode in a function of its
 * own, or with `isChain` all in one, each compressor made from the one before it.
 */
export function writePlanScript(plan: Plan, modes: readonly Mode[], isChain: boolean): string {
  const planned: readonly PlannedAlgorithm[] = modes.map((mode) => plan.algorithms[mode]);
  const { imports, functions } = isChain ? chainFunction(planned) : functionsByMode(planned);
  const lists = { pruning: [], quantization: [], distillation: [], ...Object.fromEntries(modes.map((mode) => [mode, orderedList(plan.lists[mode], mode)])) };
  return writePythonScript({
    model: plan.tree?.name ?? 'model',
    lists,
    templates: plan.templates.filter(({ mode }) => modes.includes(mode)),
    imports,
    functions,
  });
}

/** How the class runs the list, as comments. */
export function commentedCall(planned: PlannedAlgorithm): string {
  const { imports, functions } = functionsByMode([planned]);
  const lines = [...imports, '', functions.at(-1)!].join('\n').split('\n');
  return `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n`;
}
