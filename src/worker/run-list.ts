import { defaultPlanned, type PlannedAlgorithm } from '../core/algorithms/planned-algorithm.ts';
import { writeAlgorithm } from '../core/algorithms/algorithm.ts';
import type { Outcome } from '../core/algorithms/outcome.ts';
import { findChainIssues, workingOrder } from '../core/algorithms/chain.ts';
import { predictOutcome } from '../core/algorithms/predict-outcome.ts';
import { asRunBy } from '../core/algorithms/run-target.ts';
import { masksOf, type TargetMask } from '../core/masks/predict-masks.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleName } from '../core/module-tree/tree-index.ts';
import { explainModule, type ModuleExplanation } from '../core/resolve/explain.ts';
import type { Resolution } from '../core/resolve/resolution.ts';
import type { Resolver } from '../core/resolve/resolver.ts';
import type { AlgorithmEffect, ChainView, ModuleEffects, OutcomeView } from './algorithm-calls.ts';
import type { Explained } from './list-protocol.ts';

/** A resolved list and its outcome. */
export interface RunList {
  readonly resolution: Resolution;
  readonly outcome: Outcome;
}

/** Runs a resolved list, in forecast, as the plan has it. */
function runList(resolution: Resolution, resolver: Resolver, planned: PlannedAlgorithm | undefined, teacher: ModuleTree | null): RunList {
  const { algorithm, call } = planned ?? defaultPlanned[resolution.mode];
  return { resolution, outcome: predictOutcome(resolution, resolver, { algorithm, call, teacher, uncalled: [] }) };
}

/** The view of an outcome for the page. */
export function viewOutcome({ algorithm, accepted, error, needs, forwardAfter }: Outcome, tree: ModuleTree): OutcomeView {
  const name = error === null || error.module < 0 ? '' : moduleName(tree, error.module);
  return {
    algorithm: writeAlgorithm(algorithm),
    accepted,
    error: error === null ? null : { ...error, name },
    needs,
    failsAfter: forwardAfter !== null && forwardAfter !== undefined,
  };
}

/** The masks of the modules that are explained, where shapes decide them. */
function masksOfModules(explanations: readonly ModuleExplanation[], { made }: Outcome): ReadonlyMap<number, ReadonlyMap<string, TargetMask>> {
  if (made?.mode !== 'pruning') return new Map();
  return new Map(
    explanations.flatMap(({ module }) => {
      const masks = masksOf(made.masks, module);
      return masks ? [[module, masks] as const] : [];
    }),
  );
}

/** The effects of a quantizer or distiller on the explained modules. */
function effectsOfModules(explanations: readonly ModuleExplanation[], { made }: Outcome): ModuleEffects {
  const pick = <Item>(all: ReadonlyMap<number, Item>): ReadonlyMap<number, Item> =>
    new Map(explanations.flatMap(({ module }) => (all.has(module) ? [[module, all.get(module)!] as const] : [])));
  return {
    quantized: made?.mode === 'quantization' ? pick(made.targets) : new Map(),
    losses: made?.mode === 'distillation' ? pick(made.losses) : new Map(),
  };
}

/** An explanation with the meaning of `default` under the class that runs the list. */
export function explainRun(explanation: ModuleExplanation, { algorithm }: Outcome): ModuleExplanation {
  return { ...explanation, targets: explanation.targets.map((target) => asRunBy(algorithm, target)) };
}

/** Explains modules under a list; indices that the tree does not have are left out. */
export function explainModules(modules: readonly number[], resolver: Resolver, { resolution, outcome }: RunList): Explained {
  const known = modules.filter((module) => module < resolver.tree.size);
  const explanations = known.map((module) => explainRun(explainModule(resolver, resolution, module), outcome));
  return { explanations, masks: masksOfModules(explanations, outcome), effects: effectsOfModules(explanations, outcome) };
}

/** The effects of lists on each other when they run on one model, in the order in which the exported script runs them. */
export function surveyChain(runs: readonly RunList[], tree: ModuleTree): ChainView {
  const given = runs.map(({ resolution, outcome: { algorithm } }) => ({ algorithm, resolution }));
  const links = workingOrder(given);
  return {
    algorithms: links.map(({ algorithm }) => algorithm),
    isMoved: links.some((link, at) => link !== given[at]),
    issues: findChainIssues(links, tree),
  };
}

/** The effect of one class on a list. */
export function effectOf(planned: PlannedAlgorithm, resolution: Resolution, resolver: Resolver, teacher: ModuleTree | null): AlgorithmEffect {
  const { outcome } = runList(resolution, resolver, planned, teacher);
  const { made } = outcome;
  const isKnown = outcome.needs.length === 0;
  return {
    outcome: viewOutcome(outcome, resolver.tree),
    masked: made?.mode === 'pruning' && isKnown ? sumMasks(made.masks, resolver.tree) : null,
    targets:
      made === null || !isKnown || made.mode === 'pruning'
        ? null
        : made.mode === 'quantization'
          ? count(made.targets, ({ quantizes }) => quantizes === true)
          : count(made.losses, ({ active }) => (active?.length ?? 0) > 0),
  };
}

function count<Item>(all: ReadonlyMap<number, ReadonlyMap<string, Item>>, isCounted: (item: Item) => boolean): number {
  let total = 0;
  for (const targets of all.values()) for (const item of targets.values()) if (isCounted(item)) total++;
  return total;
}

function sumMasks(masks: Parameters<typeof masksOf>[0], tree: ModuleTree): NonNullable<AlgorithmEffect['masked']> {
  const sum = { elements: 0, of: 0, open: 0 };
  for (let module = 0; module < tree.size; module++) {
    for (const { masked, total } of masksOf(masks, module)?.values() ?? []) {
      sum.of += total;
      if (masked === null) sum.open++;
      else sum.elements += masked;
    }
  }
  return sum;
}
