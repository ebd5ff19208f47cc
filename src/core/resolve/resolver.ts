import type { Mode } from '../config/mode.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import type { ConfigObject, ConfigValue } from '../config/value.ts';
import { emptyObject, isConfigList, isConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { walkOrder } from './module-order.ts';
import { observe } from './observations.ts';
import { createSettingsPlanner } from './register-module.ts';
import { internOutcomes } from './intern-outcomes.ts';
import type { PatternSweep, SweepPattern } from '../python-re/sweep-answer.ts';
import { sweepAsPython } from '../python-re/sweep-pattern.ts';
import { registerProblems } from './register-problems.ts';
import type { Problem, Resolution, SubConfigSelection, Verdict } from './resolution.ts';
import { schemaProblems } from './schema-problems.ts';
import { type Selection, selectionKey, selectModules } from './selection.ts';
import { createSelectionIndex } from './selection-index.ts';

/** The request to resolve a list. */
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

/** Resolves lists against one tree and keeps results that do not change between two lists. */
export interface Resolver {
  readonly tree: ModuleTree;
  readonly resolve: (request: ResolveRequest) => Resolution;
  /** The names that one pattern alone matches. The answer is kept: a list with the pattern asks for the same. */
  readonly sweep: (pattern: string, python: PythonVersion) => PatternSweep;
  /** The modules that one sub-config selects, apart from any list. The answer is not kept. */
  readonly select: (config: ConfigObject, python: PythonVersion) => Selection;
  /** The modules that one sub-config selects, in the order in which NNI walks them (rule O); kept with the selection. */
  readonly walk: (config: ConfigObject, python: PythonVersion) => readonly number[];
  /** Index of the module of a name; `undefined` when the model lacks it. */
  readonly indexOf: (name: string) => number | undefined;
}

/** Selections of at least this many sub-configs are kept, the least recently used going first. */
const keptSelections = 64;

/** Creates the resolver of a tree. */
export function createResolver(tree: ModuleTree, options: ResolverOptions = {}): Resolver {
  const index = createSelectionIndex(tree, options.sweep ?? sweepAsPython);
  const selections = new Map<string, Selection>();

  function select(config: ConfigObject, python: PythonVersion): Selection {
    const key = selectionKey(config, python);
    const selection = selections.get(key) ?? selectModules(index, config, python);
    selections.delete(key);
    selections.set(key, selection);
    return selection;
  }

  /** Forgets results that neither this list nor a few before it used. */
  function forget(listLength: number): void {
    const kept = Math.max(keptSelections, listLength * 2);
    for (const key of selections.keys()) {
      if (selections.size <= kept) return;
      selections.delete(key);
    }
  }

  return {
    tree,
    sweep: index.sweep,
    select: (config, python) => selectModules(index, config, python),
    walk: (config, python) =>
      walkOrder(index, select(config, python), config, python).filter((number) => number < tree.size),
    indexOf: index.indexOf,
    resolve({ mode, list, templates, python }) {
      const schema = schemaProblems(list, mode);
      const items = schema.translated ?? (isConfigList(list) ? list : []);
      const effective = items.map((item) => (isConfigObject(item) ? item : emptyObject));
      const selected = effective.map((config) => select(config, python));
      forget(effective.length);
      const planner = createSettingsPlanner(effective, createTemplateRegistry(mode, templates));
      const interned = internOutcomes(tree, selected, planner, mode);
      const registered = registerProblems({ index, mode, python, effective, selections: selected, ...interned });
      const problems = [...schema.problems, ...registered.problems];
      const subConfigs = countTargets(selected, interned.outcomes);
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

/** Adds to each selection the number of targets that the sub-config configures, and the sub-configs that took others (rule R1). */
function countTargets(
  selections: readonly Selection[],
  outcomes: Resolution['outcomes'],
): readonly SubConfigSelection[] {
  const won = new Float64Array(selections.length);
  const empty = new Float64Array(selections.length);
  const lost = selections.map(() => new Map<number, number>());
  for (const { targets, moduleCount } of outcomes) {
    for (const { subConfig: winner, losers, attribute } of targets) {
      won[winner]! += moduleCount;
      if (attribute === 'empty') empty[winner]! += moduleCount;
      for (const { subConfig } of losers) {
        lost[subConfig]!.set(winner, (lost[subConfig]!.get(winner) ?? 0) + moduleCount);
      }
    }
  }
  return selections.map((selection, subConfig): SubConfigSelection => {
    const { selected, listed, count, excludedBy, excludedCount, entries, hasSelector, undecidedCount } = selection;
    const lostTargets = [...lost[subConfig]!].map(([to, targets]) => ({ to, count: targets }));
    return {
      selected, listed, count, excludedBy, excludedCount, entries, hasSelector, undecidedCount,
      wonTargets: won[subConfig]!,
      emptyTargets: empty[subConfig]!,
      lostTargets: lostTargets.toSorted((a, b) => a.to - b.to),
    };
  });
}
