import type { AppActions } from '../store/app-context.ts';
import type { Derivations } from './derivations.ts';
import type { Parts } from './parts.ts';

type ViewActions = Pick<
  AppActions,
  'setView' | 'setTheme' | 'focusModules' | 'revealModule' | 'reveal' | 'setDraft'
>;

/** Actions on what the page shows. */
export function createViewActions({ view, derived }: Parts, derivations: Derivations): ViewActions {
  let stamp = 0;
  return {
    setView: (change) => view.setState(change),
    setTheme: (theme) => view.setState({ theme }),
    focusModules: (modules) => view.setState({ focus: modules }),
    revealModule(module) {
      const tree = derived.getState().student?.tree;
      if (!tree || module >= tree.size) return;
      const openModules = new Set(view.getState().openModules);
      for (let above = tree.parent[module]!; above >= 0; above = tree.parent[above]!) openModules.add(above);
      view.setState({
        openModules,
        focus: [module],
        pane: 'tree',
        reveal: { type: 'module', module, stamp: ++stamp },
      });
    },
    reveal(place) {
      const pane = { module: 'tree', 'sub-config': 'sub-configs', json: 'side' } as const;
      view.setState({
        reveal: { ...place, stamp: ++stamp },
        pane: pane[place.type],
        ...(place.type === 'json' ? { sidePanel: 'json' as const } : {}),
      });
    },
    setDraft: (draft) => derivations.preview(draft),
  };
}
