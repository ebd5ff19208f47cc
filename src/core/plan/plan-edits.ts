import { isSameAlgorithm, type PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { applyListEdits, getAt, removeAt, setAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../config/value.ts';
import type { ListEdit } from '../config/list-edits.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { changeMode } from './change-mode.ts';
import { createIdSource, createSubConfig, createSubConfigMaker } from './create-plan.ts';
import type { Assertion, Intended, Origin, Plan, SubConfig } from './plan.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { foundFamilies } from './families.ts';
import { replaceEnabled, withOrigin } from './replace-list.ts';

/**
 * One change of the plan. Sub-configs are named by id; an id that the plan lacks changes nothing. A `label` is
 * the name of the edit in undo, where the edit itself does not say it.
 */
export type PlanEdit =
  | {
      readonly type: 'add-sub-config';
      readonly mode: Mode;
      readonly config?: ConfigObject;
      readonly index?: number;
    }
  | {
      readonly type: 'add-sub-configs';
      readonly mode: Mode;
      readonly configs: readonly ConfigObject[];
      /** Where each comes from; empty where nothing is known. */
      readonly origins?: readonly Origin[];
      /** The class that runs them, where it comes along. */
      readonly planned?: PlannedAlgorithm;
      readonly label?: string;
    }
  | { readonly type: 'duplicate-sub-config'; readonly mode: Mode; readonly id: string }
  | { readonly type: 'remove-sub-configs'; readonly mode: Mode; readonly ids: readonly string[] }
  /** `to` is the place that it has afterwards; with `count`, neighbours from it on go along. */
  | { readonly type: 'move-sub-config'; readonly mode: Mode; readonly id: string; readonly to: number; readonly count?: number }
  /** To the end of another mode's list, without the keys that it does not have. */
  | { readonly type: 'change-mode'; readonly mode: Mode; readonly ids: readonly string[]; readonly to: Mode }
  | { readonly type: 'set-enabled'; readonly mode: Mode; readonly id: string; readonly enabled: boolean }
  | { readonly type: 'set-label'; readonly mode: Mode; readonly id: string; readonly label: string }
  | { readonly type: 'set-color'; readonly mode: Mode; readonly id: string; readonly color: number }
  | {
      readonly type: 'set-config';
      readonly mode: Mode;
      readonly id: string;
      readonly config: ConfigObject;
      readonly label?: string;
    }
  | {
      readonly type: 'set-value';
      readonly mode: Mode;
      readonly id: string;
      readonly path: KeyPath;
      readonly value: ConfigValue;
    }
  | { readonly type: 'remove-value'; readonly mode: Mode; readonly id: string; readonly path: KeyPath }
  /** The enabled sub-configs as written or imported; the ones that are off stay. */
  | {
      readonly type: 'replace-list';
      readonly mode: Mode;
      readonly list: readonly ConfigObject[];
      /** Where each comes from; empty where nothing is known. */
      readonly origins?: readonly Origin[];
      /** The class that runs it, where it comes along. */
      readonly planned?: PlannedAlgorithm;
      readonly label?: string;
    }
  /** Members of a family are shown one by one from now on. */
  | { readonly type: 'take-apart'; readonly mode: Mode; readonly ids: readonly string[] }
  /** A fix applied to the enabled sub-configs; paths start at their list. */
  | {
      readonly type: 'edit-list';
      readonly mode: Mode;
      readonly edits: readonly ListEdit[];
      readonly label?: string;
    }
  /** Replaces texts at their places. A text that has changed since is left as it is. */
  | { readonly type: 'rewrite-texts'; readonly rewrites: readonly TextRewrite[]; readonly label: string }
  | { readonly type: 'set-algorithm'; readonly mode: Mode; readonly planned: PlannedAlgorithm }
  /** The three modes in another order. */
  | { readonly type: 'set-chain'; readonly chain: readonly Mode[] }
  | { readonly type: 'set-python'; readonly python: PythonVersion }
  | { readonly type: 'set-name'; readonly name: string }
  | { readonly type: 'set-template'; readonly template: SettingTemplate }
  | { readonly type: 'remove-template'; readonly mode: Mode; readonly moduleType: string }
  /** Replaces the assertion of that id; one with an empty id is new. */
  | { readonly type: 'set-assertion'; readonly assertion: Assertion }
  | { readonly type: 'remove-assertion'; readonly id: string }
  /** Says that a finding is intended, or takes that back. */
  | { readonly type: 'set-intended'; readonly intended: Intended; readonly on: boolean };

/** A text of a sub-config, or the pattern of an assertion, that becomes another. */
export interface TextRewrite {
  readonly owner:
    | { readonly type: 'sub-config'; readonly mode: Mode; readonly id: string; readonly path: KeyPath }
    | { readonly type: 'assertion'; readonly id: string };
  readonly from: string;
  readonly to: string;
}

/** The plan after an edit; the same object when nothing changes. */
export function applyPlanEdit(plan: Plan, edit: PlanEdit): Plan {
  switch (edit.type) {
    case 'add-sub-config': {
      const list = plan.lists[edit.mode];
      const created = createSubConfig(plan, list, edit.config);
      return withList(plan, edit.mode, list.toSpliced(edit.index ?? list.length, 0, created));
    }
    case 'add-sub-configs': {
      const list = plan.lists[edit.mode];
      const { make } = createSubConfigMaker(plan, list);
      const made = edit.configs.map((config, at) => withOrigin(make(config), edit.origins?.[at]));
      if (edit.configs.length === 0) return plan;
      return withAlgorithm(withList(plan, edit.mode, foundFamilies(list, [...list, ...made])), edit.mode, edit.planned);
    }
    case 'duplicate-sub-config':
      return duplicate(plan, edit.mode, edit.id);
    case 'remove-sub-configs':
      return removeSubConfigs(plan, edit.mode, new Set(edit.ids));
    case 'move-sub-config':
      return move(plan, edit.mode, edit.id, edit.to, edit.count ?? 1);
    case 'change-mode':
      return changeMode(plan, edit.mode, new Set(edit.ids), edit.to);
    case 'set-enabled':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, enabled: edit.enabled }));
    case 'set-label':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, label: edit.label }));
    case 'set-color':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, color: edit.color }));
    case 'set-config':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, config: edit.config }));
    case 'set-value':
      return changeConfig(plan, edit.mode, edit.id, (config) => setAt(config, edit.path, edit.value));
    case 'remove-value':
      return changeConfig(plan, edit.mode, edit.id, (config) =>
        getAt(config, edit.path) === undefined ? config : removeAt(config, edit.path),
      );
    case 'replace-list':
      return withAlgorithm(withList(plan, edit.mode, replaced(plan, plan.lists[edit.mode], edit.list, edit.origins)), edit.mode, edit.planned);
    case 'take-apart':
      return takeApart(plan, edit.mode, new Set(edit.ids));
    case 'edit-list':
      return editList(plan, edit.mode, edit.edits);
    case 'rewrite-texts':
      return edit.rewrites.reduce(rewriteText, plan);
    case 'set-algorithm':
      return withAlgorithm(plan, edit.mode, edit.planned);
    case 'set-chain':
      return edit.chain.join() === plan.chain.join() ? plan : { ...plan, chain: edit.chain };
    case 'set-python':
      return edit.python === plan.python ? plan : { ...plan, python: edit.python };
    case 'set-name':
      return edit.name === plan.name ? plan : { ...plan, name: edit.name };
    case 'set-template': {
      const { mode, moduleType } = edit.template;
      return { ...plan, templates: [...otherTemplates(plan, mode, moduleType), edit.template] };
    }
    case 'remove-template': {
      const templates = otherTemplates(plan, edit.mode, edit.moduleType);
      return templates.length === plan.templates.length ? plan : { ...plan, templates };
    }
    case 'set-intended':
      return setIntended(plan, edit.intended, edit.on);
    case 'set-assertion':
      return setAssertion(plan, edit.assertion);
    case 'remove-assertion': {
      const assertions = plan.assertions.filter(({ id }) => id !== edit.id);
      return assertions.length === plan.assertions.length ? plan : { ...plan, assertions };
    }
  }
}

/** Another class for the list of a mode; one for another mode changes nothing. */
function withAlgorithm(plan: Plan, mode: Mode, planned: PlannedAlgorithm | undefined): Plan {
  if (planned === undefined || planned.algorithm.mode !== mode || isSameAlgorithm(planned, plan.algorithms[mode])) return plan;
  return { ...plan, algorithms: { ...plan.algorithms, [mode]: planned } };
}

function withList(plan: Plan, mode: Mode, list: readonly SubConfig[]): Plan {
  return list === plan.lists[mode] ? plan : { ...plan, lists: { ...plan.lists, [mode]: list } };
}

/** Whether two sub-configs are the same in everything that is saved. */
function isSame(a: SubConfig, b: SubConfig): boolean {
  return (
    a.id === b.id &&
    a.label === b.label &&
    a.color === b.color &&
    a.enabled === b.enabled &&
    a.family === b.family &&
    (a.config === b.config || writeCompactJson(a.config) === writeCompactJson(b.config))
  );
}

function change(plan: Plan, mode: Mode, id: string, update: (subConfig: SubConfig) => SubConfig): Plan {
  const list = plan.lists[mode];
  const at = list.findIndex((subConfig) => subConfig.id === id);
  const before = list[at];
  if (!before) return plan;
  const after = update(before);
  return isSame(before, after) ? plan : withList(plan, mode, list.toSpliced(at, 1, after));
}

function changeConfig(
  plan: Plan,
  mode: Mode,
  id: string,
  update: (config: ConfigObject) => ConfigValue | undefined,
): Plan {
  return change(plan, mode, id, (subConfig) => {
    const config = update(subConfig.config);
    return isConfigObject(config) ? { ...subConfig, config } : subConfig;
  });
}

function rewriteText(plan: Plan, { owner, from, to }: TextRewrite): Plan {
  if (owner.type === 'sub-config') {
    return changeConfig(plan, owner.mode, owner.id, (config) =>
      getAt(config, owner.path) === from ? setAt(config, owner.path, to) : config,
    );
  }
  const assertion = plan.assertions.find(({ id }) => id === owner.id);
  if (!assertion || !('pattern' in assertion.demand) || assertion.demand.pattern !== from) return plan;
  return setAssertion(plan, { ...assertion, demand: { ...assertion.demand, pattern: to } });
}

function duplicate(plan: Plan, mode: Mode, id: string): Plan {
  const list = plan.lists[mode];
  const at = list.findIndex((subConfig) => subConfig.id === id);
  const original = list[at];
  if (!original) return plan;
  const { id: copyId, color } = createSubConfig(plan, list, original.config);
  const copy: SubConfig = { ...original, id: copyId, color };
  return withList(plan, mode, list.toSpliced(at + 1, 0, copy));
}

function removeSubConfigs(plan: Plan, mode: Mode, ids: ReadonlySet<string>): Plan {
  const list = plan.lists[mode].filter((subConfig) => !ids.has(subConfig.id));
  if (list.length === plan.lists[mode].length) return plan;
  // An assertion about a sub-config goes with it; undo brings both back.
  const assertions = plan.assertions.filter(({ subConfig }) => subConfig === null || !ids.has(subConfig));
  return { ...withList(plan, mode, list), assertions };
}

function move(plan: Plan, mode: Mode, id: string, target: number, count: number): Plan {
  const list = plan.lists[mode];
  const from = list.findIndex((subConfig) => subConfig.id === id);
  const moved = from < 0 ? [] : list.slice(from, from + count);
  const to = Math.max(0, Math.min(list.length - moved.length, target));
  if (moved.length === 0 || from === to) return plan;
  return withList(plan, mode, list.toSpliced(from, moved.length).toSpliced(to, 0, ...moved));
}

/** Edits that do not fit the list any more change nothing. */
function editList(plan: Plan, mode: Mode, edits: readonly ListEdit[]): Plan {
  const list = plan.lists[mode];
  const enabled = list.filter((subConfig) => subConfig.enabled);
  const changed = applyListEdits(
    enabled.map((subConfig) => subConfig.config),
    edits,
  );
  return changed.ok ? withList(plan, mode, replaced(plan, list, changed.value)) : plan;
}

function replaced(plan: Plan, before: readonly SubConfig[], written: readonly ConfigObject[], origins?: readonly Origin[]): readonly SubConfig[] {
  return foundFamilies(before, replaceEnabled(plan, before, written, origins));
}

function takeApart(plan: Plan, mode: Mode, ids: ReadonlySet<string>): Plan {
  const list = plan.lists[mode];
  if (!list.some(({ id, family }) => ids.has(id) && family !== undefined)) return plan;
  const alone = ({ family: _family, ...rest }: SubConfig): SubConfig => rest;
  return withList(plan, mode, list.map((subConfig) => (ids.has(subConfig.id) ? alone(subConfig) : subConfig)));
}

function otherTemplates(plan: Plan, mode: Mode, moduleType: string): readonly SettingTemplate[] {
  return plan.templates.filter((template) => template.mode !== mode || template.moduleType !== moduleType);
}

function setIntended(plan: Plan, wanted: Intended, on: boolean): Plan {
  const { intended: before = [], ...rest } = plan;
  const isWanted = ({ mode, code, subConfig, path }: Intended): boolean =>
    mode === wanted.mode && code === wanted.code && subConfig === wanted.subConfig && path === wanted.path;
  if (before.some(isWanted) === on) return plan;
  const after = on ? [...before, wanted] : before.filter((one) => !isWanted(one));
  return after.length === 0 ? rest : { ...rest, intended: after };
}

function setAssertion(plan: Plan, assertion: Assertion): Plan {
  if (assertion.id === '') {
    return { ...plan, assertions: [...plan.assertions, { ...assertion, id: createIdSource('a', plan.assertions).next() }] };
  }
  const at = plan.assertions.findIndex(({ id }) => id === assertion.id);
  return at < 0 ? plan : { ...plan, assertions: plan.assertions.toSpliced(at, 1, assertion) };
}
