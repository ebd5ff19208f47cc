import { getKey, isConfigNumber } from '../config/value.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { hasChildren, moduleName } from '../module-tree/tree-index.ts';
import type { Resolution, TargetOutcome } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Algorithm } from './algorithm.ts';
import { hasNoDuration, type Call } from './call.ts';
import { compareStates, type StatePair } from './compare-states.ts';
import { describeTeacher, type Teacher } from './describe-teacher.ts';
import { isAllFrozen, nothingTrains } from './gradients.ts';
import { linksOf } from './links.ts';
import type { ForwardPass } from './met-targets.ts';
import { createForecast, outcomeOf, type Forecast, type Outcome, type TargetLoss } from './outcome.ts';
import { rootKeepsParameters } from './root-parameters.ts';

type Distiller = Extract<Algorithm, { readonly mode: 'distillation' }>;

/** The input of a distiller. */
export interface DistillerRun {
  readonly resolution: Resolution;
  readonly resolver: Resolver;
  readonly pass: ForwardPass;
  readonly uncalled: ReadonlySet<string>;
  /** The teacher; `null` for one of the student's own tree. */
  readonly teacher: ModuleTree | null;
}

/** Predicts the outcome of an accepted list that a distiller runs with its teacher (rules A-D, X6). */
export function predictDistillation(algorithm: Distiller, call: Call, run: DistillerRun): Outcome {
  const { resolution, resolver: { tree }, pass } = run;
  const teacher = describeTeacher(tree, run.teacher, pass, run.uncalled);
  const forecast = createForecast();
  checkConstructor(resolution, tree, teacher, forecast);
  forecast.nextStage();
  if (!call.hasEvaluator || hasNoDuration(call)) forecast.fail({ moment: 'compress', type: 'AssertionError', rule: 'A-D2' });
  if (call.maxSteps === 0) forecast.need('steps');
  forecast.nextStage();
  const losses = forecast.error() === null ? lossesOf(algorithm, call, run, teacher, forecast) : null;
  return outcomeOf(algorithm, forecast, losses === null ? null : { mode: 'distillation', losses }, null);
}

function checkConstructor({ outcomes, outcomeId }: Resolution, tree: ModuleTree, { tree: teacher, lookup }: Teacher, { fail }: Forecast): void {
  const objects = new Map<number, string>();
  const targets = [...outcomeId.entries()].flatMap(([module, id]) => (outcomes[id]?.targets ?? []).map((target) => ({ module, ...target })));
  // All lambdas are set before the teacher is registered, and its modules are wrapped in the end.
  for (const { module, target, setting } of targets) {
    const lambda = getKey(setting, 'lambda');
    if (isConfigNumber(lambda) && lambda.type === 'int') fail({ module, target, moment: 'constructor', type: 'AssertionError', rule: 'A-D2' });
  }
  for (const { module, target, kind, setting } of targets) {
    const at = { module, target, moment: 'constructor' as const };
    for (const link of linksOf(getKey(setting, 'link'), moduleName(tree, module))) {
      const row = lookup.rowOf(link);
      if (row < 0) fail({ ...at, type: 'KeyError', rule: 'X6', message: pythonStringRepr(link) });
      else if (kind === 'input') fail({ ...at, type: 'KeyError', rule: 'X6', message: "'_input_'" });
    }
  }
  for (const { module, target, setting } of targets) {
    for (const link of linksOf(getKey(setting, 'link'), moduleName(tree, module))) {
      const row = lookup.rowOf(link);
      if (row < 0) continue;
      const object = teacher.sharedWith.get(row) ?? row;
      const other = objects.get(object);
      objects.set(object, other ?? link);
      if (other === undefined || other === link) continue;
      fail({ module, target, moment: 'constructor', type: 'AssertionError', rule: 'X6', message: `${link} is already wrapped by another wrapper, can not wrap it again.` });
    }
  }
}

/** By the exception of a wrapper. */
const wrapRules: Readonly<Record<string, string>> = { KeyError: 'A-W3', TypeError: 'A-W2', RuntimeError: 'A-W1' };

function ruleOf({ type, message }: RaisedError): string {
  return message.startsWith('Only support saving tensor') ? 'A-D6' : (wrapRules[type] ?? 'A-W1');
}

function lossesOf(
  algorithm: Distiller,
  call: Call,
  { resolution: { outcomes, outcomeId }, resolver: { tree }, pass, resolution, uncalled }: DistillerRun,
  teacher: Teacher,
  forecast: Forecast,
): ReadonlyMap<number, ReadonlyMap<string, TargetLoss>> {
  const judged: { readonly module: number; readonly outcome: TargetOutcome; readonly links: readonly string[]; readonly pairs: readonly StatePair[] }[] = [];
  const canShare = teacher.isAlike && tree.graph === null && uncalled.size === 0;
  const known = new Map<string, readonly StatePair[]>();
  for (let module = 0; module < tree.size; module++) {
    for (const outcome of outcomes[outcomeId[module]!]?.targets ?? []) {
      const link = getKey(outcome.setting, 'link');
      const links = linksOf(link, moduleName(tree, module));
      const compare = (): readonly StatePair[] =>
        links.map((name) => compareStates({ tree, pass, module, target: outcome.target }, { ...teacher, module: teacher.lookup.rowOf(name) }));
      // Modules of one spec that link to themselves are alike, unless their calls differ.
      const isAlike = canShare && (link === undefined || link === null || link === 'auto');
      const key = `${outcomeId[module]!} ${outcome.target} ${hasChildren(tree, module)}`;
      const pairs = (isAlike ? known.get(key) : undefined) ?? compare();
      if (isAlike) known.set(key, pairs);
      judged.push({ module, outcome, links, pairs });
    }
  }
  // The first forward pass shows the outputs of a module: an output that is no tensor cannot be kept (rule A-D6).
  for (const { pairs } of judged) {
    for (const pair of pairs) if (pair.type === 'open' && pair.need !== 'shapes') forecast.need(pair.need);
  }
  forecast.nextStage();
  for (const { module, outcome, pairs } of judged) {
    for (const pair of pairs) {
      if (pair.type === 'fails') forecast.fail({ ...pair.error, moment: 'first-forward', rule: ruleOf(pair.error), module, target: outcome.target });
    }
  }
  const isAdaptive = algorithm.name === 'Adaptive1dLayerwiseDistiller';
  for (const { module, outcome, links, pairs } of judged) {
    const at = { moment: 'compress' as const, module, target: outcome.target };
    if (isAdaptive && links.length !== 1) {
      forecast.fail({ ...at, type: 'AssertionError', rule: 'A-D4', message: 'only support set one link for target in Adaptive1dLayerwiseDistiller' });
    } else if (isAdaptive && (!call.tracksForward || pairs.some(({ type }) => type === 'nothing'))) {
      const message = 'Please run AdaptiveShapeLayerwiseDistiller.track_forward(...) first before compress.';
      forecast.fail({ ...at, type: 'AssertionError', rule: 'A-D4', message });
    }
  }
  forecast.nextStage();
  if (isAdaptive) checkLinears(judged.flatMap(({ pairs }) => pairs), resolution, tree, forecast);
  forecast.nextStage();
  for (const { module, outcome, pairs } of judged) {
    for (const pair of pairs) {
      if (pair.type === 'open') forecast.need(pair.need);
      if (pair.type !== 'shapes') continue;
      const fits = isAdaptive ? pair.adapts : pair.broadcasts;
      if (fits === null) forecast.need('shapes');
      if (fits !== false) continue;
      forecast.fail({ moment: 'compress', module, target: outcome.target, type: 'RuntimeError', rule: 'A-D5', message: 'The size of tensor a must match the size of tensor b.' });
    }
  }
  forecast.nextStage();
  const hasLinear = isAdaptive && judged.some(({ pairs: [pair] }) => pair?.type === 'shapes' && pair.widths !== null && pair.widths[0] !== pair.widths[1]);
  if (isAllFrozen(tree) && !hasLinear) forecast.fail(nothingTrains);
  const losses = new Map<number, Map<string, TargetLoss>>();
  for (const { module, outcome, links, pairs } of judged) {
    const ofModule = losses.get(module) ?? new Map<string, TargetLoss>();
    losses.set(module, ofModule);
    ofModule.set(outcome.target, lossOf(outcome, links, pairs, isAdaptive));
  }
  return losses;
}

/** A Linear between widths that differ is put into the optimizer (rule A-Q8). */
function checkLinears(pairs: readonly StatePair[], resolution: Resolution, tree: ModuleTree, { fail, need }: Forecast): void {
  const keeps = rootKeepsParameters(resolution, tree);
  if (keeps === false) return;
  const mayNeed = pairs.some((pair) => pair.type === 'open' || (pair.type === 'shapes' && pair.widths === null));
  const needsOne = pairs.some((pair) => pair.type === 'shapes' && pair.widths !== null && pair.widths[0] !== pair.widths[1]);
  if (keeps === null && (mayNeed || needsOne)) need('parameters');
  else if (needsOne) fail({ moment: 'compress', type: 'IndexError', rule: 'A-Q8', message: 'list index out of range' });
  else if (mayNeed) need('shapes');
}

function lossOf({ setting }: TargetOutcome, links: readonly string[], pairs: readonly StatePair[], isAdaptive: boolean): TargetLoss {
  const lambda = getKey(setting, 'lambda');
  const method = getKey(setting, 'apply_method');
  const isKnown = pairs.every(({ type }) => type !== 'open');
  const [first] = pairs;
  const widths = isAdaptive && first?.type === 'shapes' ? first.widths : null;
  return {
    links,
    lambda: isConfigNumber(lambda) ? lambda.text : '1.0',
    method: typeof method === 'string' && method !== '' ? method : 'mse',
    active: isKnown ? links.filter((_, index) => pairs[index]!.type !== 'nothing') : undefined,
    ...(widths === null || widths[0] === widths[1] ? {} : { linear: widths }),
  };
}
