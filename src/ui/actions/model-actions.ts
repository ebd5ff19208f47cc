import { earlyActions } from './early-actions.ts';
import { hasModel, openDialog, type PageAction } from './page-action.ts';

/** Actions on the open model and the tree. */
export const modelActions = {
  'dialog-open-model': openDialog('open-model', 'Open a model', { words: 'open another model, load upload a file or folder, switch change' }),
  'dialog-complete-model': openDialog('complete-model', 'Complete the model with another file', { isPossible: hasModel }),
  'dialog-open-teacher': openDialog('open-teacher', 'Open a teacher for distillation', {
    words: 'load upload',
    isPossible: hasModel,
  }),
  'close-teacher': {
    kind: 'Action',
    title: 'Close the teacher',
    isPossible: ({ derived }) => derived.getState().teacher !== null,
    run: ({ actions }) => actions.closeTeacher(),
  },
  search: earlyActions.search,
  'clear-search': {
    kind: 'View',
    title: 'Clear the search',
    isPossible: ({ view }) => view.getState().searchText !== '' || view.getState().searchType !== null,
    run: ({ actions }) => actions.setView({ searchText: '', searchType: null, treeFilter: null }),
  },
  'fold-tree': {
    kind: 'View',
    title: 'Close all branches of the model',
    words: 'collapse all',
    isPossible: hasModel,
    run: ({ actions }) => actions.setView({ openModules: new Set([0]), openRuns: new Set(), pane: 'tree' }),
  },
} as const satisfies Readonly<Record<string, PageAction>>;
