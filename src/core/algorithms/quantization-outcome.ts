import { getKey } from '../config/value.ts';
import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import { parseQuantDtype } from '../resolve/quant-dtype.ts';
import type { Resolution, TargetOutcome } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Algorithm } from './algorithm.ts';
import { hasNoDuration, type Call } from './call.ts';
import { quantizeTarget, type QuantizedPlace, type QuantizerEvent } from './effective-target.ts';
import { isAllFrozen, nothingTrains } from './gradients.ts';
import type { ForwardPass, MetTarget } from './met-targets.ts';
import { createForecast, outcomeOf, type EffectiveTarget, type Outcome } from './outcome.ts';
import { reportEvents } from './report-events.ts';
import { rangeError } from './quant-bits.ts';
import { rootKeepsParameters } from './root-parameters.ts';
import { foldsBias, fusionFailure } from './run-fusion.ts';

type Quantizer = Extract<Algorithm, { readonly mode: 'quantization' }>;

/** Predicts the outcome of an accepted list that a quantizer runs (rules A-Q). */
export function predictQuantization(
  algorithm: Quantizer,
  call: Call,
  pass: ForwardPass,
  resolution: Resolution,
  resolver: Resolver,
): Outcome {
  const { tree } = resolver;
  const events: QuantizerEvent[] = [];
  if (isAllFrozen(tree) && !trainsScales(algorithm, resolution, pass)) events.push({ stage: 'backward', error: nothingTrains });
  if (!call.hasEvaluator || hasNoDuration(call)) {
    events.push({ stage: 'start', error: { moment: 'compress', type: 'AssertionError', rule: 'A-Q12' } });
  }
  if (call.maxSteps === 0) events.push({ stage: 'start', need: 'steps' });
  const fusedParts = partsByHead(resolution, resolver);
  events.push(...optimizerEvents(algorithm, resolution, resolver, fusedParts));
  for (const fusion of resolution.fusions) {
    const head = resolver.indexOf(fusion.head);
    if (head === undefined || !pass.isCalled(head)) continue;
    const failure = fusionFailure(fusion, resolution, tree, resolver.indexOf);
    const at = { module: head, step: 'fusion' } as const;
    if (failure !== null) events.push({ stage: 'forward', ...at, error: { ...failure.error, moment: 'first-forward', rule: 'X7', module: head } });
    else if ([head, ...fusion.rest.map(resolver.indexOf)].some((row) => row !== undefined && moduleSpec(tree, row).type === null)) {
      events.push({ stage: 'forward', ...at, need: 'parameters' });
    }
  }
  const targets = new Map<number, ReadonlyMap<string, EffectiveTarget>>();
  const known = new Map<string, ReadonlyMap<string, EffectiveTarget>>();
  for (let module = 0; module < tree.size; module++) {
    const outcome = resolution.outcomes[resolution.outcomeId[module]!];
    if (!outcome || outcome.targets.length === 0) continue;
    const isCalled = pass.isCalled(module);
    const fused = fusedParts.get(module) ?? [];
    const isPlain = tree.graph === null && fused.length === 0;
    const key = `${resolution.outcomeId[module]!} ${isCalled}`;
    const same = isPlain ? known.get(key) : undefined;
    if (same !== undefined) {
      targets.set(module, same);
      continue;
    }
    const ofModule = new Map<string, EffectiveTarget>();
    for (const target of outcome.targets) {
      const place: QuantizedPlace = {
        quantizer: algorithm.name,
        spec: moduleSpec(tree, module),
        met: metBy(target, module, isCalled, pass),
        fused,
        start: startOf(algorithm, call),
      };
      const { effective, events: found } = quantizeTarget(target, place);
      ofModule.set(target.target, effective);
      const at = { module, step: target.kind };
      for (const event of found) events.push('error' in event ? { ...event, ...at, error: { ...event.error, module, target: target.target } } : { ...event, ...at });
    }
    if (algorithm.name === 'PtqQuantizer' && call.isBiasCorrection) events.push(...biasEvents(module, tree, fused, outcome.targets, pass));
    targets.set(module, ofModule);
    if (isPlain) known.set(key, ofModule);
  }
  const forecast = createForecast();
  reportEvents(events, resolution, resolver, forecast);
  return outcomeOf(algorithm, forecast, { mode: 'quantization', targets }, forecast.error() === null && failsInTrainingMode(algorithm, call, resolution) ? undefined : null);
}

/** Whether a scale reaches the loss: that of a target which the forward pass may meet (rule A-F2). */
function trainsScales({ name }: Quantizer, { outcomes, outcomeId }: Resolution, pass: ForwardPass): boolean {
  if (name !== 'LsqQuantizer' && name !== 'LsqPlusQuantizer') return false;
  return [...outcomeId.entries()].some(([module, id]) =>
    outcomes[id]?.targets.some((target) => metBy(target, module, pass.isCalled(module), pass).type !== 'nothing'),
  );
}

function metBy({ kind, target }: TargetOutcome, module: number, isCalled: boolean, pass: ForwardPass): MetTarget {
  if (kind !== 'parameter') return pass.meets(module, target);
  return isCalled ? { type: 'tensor', shape: null } : { type: 'nothing' };
}

/** Whether QAT quantizes from the first step, or at all (rule A-Q3); training without a number of steps counts as long enough. */
function startOf({ name }: Quantizer, { quantStartStep, maxSteps }: Call): QuantizedPlace['start'] {
  const first = Math.max(quantStartStep ?? 0, 0);
  if (name !== 'QATQuantizer' || first === 0) return 'at once';
  const steps = maxSteps ?? Infinity;
  return steps > first ? 'during' : steps === first ? 'last' : 'late';
}

/** QAT starts with the last step: a forward pass after that meets a range that fails (rule A-Q10), unless the model is in eval mode by then. */
function failsInTrainingMode(algorithm: Quantizer, call: Call, { outcomes }: Resolution): boolean {
  if (startOf(algorithm, call) !== 'last') return false;
  return outcomes.some(({ targets }) =>
    targets.some(({ setting, kind }) => {
      const range = parseQuantDtype(getKey(setting, 'quant_dtype'));
      return range.ok && rangeError(algorithm.name, kind, range.value) !== null;
    }),
  );
}

function partsByHead({ fusions }: Resolution, { tree, indexOf }: Resolver): ReadonlyMap<number, readonly ModuleSpec[]> {
  const parts = new Map<number, readonly ModuleSpec[]>();
  for (const { head, rest } of fusions) {
    const row = indexOf(head);
    if (row === undefined) continue;
    parts.set(row, rest.map(indexOf).flatMap((part) => (part === undefined ? [] : [moduleSpec(tree, part)])));
  }
  return parts;
}

/** The error when NNI gives new parameters to an optimizer that holds a parameter of the root: it finds no place for them (rule A-Q8). */
function optimizerEvents(
  { name }: Quantizer,
  resolution: Resolution,
  { tree }: Resolver,
  fusedParts: ReadonlyMap<number, readonly ModuleSpec[]>,
): readonly QuantizerEvent[] {
  const hasTargets = resolution.outcomes.some(({ targets }) => targets.length > 0);
  const trainsScales = hasTargets && (name === 'LsqQuantizer' || name === 'LsqPlusQuantizer');
  const addsBias = [...fusedParts].some(([row, parts]) => registersBias(row, parts, resolution, tree));
  if (!trainsScales && !addsBias) return [];
  const keeps = rootKeepsParameters(resolution, tree);
  if (keeps === null) return [{ stage: 'start', need: 'parameters' }];
  if (!keeps) return [];
  return [{ stage: 'start', error: { moment: 'compress', type: 'IndexError', rule: 'A-Q8', message: 'list index out of range' } }];
}

/** The bias of a head that is folded into a BatchNorm becomes a parameter of the wrapper, unless it is a target anyway. */
function registersBias(row: number, parts: readonly ModuleSpec[], resolution: Resolution, tree: ModuleTree): boolean {
  const isTarget = resolution.outcomes[resolution.outcomeId[row]!]?.targets.some(({ target }) => target === 'bias') === true;
  return foldsBias(moduleSpec(tree, row), parts) && !isTarget;
}

/** The correction adds the loss of the output's last dimension to the bias (rule A-Q13). */
function biasEvents(
  module: number,
  tree: ModuleTree,
  fused: readonly ModuleSpec[],
  targets: readonly TargetOutcome[],
  pass: ForwardPass,
): readonly QuantizerEvent[] {
  if (!pass.isCalled(module)) return [];
  const spec = moduleSpec(tree, module);
  const bias = ownTensor(spec, 'bias');
  const fail = (type: string): QuantizerEvent => ({ stage: 'correction', error: { moment: 'compress', type, rule: 'A-Q13', module } });
  if (spec.parameters === null) return [{ stage: 'correction', need: 'parameters' }];
  if (fused.length > 0) return [{ stage: 'correction', need: 'shapes' }];
  if (bias === undefined || bias.isNone) return [fail('AssertionError')];
  const output = pass.meets(module, '_output_0');
  const isLinear = spec.type === 'Linear';
  const width = output.type === 'tensor' && output.shape !== null ? output.shape.at(-1) : isLinear ? bias.shape?.[0] : undefined;
  if (width === undefined || bias.shape === null) return [{ stage: 'correction', need: 'shapes' }];
  if (width === bias.shape[0]) return [];
  return [fail(targets.some(({ target }) => target === 'bias') ? 'AssertionError' : 'RuntimeError')];
}
