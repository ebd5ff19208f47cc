import { modulesInWalkOrder } from '../masks/mask-targets.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { groupBy } from '../text/group-by.ts';
import { comparePlaces, describeCallOrder, wrapperSteps, type PlaceInPass } from './call-order.ts';
import { quantizerStages, type QuantizerEvent } from './effective-target.ts';
import type { Forecast } from './outcome.ts';

type ErrorEvent = Extract<QuantizerEvent, { readonly error: object }>;

/** Reports what a quantizer comes upon, stage by stage, in the order in which NNI meets it (rules O3, A-Q15). */
export function reportEvents(events: readonly QuantizerEvent[], resolution: Resolution, resolver: Resolver, forecast: Forecast): void {
  for (const stage of quantizerStages) {
    const ofStage = events.filter((event) => event.stage === stage);
    if (stage === 'constructor') reportInWalkOrder(ofStage.filter(isError), resolution, resolver, forecast);
    else if (stage === 'forward') reportForwardPass(ofStage, resolver.tree, forecast);
    else for (const event of ofStage) report(event, forecast);
    forecast.nextStage();
  }
}

function isError(event: QuantizerEvent): event is ErrorEvent {
  return 'error' in event;
}

function report(event: QuantizerEvent, { fail, need }: Forecast): void {
  if (isError(event)) fail(event.error);
  else need(event.need);
}

/** Modules are asked in the order in which NNI walks them; equal ones have the error of the one that stands for them. */
function reportInWalkOrder(events: readonly ErrorEvent[], resolution: Resolution, resolver: Resolver, { fail }: Forecast): void {
  const [first] = events;
  if (first === undefined) return;
  const { outcomeId } = resolution;
  const byOutcome = new Map<number, ErrorEvent>();
  for (const event of events) {
    const id = outcomeId[event.module ?? 0]!;
    if (!byOutcome.has(id)) byOutcome.set(id, event);
  }
  const module = byOutcome.size === 1 ? undefined : modulesInWalkOrder(resolution, resolver).find((candidate) => byOutcome.has(outcomeId[candidate]!));
  fail(module === undefined ? first.error : { ...byOutcome.get(outcomeId[module]!)!.error, module });
}

/**
 * The first forward pass meets the inputs of a module, its fusion, its parameters and its outputs in that order. Without a record of the calls any
 * module may come first: then an error is certain, and its type only where nothing open may come before it.
 */
function reportForwardPass(events: readonly QuantizerEvent[], tree: ModuleTree, { fail, need }: Forecast): void {
  if (events.length === 0) return;
  const order = describeCallOrder(tree);
  // Most models call their modules in the order in which they have them.
  const placeOf = ({ module = 0, step = 'input' }: QuantizerEvent): PlaceInPass => order?.(module, step) ?? [module, 0, wrapperSteps.indexOf(step)];
  const sorted = events.toSorted((first, second) => comparePlaces(placeOf(first), placeOf(second)));
  const groups = order === null ? [...groupBy(sorted, ({ module }) => module).values()] : [sorted];
  const firsts = groups.flatMap(([first]) => first ?? []);
  const failing = firsts.find(isError) ?? sorted.find(isError);
  const isOpen = firsts.some((event) => !isError(event) && event.wouldRaise !== failing?.error.type);
  for (const event of sorted) if (!isError(event)) need(event.need);
  if (failing !== undefined) fail(isOpen ? { ...failing.error, isOneOf: true } : failing.error);
}
