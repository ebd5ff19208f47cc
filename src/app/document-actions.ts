import { applyListEdits } from '../core/config/list-edits.ts';
import { changeThroughout, commit, redo, undo } from '../core/plan/history.ts';
import type { TreeReference } from '../core/plan/plan.ts';
import type { AppActions } from '../store/app-context.ts';
import { selectPlan } from '../store/document-store.ts';
import type { TreeRole } from '../worker/protocol.ts';
import type { Parts } from './parts.ts';

type DocumentActions = Pick<
  AppActions,
  'edit' | 'undo' | 'redo' | 'addSubConfig' | 'replaceList' | 'applyFix'
>;

/** Notes which model is open: part of the plan, but no step to undo. */
export function setTreeReference({ document }: Parts, role: TreeRole, reference: TreeReference | null): void {
  const key = role === 'student' ? 'tree' : 'teacher';
  document.setState(({ history }) => ({ history: changeThroughout(history, (plan) => ({ ...plan, [key]: reference })) }));
}

/** Actions that change the plan. */
export function createDocumentActions({ document, view, derived }: Parts): DocumentActions {
  const edit: AppActions['edit'] = (edits, coalesceKey) => {
    const list = Array.isArray(edits) ? edits : [edits];
    const options = { time: Date.now(), ...(coalesceKey === undefined ? {} : { coalesceKey }) };
    document.setState(({ history }) => ({ history: commit(history, list, options) }));
  };

  return {
    edit,
    undo() {
      view.setState({ draft: null });
      derived.setState({ preview: null });
      document.setState(({ history }) => ({ history: undo(history) }));
    },
    redo() {
      view.setState({ draft: null });
      derived.setState({ preview: null });
      document.setState(({ history }) => ({ history: redo(history) }));
    },
    addSubConfig(config) {
      const { mode } = view.getState();
      edit({ type: 'add-sub-config', mode, ...(config === undefined ? {} : { config }) });
      const id = selectPlan(document.getState()).lists[mode].at(-1)?.id ?? '';
      view.setState({
        pane: 'sub-configs',
        reveal: { type: 'sub-config', subConfigId: id, stamp: performance.now() },
      });
      return id;
    },
    replaceList: (mode, list, coalesceKey) => edit({ type: 'replace-list', mode, list }, coalesceKey),
    applyFix(fix, label) {
      const { mode } = view.getState();
      if (fix.action.type === 'register-template') {
        view.setState({ dialog: 'templates', templateType: fix.action.moduleType });
        return;
      }
      const enabled = selectPlan(document.getState()).lists[mode].filter((subConfig) => subConfig.enabled);
      const { edits } = fix.action;
      const fits = applyListEdits(
        enabled.map((subConfig) => subConfig.config),
        edits,
      );
      if (fits.ok) edit({ type: 'edit-list', mode, edits, label });
      else derived.setState({ trouble: fits.error.message });
    },
  };
}
