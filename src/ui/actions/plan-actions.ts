import { emptyObject } from '../../core/config/value.ts';
import { formatQuantity } from '../shared/format.ts';
import { earlyActions } from './early-actions.ts';
import { hasFocus, hasList, hasModel, listOf, openDialog, type PageAction } from './page-action.ts';

/** Code that only some actions need, fetched when one of them runs. */
const listActions = () => import('./list-actions.ts');

/** Actions that change, copy or keep the plan. */
export const planActions = {
  undo: earlyActions.undo,
  redo: earlyActions.redo,
  'add-sub-config': {
    kind: 'Action',
    title: 'Add an empty sub-config',
    words: 'new rule config',
    isPossible: hasModel,
    run: ({ actions }) => actions.addSubConfig(emptyObject),
  },
  'add-by-pattern': {
    kind: 'Action',
    title: 'Add a sub-config by a pattern',
    words: 'new regex regular expression',
    isPossible: hasModel,
    run: async (app) => (await listActions()).addByPattern(app),
  },
  'add-for-chosen': {
    kind: 'Action',
    title: ({ view }) => `Add a sub-config for the ${formatQuantity(view.getState().focus.length, 'chosen module')}`,
    isPossible: hasFocus,
    run: async (app) => (await listActions()).addForChosen(app),
  },
  'remove-all': {
    kind: 'Action',
    title: 'Remove all sub-configs',
    words: 'delete clear reset empty',
    onlySearched: true,
    isPossible: hasList,
    run: (app) => {
      const { mode } = app.view.getState();
      app.actions.edit({ type: 'remove-sub-configs', mode, ids: listOf(app).map(({ id }) => id) });
    },
  },
  'dialog-presets': openDialog('presets', 'Add sub-configs from a preset', {
    words: 'presets recipe example template',
    isPossible: hasModel,
  }),
  'dialog-dependency-groups': openDialog('dependency-groups', 'Set dependency groups from the data flow', {
    words: 'residual skip connection auto_set_denpendency_group_ids dependency graph',
    isPossible: (app) => hasModel(app) && app.view.getState().mode === 'pruning',
  }),
  'dialog-import': openDialog('import', 'Import a config list or a plan', { words: 'paste load python nni 2' }),
  'dialog-export': openDialog('export', 'Export the list', {
    words: 'download save json python file',
    isPossible: hasModel,
  }),
  'copy-json': {
    kind: 'Action',
    title: 'Copy the list as JSON',
    isPossible: hasList,
    run: async (app) => (await listActions()).copyJson(app),
  },
  'copy-python': {
    kind: 'Action',
    title: 'Copy the list as Python',
    isPossible: hasList,
    run: async (app) => (await listActions()).copyPython(app),
  },
  'download-plan': {
    kind: 'Action',
    title: 'Download the plan of all modes',
    words: 'save file',
    isPossible: hasModel,
    run: ({ actions }) => actions.downloadPlan(),
  },
  'dialog-share': openDialog('share', 'Share the plan as a link', { words: 'copy url', isPossible: hasModel }),
  'dialog-compare': openDialog('compare', 'Compare plans', { words: 'diff difference changes', isPossible: hasModel }),
  'dialog-assertions': openDialog('assertions', 'Assertions: modules that the list must select', {
    words: 'must never check test',
    isPossible: hasModel,
  }),
  'dialog-templates': openDialog('templates', 'Setting templates of module types', {
    words: 'register custom',
    isPossible: hasModel,
  }),
  'save-file': {
    kind: 'Plan',
    title: ({ fileLink }) => {
      const { file } = fileLink.getState();
      return file?.writes === 'download' ? `Download ${file.name} with your changes` : `Save to ${file?.name ?? 'the file'}`;
    },
    words: 'write disk',
    isPossible: ({ fileLink }) => fileLink.getState().file !== null,
    run: ({ actions }) => actions.saveFile(),
  },
  'keep-state': earlyActions['keep-state'],
  'new-plan': {
    kind: 'Plan',
    title: 'New plan for this model',
    words: 'reset start over',
    isPossible: hasModel,
    run: ({ actions }) => actions.newPlan(),
  },
  'rename-plan': {
    kind: 'Plan',
    title: 'Rename this plan',
    isPossible: hasModel,
    run: ({ actions }) => actions.setView({ renamingPlan: true }),
  },
  'duplicate-plan': {
    kind: 'Plan',
    title: 'Duplicate this plan',
    isPossible: ({ plans }) => plans.getState().openId !== null,
    run: async ({ actions, plans }) => {
      const { openId } = plans.getState();
      if (openId !== null) await actions.duplicatePlan(openId);
    },
  },
  'delete-plan': {
    kind: 'Plan',
    title: 'Delete this plan',
    words: 'remove discard',
    onlySearched: true,
    isPossible: ({ plans }) => plans.getState().openId !== null,
    run: async ({ actions, plans }) => {
      const { openId } = plans.getState();
      if (openId !== null) await actions.deletePlan(openId);
    },
  },
  'close-plan': {
    kind: 'Plan',
    title: 'Close the plan and its model',
    isPossible: hasModel,
    run: ({ actions }) => actions.closePlan(),
  },
  'dialog-plans': openDialog('plans', 'All plans of this browser', { kind: 'Plan' }),
} as const satisfies Readonly<Record<string, PageAction>>;
