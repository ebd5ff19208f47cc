import { createNameLookup } from '../../core/module-tree/tree-index.ts';
import { getKey, isConfigList } from '../../core/config/value.ts';
import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { TourFrame } from './tour-steps.ts';

/** Shows a moment of the tour on the plan of the tour. */
export function showFrame({ actions, document, derived, view }: Pick<AppContext, 'actions' | 'document' | 'derived' | 'view'>, frame: TourFrame): void {
  const { list, typing, focus, pane, sidePanel } = frame;
  actions.edit({ type: 'replace-list', mode: 'pruning', list, label: 'Play the tour' }, 'tour');
  actions.setView({ mode: 'pruning', ...(pane && { pane }), ...(sidePanel && { sidePanel }) });
  const subConfig = typing === undefined ? undefined : selectPlan(document.getState()).lists.pruning[typing];
  const patterns = subConfig && getKey(subConfig.config, 'op_names_re');
  const pattern = isConfigList(patterns) ? patterns[0] : undefined;
  if (subConfig && typeof pattern === 'string') actions.setDraft({ subConfigId: subConfig.id, key: 'op_names_re', index: 0, pattern });
  else if (view.getState().draft) actions.setDraft(null);
  const tree = derived.getState().student?.tree;
  const row = focus === undefined || !tree ? -1 : createNameLookup(tree).rowOf(focus);
  actions.focusModules(row < 0 ? [] : [row]);
}
