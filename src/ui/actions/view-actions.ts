import { modeTitles, type Mode } from '../../core/config/mode.ts';
import { pythonVersions, type PythonVersion } from '../../core/python-re/python-version.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { SidePanel, Theme } from '../../store/view-store.ts';
import { earlyActions } from './early-actions.ts';
import { hasList, hasModel, listOf, openDialog, type PageAction } from './page-action.ts';

function showMode(mode: Mode): PageAction {
  return {
    kind: 'View',
    title: `Mode: ${modeTitles[mode]}`,
    isPossible: ({ view }) => view.getState().mode !== mode,
    run: ({ actions }) => actions.setView({ mode, draft: null }),
  };
}

function showPanel(sidePanel: SidePanel, title: string, words?: string): PageAction {
  return {
    kind: 'View',
    title,
    ...(words === undefined ? {} : { words }),
    isPossible: hasModel,
    run: ({ actions }) => actions.setView({ sidePanel, pane: 'side' }),
  };
}

function takeTheme(theme: Theme, title: string, words: string): PageAction {
  return {
    kind: 'View',
    title,
    words,
    isPossible: ({ view }) => view.getState().theme !== theme,
    run: ({ actions }) => actions.setTheme(theme),
  };
}

function readAsPython(python: PythonVersion): PageAction {
  return {
    kind: 'Action',
    title: `Read patterns as Python ${python}`,
    onlySearched: true,
    isPossible: ({ document }) => selectPlan(document.getState()).python !== python,
    run: ({ actions }) => actions.edit({ type: 'set-python', python }),
  };
}

/** Actions that change the view, and the settings of the page. */
export const viewActions = {
  'mode-pruning': showMode('pruning'),
  'mode-quantization': showMode('quantization'),
  'mode-distillation': showMode('distillation'),
  'panel-resolved': showPanel('resolved', 'Show the resolved settings'),
  'panel-overview': showPanel('overview', 'Show the overview'),
  'panel-flow': showPanel('flow', 'Show the data flow', 'graph'),
  'panel-json': showPanel('json', 'Show the list as JSON', 'editor text'),
  links: {
    kind: 'View',
    title: ({ view }) => (view.getState().linksShown ? 'Hide the links to the teacher' : 'Show the links to the teacher'),
    words: 'distillation compare shapes beside',
    isPossible: (app) => hasModel(app) && app.view.getState().mode === 'distillation',
    run: ({ actions, view }) => actions.setView({ linksShown: !view.getState().linksShown, pane: 'sub-configs' }),
  },
  problems: {
    kind: 'View',
    title: ({ view }) => (view.getState().problemsOpen ? 'Hide the problems' : 'Show the problems'),
    words: 'errors warnings findings',
    isPossible: hasModel,
    run: ({ actions, view }) => actions.setView({ problemsOpen: !view.getState().problemsOpen }),
  },
  'next-problem': earlyActions['next-problem'],
  'previous-problem': earlyActions['previous-problem'],
  'fold-cards': {
    kind: 'View',
    title: 'Close all sub-configs',
    words: 'collapse all',
    isPossible: hasList,
    run: (app) =>
      app.actions.setView({ collapsedSubConfigs: new Set(listOf(app).map(({ id }) => id)), openMembers: new Set() }),
  },
  'unfold-cards': {
    kind: 'View',
    title: 'Open all sub-configs',
    words: 'expand all',
    isPossible: (app) => hasList(app) && app.view.getState().collapsedSubConfigs.size > 0,
    run: ({ actions }) => actions.setView({ collapsedSubConfigs: new Set() }),
  },
  'theme-system': takeTheme('system', 'Use system theme', 'light dark mode'),
  'theme-light': takeTheme('light', 'Light theme', 'light mode'),
  'theme-dark': takeTheme('dark', 'Dark theme', 'dark mode'),
  ...(Object.fromEntries(pythonVersions.map((python) => [`python-${python}`, readAsPython(python)])) as Readonly<
    Record<`python-${PythonVersion}`, PageAction>
  >),
  palette: earlyActions.palette,
  'dialog-shortcuts': earlyActions['dialog-shortcuts'],
  'dialog-about': openDialog('about', 'About Espalier', { words: 'version help source licence changelog what is new' }),
  tour: earlyActions.tour,
} as const satisfies Readonly<Record<string, PageAction>>;
