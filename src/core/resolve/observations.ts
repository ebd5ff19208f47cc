import type { ConfigObject } from '../config/value.ts';
import type { SettingsPlanner } from './register-module.ts';
import type { InternedOutcomes } from './intern-outcomes.ts';
import type { Observation, SubConfigSelection } from './resolution.ts';
import { shorthandEntries } from './settings.ts';
import type { SelectionIndex } from './selection-index.ts';

/** The input of observations. */
export interface ObserveInput extends InternedOutcomes {
  readonly index: SelectionIndex;
  readonly effective: readonly ConfigObject[];
  readonly subConfigs: readonly SubConfigSelection[];
  readonly planner: SettingsPlanner;
}

/** Most module indices in an observation. */
const shownModules = 16;

/** The facts about a resolution that raise nothing, sub-config by sub-config. */
export function observe(input: ObserveInput): readonly Observation[] {
  const perModule = input.subConfigs.map((): Observation[] => []);
  for (const observation of moduleObservations(input)) perModule[observation.subConfig]!.push(observation);
  const shorthand = shorthandObservations(input);
  return [
    ...input.subConfigs.flatMap((selection, subConfig) => [
      ...selectionObservations(selection, subConfig),
      ...perModule[subConfig]!,
      ...shorthand[subConfig]!,
    ]),
    ...tiedObservations(input),
  ];
}

function selectionObservations(selection: SubConfigSelection, subConfig: number): readonly Observation[] {
  const observations: Observation[] = [];
  for (const { key, index, value, count, effect, state } of selection.entries) {
    if (state.type === 'slow') {
      observations.push({ type: 'slow-pattern', subConfig, key, index, value, seconds: state.seconds });
    }
    if (state.type === 'invalid') continue;
    const entry = { subConfig, key, index, value };
    if (count === 0) observations.push({ type: 'entry-without-hit', ...entry });
    else if (effect === 0) observations.push({ type: 'entry-without-effect', ...entry, count });
  }
  if (selection.count === 0) observations.push({ type: 'selects-nothing', subConfig });
  const lost = selection.lostTargets.reduce((sum, { count }) => sum + count, 0);
  if (selection.wonTargets === 0 && lost > 0) observations.push({ type: 'wins-nothing', subConfig, lost });
  if (selection.undecidedCount > 0) {
    const hasTypes = selection.entries.some(({ key }) => key === 'op_types');
    const path = [hasTypes ? 'op_types' : 'exclude_op_types'];
    const count = selection.undecidedCount;
    const rule = hasTypes ? 'S3' : 'S4';
    observations.push({ type: 'not-checked', lack: 'types', rule, subConfig, path, count, modules: [] });
  }
  return observations;
}

type PerModule = Extract<
  Observation,
  { readonly type: 'lost-targets' | 'dropped-target-setting' | 'empty-parameter' | 'not-checked' }
>;

/** A fact without its modules, and the outcomes that it is about. */
interface OpenFact {
  readonly fact: PerModule;
  readonly outcomes: Set<number>;
}

/** Collects facts of outcomes that say the same, with the modules they are about. */
function moduleObservations(input: ObserveInput): readonly PerModule[] {
  const facts = new Map<string, OpenFact>();
  const note = (outcome: number, key: string, fact: PerModule): void => {
    const known = facts.get(key) ?? { fact, outcomes: new Set<number>() };
    facts.set(key, known);
    known.outcomes.add(outcome);
  };
  const open = { count: 0, modules: [] };
  input.outcomes.forEach((outcome, id) => {
    for (const { target, subConfig: winner, attribute, losers } of outcome.targets) {
      for (const { subConfig } of losers) {
        const key = `lost ${subConfig} ${winner} ${target}`;
        note(id, key, { type: 'lost-targets', subConfig, winner, target, ...open });
      }
      if (attribute === 'empty') {
        note(id, `empty ${winner} ${target}`, { type: 'empty-parameter', subConfig: winner, target, ...open });
      }
      if (attribute === 'unknown') {
        const path = ['target_names'];
        const key = `parameters ${winner}`;
        note(id, key, { type: 'not-checked', lack: 'parameters', rule: 'R2', subConfig: winner, path, ...open });
      }
    }
    for (const { subConfig, target } of outcome.dropped) {
      const ofModules = input.subConfigs[subConfig]!.count;
      const key = `dropped ${subConfig} ${target}`;
      note(id, key, { type: 'dropped-target-setting', subConfig, target, ofModules, ...open });
    }
    for (const subConfig of input.undecided[id]!) {
      const where = { subConfig, path: [] };
      note(id, `types ${subConfig}`, { type: 'not-checked', lack: 'types', rule: 'C1', ...where, ...open });
    }
  });
  const shown = modulesOfOutcomes(input);
  const complete = ({ fact, outcomes }: OpenFact): PerModule => {
    const ids = [...outcomes];
    const modules = ids.flatMap((id) => shown[id]!).toSorted((a, b) => a - b).slice(0, shownModules);
    return { ...fact, modules, count: ids.reduce((sum, id) => sum + input.outcomes[id]!.moduleCount, 0) };
  };
  return [...facts.values()].map(complete);
}

/** The first few modules of each outcome. */
function modulesOfOutcomes({ outcomes, outcomeId }: InternedOutcomes): readonly (readonly number[])[] {
  const shown = outcomes.map((): number[] => []);
  for (let module = 0; module < outcomeId.length; module++) {
    const list = shown[outcomeId[module]!];
    if (list !== undefined && list.length < shownModules) list.push(module);
  }
  return shown;
}

/** Rule C3: per sub-config, the shorthand that no target of any selected module has. */
function shorthandObservations(input: ObserveInput): readonly (readonly Observation[])[] {
  const types = input.effective.map(() => new Set<string>());
  for (const { specId, subConfigs } of input.outcomes) {
    const { type } = input.index.tree.specs[specId]!;
    if (type !== null) for (const subConfig of subConfigs) types[subConfig]!.add(type);
  }
  return input.effective.map((config, subConfig) => {
    const moduleTypes = [...types[subConfig]!];
    const plans = moduleTypes.map((type) => input.planner.plan(type, subConfig)).filter((plan) => plan !== null);
    if (plans.length === 0) return [];
    return shorthandEntries(config)
      .filter(([key]) => !plans.some((plan) => plan.reached.has(key)))
      .map(([key]) => ({ type: 'shorthand-unused', subConfig, key, moduleTypes }));
  });
}

/** Rule M1: configured parameters that are one tensor under several names. */
function tiedObservations({ index, outcomeId, outcomes }: ObserveInput): readonly Observation[] {
  const observations: Observation[] = [];
  for (const [parameter, tiedTo] of index.tree.tiedTo) {
    const places = [parameter, tiedTo].map((name) => {
      const dot = name.lastIndexOf('.');
      return { module: index.indexOf(name.slice(0, Math.max(0, dot))), target: name.slice(dot + 1) };
    });
    const modules = places.flatMap(({ module }) => (module === undefined ? [] : [module]));
    const holder = places
      .map(({ module, target: name }) => {
        const outcome = outcomes[outcomeId[module ?? -1] ?? -1];
        return outcome?.targets.find(({ target }) => target === name);
      })
      .find((target) => target !== undefined);
    if (holder === undefined) continue;
    observations.push({ type: 'tied-parameter', subConfig: holder.subConfig, parameter, tiedTo, modules });
  }
  return observations;
}
