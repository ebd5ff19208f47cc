import { intendedOfList } from '../core/checks/intended.ts';
import { assertionsOfList } from '../core/checks/check-assertions.ts';
import type { ConfigValue } from '../core/config/value.ts';
import { exportedList } from '../core/plan/export-list.ts';
import type { Plan } from '../core/plan/plan.ts';
import { createResolver } from '../core/resolve/resolver.ts';
import type { Streams } from './answer-lines.ts';
import type { Options } from './command-line.ts';
import { loadTree } from './inputs.ts';
import { loadListOrPlan, loadTemplates, withinLimits } from './list-inputs.ts';
import type { ListPlaces } from './list-places.ts';
import type { Setting } from './resolve-report.ts';

/** Opens the model, the teacher and the templates that the options name. */
export async function openSetting(options: Options, complain: Streams['complain']): Promise<Setting> {
  const how = { ...options, complain };
  const tree = await loadTree(options.tree, how);
  return {
    tree,
    resolver: createResolver(tree),
    teacher: options.teacher === null ? null : await loadTree(options.teacher, how),
    templates: options.templates === null ? [] : await loadTemplates(options.templates, options.noLimits),
    mode: options.mode ?? 'pruning',
    python: options.python,
    algorithm: options.algorithm,
    call: options.call,
    uncalled: [],
  };
}

/** A list from a file, and the inputs of its check. */
export interface LoadedList {
  readonly list: ConfigValue;
  readonly setting: Setting;
  /** The text of the file; `null` for a plan, where the list is a part of it. */
  readonly text: string | null;
  /** Where the list is written; `null` for JSON. */
  readonly places: ListPlaces | null;
  /** The plan that the list is a part of. */
  readonly plan: Plan | null;
}

/** Reads the list of a file. From a plan: the list of the mode, with the plan's other settings. */
export async function loadChecked(file: string, given: Setting, options: Options, complain: Streams['complain']): Promise<LoadedList> {
  const checked = await loadListOrPlan(file, { ...given, set: options.set, setIsShared: options.setIsShared, noLimits: options.noLimits, complain });
  if (checked.type === 'list') return { list: checked.list, setting: given, text: checked.text, places: checked.places, plan: null };
  const { plan } = checked;
  const { mode } = given;
  return {
    text: null,
    places: null,
    plan,
    list: withinLimits(exportedList(plan.lists[mode]), `The plan’s list for ${mode}`, options.noLimits),
    setting: {
      ...given,
      algorithm: options.algorithm ?? plan.algorithms[mode].algorithm,
      call: options.call ?? (options.algorithm === null ? plan.algorithms[mode].call : null),
      templates: [...plan.templates, ...given.templates],
      python: options.pythonGiven ? given.python : plan.python,
      assertions: assertionsOfList(plan, mode),
      intended: intendedOfList(plan, mode),
    },
  };
}
