import type { AppActions } from '../store/app-context.ts';
import { selectPlan } from '../store/document-store.ts';
import { familyKey, type ViewState } from '../store/view-store.ts';
import type { DraftPreviews } from './previews/draft-previews.ts';
import type { Parts } from './parts.ts';

type ViewActions = Pick<
  AppActions,
  'setView' | 'setTheme' | 'focusModules' | 'revealModule' | 'reveal' | 'setDraft'
>;

/** Actions on the view of the page. */
export function createViewActions({ document, view, derived }: Parts, previews: Pick<DraftPreviews, 'preview'>): ViewActions {

  /** Opens the card of a sub-config, and the card of its family. */
  function opened(id: string): Pick<ViewState, 'collapsedSubConfigs' | 'openMembers'> {
    const { lists } = selectPlan(document.getState());
    const family = Object.values(lists).flat().find((subConfig) => subConfig.id === id)?.family;
    const { collapsedSubConfigs, openMembers } = view.getState();
    const closed = new Set(collapsedSubConfigs);
    closed.delete(id);
    return {
      collapsedSubConfigs: closed,
      openMembers: family === undefined ? openMembers : new Set([...openMembers, id, familyKey(family)]),
    };
  }

  return {
    setView: (change) => view.setState(change),
    setTheme: (theme) => view.setState({ theme }),
    focusModules: (modules) => view.setState({ focus: modules }),
    revealModule(module) {
      const { student, matches } = derived.getState();
      const tree = student?.tree;
      if (!tree || module >= tree.size) return;
      const end = tree.end[module]!;
      // The tree shows the results of the search and the branches above them. Any other module needs the search to end.
      const isHidden = matches !== null && !matches.some((match) => match >= module && match < end);
      const openModules = new Set(view.getState().openModules);
      for (let above = tree.parent[module]!; above >= 0; above = tree.parent[above]!) openModules.add(above);
      view.setState({
        openModules,
        focus: [module],
        pane: 'tree',
        ...(isHidden && { searchText: '', searchType: null, treeFilter: null }),
        reveal: { place: { type: 'module', module }, stamp: performance.now() },
      });
    },
    reveal(place) {
      const pane = { module: 'tree', 'sub-config': 'sub-configs', json: 'side' } as const;
      view.setState({
        ...('subConfigId' in place && place.subConfigId !== undefined && opened(place.subConfigId)),
        reveal: { place, stamp: performance.now() },
        pane: pane[place.type],
        ...(place.type === 'sub-config' && { linksShown: false }),
        ...(place.type === 'json' ? { sidePanel: 'json' as const } : {}),
      });
    },
    setDraft: (draft) => previews.preview(draft),
  };
}
