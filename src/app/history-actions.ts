import { changeThroughout, redo, undo, type History } from '../core/plan/history.ts';
import type { TreeReference } from '../core/plan/plan.ts';
import type { AppActions } from '../store/app-context.ts';
import type { TreeRole } from '../worker/protocol.ts';
import type { Parts } from './parts.ts';

/** Notes which model is open: part of the plan, but no step to undo. */
export function setTreeReference({ document }: Parts, role: TreeRole, reference: TreeReference | null): void {
  const key = role === 'student' ? 'tree' : 'teacher';
  document.setState(({ history }) => ({ history: changeThroughout(history, (plan) => ({ ...plan, [key]: reference })) }));
}

/** Undo and redo. */
export function createHistoryActions({ document }: Parts): Pick<AppActions, 'undo' | 'redo'> {
  const go = (step: (history: History) => History) => {
    document.setState(({ history }) => ({ history: step(history) }));
  };
  return { undo: () => go(undo), redo: () => go(redo) };
}
