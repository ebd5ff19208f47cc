import { formatQuantity } from '../text/format-count.ts';
import { writeAlgorithm } from '../algorithms/algorithm.ts';
import type { Mode } from '../config/mode.ts';
import type { KeyPath } from '../config/value.ts';
import type { PlanEdit } from './plan-edits.ts';
import type { Plan } from './plan.ts';

/** The name of an edit for undo and redo: `Set sparse_ratio of #2`. `plan` is the plan before the edit. */
export function describePlanEdit(edit: PlanEdit, plan: Plan): string {
  switch (edit.type) {
    case 'add-sub-config':
      return 'Add a sub-config';
    case 'add-sub-configs':
      return edit.label ?? `Add ${formatQuantity(edit.configs.length, 'sub-config')}`;
    case 'duplicate-sub-config':
      return `Duplicate ${nameOf(plan, edit.mode, edit.id)}`;
    case 'remove-sub-configs':
      return edit.ids.length === 1
        ? `Remove ${nameOf(plan, edit.mode, edit.ids[0]!)}`
        : `Remove ${formatQuantity(edit.ids.length, 'sub-config')}`;
    case 'move-sub-config':
      return edit.count === undefined ? `Move ${nameOf(plan, edit.mode, edit.id)}` : `Move ${formatQuantity(edit.count, 'sub-config')}`;
    case 'change-mode':
      return `Move ${edit.ids.length === 1 ? nameOf(plan, edit.mode, edit.ids[0]!) : formatQuantity(edit.ids.length, 'sub-config')} to the ${edit.to} list`;
    case 'set-enabled':
      return `Switch ${nameOf(plan, edit.mode, edit.id)} ${edit.enabled ? 'on' : 'off'}`;
    case 'set-label':
      return `Rename ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-color':
      return `Colour ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-config':
      return edit.label ?? `Change ${nameOf(plan, edit.mode, edit.id)}`;
    case 'set-value':
      return `Set ${keyOf(edit.path)} of ${nameOf(plan, edit.mode, edit.id)}`;
    case 'remove-value':
      return `Remove ${keyOf(edit.path)} of ${nameOf(plan, edit.mode, edit.id)}`;
    case 'replace-list':
      return edit.label ?? `Edit the ${edit.mode} list as text`;
    case 'take-apart':
      return `Take apart ${formatQuantity(edit.ids.length, 'sub-config')}`;
    case 'edit-list':
      return edit.label ?? `Fix the ${edit.mode} list`;
    case 'rewrite-texts':
      return edit.label;
    case 'set-algorithm': {
      const name = writeAlgorithm(edit.planned.algorithm);
      return name === writeAlgorithm(plan.algorithms[edit.mode].algorithm) ? `Set arguments of ${name}` : `Use ${name}`;
    }
    case 'set-chain':
      return 'Change the order of the modes';
    case 'set-python':
      return `Use Python ${edit.python}`;
    case 'set-name':
      return 'Rename the plan';
    case 'set-template':
      return `Register ${edit.template.moduleType}`;
    case 'remove-template':
      return `Unregister ${edit.moduleType}`;
    case 'set-intended':
      return edit.on ? 'Mark a finding as intended' : 'Show a finding again';
    case 'set-assertion':
      return edit.assertion.id === '' ? 'Add an assertion' : 'Change an assertion';
    case 'remove-assertion':
      return 'Remove an assertion';
  }
}

function nameOf(plan: Plan, mode: Mode, id: string): string {
  const at = plan.lists[mode].findIndex((subConfig) => subConfig.id === id);
  return at < 0 ? 'a sub-config' : `#${at + 1}`;
}

function keyOf(path: KeyPath): string {
  return path.findLast((step) => typeof step === 'string') ?? 'a value';
}
