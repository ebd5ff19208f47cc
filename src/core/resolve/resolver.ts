import type { Mode } from '../config/mode.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import { type ConfigObject, type ConfigValue, emptyObject, isConfigList, isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { SettingTemplate } from '../plan/plan.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { observe } from './observations.ts';
import { createSettingsPlanner } from './outcome.ts';
import { internOutcomes } from './outcomes.ts';
import type { PatternSweep, SweepPattern } from './pattern-sweep.ts';
import { sweepAsPython } from './python-sweep.ts';
import { registerProblems } from './register-problems.ts';
import type { Problem, Resolution, SubConfigSelection, Verdict } from './resolution.ts';
import { schemaProblems } from './schema-problems.ts';
import { type Selection, selectionKey, selectModules } from './selection.ts';
import { createTreeIndex } from './tree-index.ts';

/** What to resolve. */
export interface ResolveRequest {
  readonly mode: Mode;
  /** The whole list as NNI would get it; any JSON is taken. */
  readonly list: ConfigValue;
  readonly templates: readonly SettingTemplate[];
  readonly python: PythonVersion;
}

export interface ResolverOptions {
  /** Runs a pattern over the packed names; by default as Python does. */
  readonly sweep?: SweepPattern;
}

/** Resolves lists against one tree and keeps what does not change between two of them. */
export interface Resolver {
  readonly tree: ModuleTree;
  readonly resolve: (request: ResolveRequest) => Resolution;
  /** What one pattern alone hits; kept, as a list that holds it asks for the same. */
  readonly sweep: (pattern: string, python: PythonVersion) => PatternSweep;
  /** Index of the module of a name; `undefined` when the model lacks it. */
  readonly indexOf: (name: string) => number | undefined;
}

/** Selections of at most this many sub-configs are kept, the least recently used going first. */
const keptSelections = 64;

/** Creates the resolver of a tree. */
export function createResolver(tree: ModuleTree, options: ResolverOptions = {}): Resolver {
  const index = createTreeIndex(tree, options.sweep ?? sweepAsPython);
  const selections = new Map<string, Selection>();

  function select(config: ConfigObject, python: PythonVersion): Selection {
    const key = selectionKey(config, python);
    const selection = selections.get(key) ?? selectModules(index, config, python);
    selections.delete(key);
    selections.set(key, selection);
    if (selections.size > keptSelections) selections.delete(selections.keys().next().value!);
    return selection;
  }

  return {
    tree,
    sweep: index.sweep,
    indexOf: index.indexOf,
    resolve({ mode, list, templates, python }) {
      const schema = schemaProblems(list, mode);
      const items = schema.translated ?? (isConfigList(list) ? list : []);
      const effective = items.map((item) => (isConfigObject(item) ? item : emptyObject));
      const selected = effective.map((config) => select(config, python));
      const planner = createSettingsPlanner(effective, createTemplateRegistry(mode, templates));
      const interned = internOutcomes(tree, selected, planner, mode);
      const registered = registerProblems({ index, mode, python, effective, selections: selected, ...interned });
      const problems = [...schema.problems, ...registered.problems];
      const subConfigs = selected.map((selection, at) => withTargets(selection, at, interned.outcomes));
      return {
        mode,
        python,
        translated: schema.translated,
        effective,
        verdict: verdictOf(problems),
        problems,
        observations: observe({ index, effective, subConfigs, planner, ...interned }),
        subConfigs,
        outcomeId: interned.outcomeId,
        outcomes: interned.outcomes,
        fusions: registered.fusions,
      };
    },
  };
}

function verdictOf(problems: readonly Problem[]): Verdict {
  const [first] = problems;
  if (first === undefined) return { accepted: true };
  return { accepted: false, stage: first.stage, error: first.error, where: first.where };
}

function withTargets(selection: Selection, subConfig: number, outcomes: Resolution['outcomes']): SubConfigSelection {
  let wonTargets = 0;
  const lost = new Map<number, number>();
  for (const { targets, moduleCount } of outcomes) {
    for (const target of targets) {
      if (target.subConfig === subConfig) wonTargets += moduleCount;
      for (const loser of target.losers) {
        if (loser.subConfig === subConfig) lost.set(target.subConfig, (lost.get(target.subConfig) ?? 0) + moduleCount);
      }
    }
  }
  const { selected, count, excludedBy, excludedCount, entries, hasSelector, undecidedCount } = selection;
  const lostTargets = [...lost].map(([to, targets]) => ({ to, count: targets })).toSorted((a, b) => a.to - b.to);
  return {
    selected, count, excludedBy, excludedCount, entries, hasSelector, undecidedCount, wonTargets, lostTargets,
  };
}
