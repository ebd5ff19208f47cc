import { redoLabel, undoLabel } from '../../core/plan/history.ts';
import { focusSearch } from '../shared/focus-search.ts';
import { hasModel, openDialog, type PageAction } from './page-action.ts';

function stepToProblem(by: 1 | -1, title: string, keys: string): PageAction {
  return {
    kind: 'View',
    title,
    keys: [keys],
    onlySearched: true,
    isPossible: hasModel,
    run: ({ actions }) => actions.setView({ problemStep: { by, stamp: performance.now() } }),
  };
}

/** The actions that have keys, and the actions of the start page: they are there before the tree. All others are fetched when a menu or the palette shows them. */
export const earlyActions = {
  undo: {
    kind: 'Action',
    title: ({ document }) => `Undo: ${undoLabel(document.getState().history) ?? ''}`,
    keys: ['Mod+Z'],
    keysMeaning: 'Undo',
    keysLeaveTo: 'search',
    isPossible: ({ document }) => undoLabel(document.getState().history) !== null,
    run: ({ actions }) => actions.undo(),
  },
  redo: {
    kind: 'Action',
    title: ({ document }) => `Redo: ${redoLabel(document.getState().history) ?? ''}`,
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    keysMeaning: 'Redo',
    keysLeaveTo: 'search',
    isPossible: ({ document }) => redoLabel(document.getState().history) !== null,
    run: ({ actions }) => actions.redo(),
  },
  search: {
    kind: 'View',
    title: 'Search the model',
    words: 'find filter',
    keys: ['Mod+F'],
    isPossible: hasModel,
    run: ({ actions }) => focusSearch(actions),
  },
  'next-problem': stepToProblem(1, 'Next problem', 'F8'),
  'previous-problem': stepToProblem(-1, 'Previous problem', 'Shift+F8'),
  'keep-state': {
    kind: 'Plan',
    title: 'Save this state to compare with',
    keys: ['Mod+S'],
    keysMeaning: 'Save to the file that was opened, and keep this state to compare with; the plan itself is saved as you work',
    isPossible: ({ plans }) => plans.getState().openId !== null,
    run: async ({ actions }) => {
      await actions.saveFile();
      await actions.keepState();
    },
  },
  palette: openDialog('palette', 'Command palette', {
    keys: ['Mod+K'],
    keysMeaning: 'Command palette: every action and every module',
  }),
  'dialog-shortcuts': openDialog('shortcuts', 'Keyboard shortcuts', {
    words: 'keys hotkeys help',
    keys: ['?'],
    keysMeaning: 'The list of shortcuts',
    keysLeaveTo: 'text',
  }),
  tour: {
    kind: 'Action',
    title: 'Take the tour',
    words: 'help introduction tutorial',
    run: async (app) => (await import('../tour/start-tour.ts')).startTour(app),
  },
} as const satisfies Readonly<Record<string, PageAction>>;
