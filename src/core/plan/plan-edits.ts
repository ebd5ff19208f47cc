import { removeAt, setAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { createSubConfig } from './create-plan.ts';
import type { Plan, SettingTemplate, SubConfig } from './plan.ts';
import { replaceEnabled } from './replace-list.ts';

/** One change of the plan. Sub-configs are named by id; an id that the plan lacks changes nothing. */
export type PlanEdit =
  | { readonly type: 'add-sub-config'; readonly mode: Mode; readonly config?: ConfigObject; readonly index?: number }
  | { readonly type: 'duplicate-sub-config'; readonly mode: Mode; readonly id: string }
  | { readonly type: 'remove-sub-configs'; readonly mode: Mode; readonly ids: readonly string[] }
  | { readonly type: 'move-sub-config'; readonly mode: Mode; readonly id: string; readonly to: number }
  | { readonly type: 'set-enabled'; readonly mode: Mode; readonly id: string; readonly enabled: boolean }
  | { readonly type: 'set-label'; readonly mode: Mode; readonly id: string; readonly label: string }
  | { readonly type: 'set-color'; readonly mode: Mode; readonly id: string; readonly color: number }
  | { readonly type: 'set-config'; readonly mode: Mode; readonly id: string; readonly config: ConfigObject }
  | {
      readonly type: 'set-value';
      readonly mode: Mode;
      readonly id: string;
      readonly path: KeyPath;
      readonly value: ConfigValue;
    }
  | { readonly type: 'remove-value'; readonly mode: Mode; readonly id: string; readonly path: KeyPath }
  /** The enabled sub-configs as written or imported; the ones that are off stay. */
  | { readonly type: 'replace-list'; readonly mode: Mode; readonly list: readonly ConfigObject[] }
  | { readonly type: 'clear-lists' }
  | { readonly type: 'set-python'; readonly python: PythonVersion }
  | { readonly type: 'set-name'; readonly name: string }
  | { readonly type: 'set-template'; readonly template: SettingTemplate }
  | { readonly type: 'remove-template'; readonly mode: Mode; readonly moduleType: string };

/** The plan after an edit; the same object when nothing changes. */
export function applyPlanEdit(plan: Plan, edit: PlanEdit): Plan {
  switch (edit.type) {
    case 'add-sub-config': {
      const list = plan.lists[edit.mode];
      const created = createSubConfig(plan, list, edit.config);
      return withList(plan, edit.mode, list.toSpliced(edit.index ?? list.length, 0, created));
    }
    case 'duplicate-sub-config': {
      const list = plan.lists[edit.mode];
      const at = list.findIndex((subConfig) => subConfig.id === edit.id);
      const original = list[at];
      if (!original) return plan;
      const copy = { ...createSubConfig(plan, list, original.config), label: original.label };
      return withList(plan, edit.mode, list.toSpliced(at + 1, 0, copy));
    }
    case 'remove-sub-configs': {
      const removed = new Set(edit.ids);
      return withList(
        plan,
        edit.mode,
        plan.lists[edit.mode].filter((subConfig) => !removed.has(subConfig.id)),
      );
    }
    case 'move-sub-config': {
      const list = plan.lists[edit.mode];
      const from = list.findIndex((subConfig) => subConfig.id === edit.id);
      const moved = list[from];
      const to = Math.max(0, Math.min(list.length - 1, edit.to));
      if (!moved || from === to) return plan;
      return withList(plan, edit.mode, list.toSpliced(from, 1).toSpliced(to, 0, moved));
    }
    case 'set-enabled':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, enabled: edit.enabled }));
    case 'set-label':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, label: edit.label }));
    case 'set-color':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, color: edit.color }));
    case 'set-config':
      return change(plan, edit.mode, edit.id, (subConfig) => ({ ...subConfig, config: edit.config }));
    case 'set-value':
      return change(plan, edit.mode, edit.id, (subConfig) =>
        withConfig(subConfig, setAt(subConfig.config, edit.path, edit.value)),
      );
    case 'remove-value':
      return change(plan, edit.mode, edit.id, (subConfig) => withConfig(subConfig, removeAt(subConfig.config, edit.path)));
    case 'replace-list':
      return withList(plan, edit.mode, replaceEnabled(plan, plan.lists[edit.mode], edit.list));
    case 'clear-lists':
      return { ...plan, lists: { pruning: [], quantization: [], distillation: [] }, templates: [] };
    case 'set-python':
      return { ...plan, python: edit.python };
    case 'set-name':
      return { ...plan, name: edit.name };
    case 'set-template': {
      const { mode, moduleType } = edit.template;
      return { ...plan, templates: [...otherTemplates(plan, mode, moduleType), edit.template] };
    }
    case 'remove-template':
      return { ...plan, templates: otherTemplates(plan, edit.mode, edit.moduleType) };
  }
}

/** What an edit does, as undo and redo name it: `Set sparse_ratio of #2`. `plan` is the one it applies to. */
export function describePlanEdit(edit: PlanEdit, plan: Plan): string {
  switch (edit.type) {
    case 'add-sub-config':
      return 'Add a sub-config';
    case 'duplicate-sub-config':
      return `Duplicate ${nameOf(plan, edit.mode, edit.id)}`;
    case 'remove-sub-configs':
      return edit.ids.length === 1 ? `Remove ${nameOf(plan, edit.mode, edit.ids[0]!)}` : `Remove ${edit.ids.length} sub-configs`;
    case 'move-sub-config':
      return `Move ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-enabled':
      return `Switch ${nameOf(plan, edit.mode, edit.id)} ${edit.enabled ? 'on' : 'off'}`;
    case 'set-label':
      return `Rename ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-color':
      return `Colour ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-config':
      return `Change ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-value':
      return `Set ${keyOf(edit.path)} of ${nameOf(plan, edit.mode, edit.id)}`;
    case 'remove-value':
      return `Remove ${keyOf(edit.path)} of ${nameOf(plan, edit.mode, edit.id)}`;
    case 'replace-list':
      return `Edit the ${edit.mode} list as text`;
    case 'clear-lists':
      return 'Start a new plan';
    case 'set-python':
      return `Use Python ${edit.python}`;
    case 'set-name':
      return 'Rename the plan';
    case 'set-template':
      return `Register ${edit.template.moduleType}`;
    case 'remove-template':
      return `Unregister ${edit.moduleType}`;
  }
}

function nameOf(plan: Plan, mode: Mode, id: string): string {
  const at = plan.lists[mode].findIndex((subConfig) => subConfig.id === id);
  return `#${at + 1}`;
}

function keyOf(path: KeyPath): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'a value');
}

function withList(plan: Plan, mode: Mode, list: readonly SubConfig[]): Plan {
  return { ...plan, lists: { ...plan.lists, [mode]: list } };
}

function withConfig(subConfig: SubConfig, config: ConfigValue | undefined): SubConfig {
  return isConfigObject(config) ? { ...subConfig, config } : subConfig;
}

function change(plan: Plan, mode: Mode, id: string, update: (subConfig: SubConfig) => SubConfig): Plan {
  const list = plan.lists[mode];
  const at = list.findIndex((subConfig) => subConfig.id === id);
  const before = list[at];
  if (!before) return plan;
  const after = update(before);
  return after === before ? plan : withList(plan, mode, list.toSpliced(at, 1, after));
}

function otherTemplates(plan: Plan, mode: Mode, moduleType: string): readonly SettingTemplate[] {
  return plan.templates.filter((template) => template.mode !== mode || template.moduleType !== moduleType);
}
