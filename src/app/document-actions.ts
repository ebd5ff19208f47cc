import { readAlgorithm } from '../core/algorithms/algorithm.ts';
import { startPlan } from '../core/algorithms/start-plan.ts';
import { templateOfType } from '../core/config/template-start.ts';
import { applyListEdits } from '../core/config/list-edits.ts';
import { movedWhole } from '../core/plan/repair-edits.ts';
import { commit } from '../core/plan/commit.ts';
import type { AppActions } from '../store/app-context.ts';
import { selectPlan } from '../store/document-store.ts';
import type { Parts } from './parts.ts';

/** Changes of the plan, each one undo step. */
export type DocumentActions = Pick<AppActions, 'edit' | 'addSubConfig' | 'replaceList' | 'applyFix'>;

/** Actions that change the plan. */
export function createDocumentActions({ document, view, derived }: Parts): DocumentActions {
  const edit: AppActions['edit'] = (edits, coalesceKey) => {
    const list = Array.isArray(edits) ? edits : [edits];
    const options = { time: Date.now(), ...(coalesceKey === undefined ? {} : { coalesceKey }) };
    document.setState(({ history }) => ({ history: commit(history, list, options) }));
  };

  return {
    edit,
    addSubConfig(config, asked = performance.now()) {
      const { mode } = view.getState();
      edit({ type: 'add-sub-config', mode, ...(config === undefined ? {} : { config }) });
      const id = selectPlan(document.getState()).lists[mode].at(-1)?.id ?? '';
      view.setState({
        pane: 'sub-configs',
        reveal: { place: { type: 'sub-config', subConfigId: id }, stamp: asked },
      });
    },
    replaceList: (mode, list, coalesceKey) => edit({ type: 'replace-list', mode, list }, coalesceKey),
    applyFix(fix, label) {
      const { mode } = view.getState();
      if (fix.action.type === 'register-template') {
        const { moduleType } = fix.action;
        const tree = derived.getState().student?.tree;
        const template = tree === undefined ? null : templateOfType(mode, moduleType, tree);
        if (template === null) view.setState({ dialog: 'templates', templateType: moduleType });
        else edit({ type: 'set-template', template });
        return;
      }
      if (fix.action.type === 'show-groups') {
        view.setState({ dialog: 'dependency-groups' });
        return;
      }
      if (fix.action.type === 'use-algorithm') {
        const algorithm = readAlgorithm(fix.action.algorithm);
        if (algorithm) edit({ type: 'set-algorithm', mode: fix.action.mode, planned: startPlan(algorithm, selectPlan(document.getState()).algorithms[fix.action.mode].call) });
        return;
      }
      const enabled = selectPlan(document.getState()).lists[mode].filter((subConfig) => subConfig.enabled);
      if (fix.action.type === 'move-to-mode') {
        const { subConfig, mode: other } = fix.action;
        const moved = enabled[subConfig];
        if (moved !== undefined) edit(movedWhole(moved, mode, other));
        return;
      }
      const { edits } = fix.action;
      const fits = applyListEdits(
        enabled.map((subConfig) => subConfig.config),
        edits,
      );
      if (fits.ok) edit({ type: 'edit-list', mode, edits, label });
      else derived.setState({ trouble: { type: 'fix-outdated' } });
    },
  };
}
