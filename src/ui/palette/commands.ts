import { exportedList } from '../../core/plan/export-list.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import { modes, type Mode } from '../../core/config/mode.ts';
import { writePythonList } from '../../core/config/python-writer.ts';
import { emptyObject, objectOf } from '../../core/config/value.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { redoLabel, undoLabel } from '../../core/plan/history.ts';
import { writePlan } from '../../core/plan/plan-file.ts';
import { pythonVersions } from '../../core/python-re/python-version.ts';
import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { DialogName, SidePanel, Theme } from '../../store/view-store.ts';
import { downloadText } from '../shared/download.ts';
import { focusSearch } from '../shared/focus-search.ts';
import { formatQuantity } from '../shared/format.ts';
import { shortcutHint, type ShortcutId } from '../shared/shortcuts.ts';
import { startForPattern } from '../../core/presets/start-config.ts';
import { startTour } from '../tour/start-tour.ts';
import { otherWords } from './other-words.ts';
import type { ItemKind, PaletteItem } from './palette-item.ts';

/** An action of the page: what it is called now, and when it can be done. */
interface Command {
  readonly id: string;
  readonly kind: ItemKind;
  readonly title: string | ((app: AppContext) => string);
  readonly shortcut?: ShortcutId;
  readonly isOpen?: (app: AppContext) => boolean;
  readonly onlySearched?: boolean;
  readonly run: (app: AppContext) => void;
}

const hasModel = ({ derived }: AppContext) => derived.getState().student !== null;
const canGroup = (app: AppContext) => hasModel(app) && app.view.getState().mode === 'pruning';
const hasFocus = (app: AppContext) => hasModel(app) && app.view.getState().focus.length > 0;
const listOf = ({ document, view }: AppContext) => selectPlan(document.getState()).lists[view.getState().mode];
const hasList = (app: AppContext) => hasModel(app) && listOf(app).length > 0;
const modelName = ({ document }: AppContext) => selectPlan(document.getState()).tree?.name ?? 'model';

const planCommands: readonly Command[] = [
  {
    id: 'undo',
    kind: 'Action',
    title: ({ document }) => `Undo: ${undoLabel(document.getState().history) ?? ''}`,
    shortcut: 'undo',
    isOpen: ({ document }) => undoLabel(document.getState().history) !== null,
    run: ({ actions }) => actions.undo(),
  },
  {
    id: 'redo',
    kind: 'Action',
    title: ({ document }) => `Redo: ${redoLabel(document.getState().history) ?? ''}`,
    shortcut: 'redo',
    isOpen: ({ document }) => redoLabel(document.getState().history) !== null,
    run: ({ actions }) => actions.redo(),
  },
  {
    id: 'add-sub-config',
    kind: 'Action',
    title: 'Add an empty sub-config',
    isOpen: hasModel,
    run: ({ actions }) => actions.addSubConfig(emptyObject),
  },
  {
    id: 'add-by-pattern',
    kind: 'Action',
    title: 'Add a sub-config by a pattern',
    isOpen: hasModel,
    run: ({ actions, view }) => actions.addSubConfig(startForPattern(view.getState().mode)),
  },
  {
    id: 'add-for-chosen',
    kind: 'Action',
    title: ({ view }) => `Add a sub-config for the ${formatQuantity(view.getState().focus.length, 'chosen module')}`,
    isOpen: hasFocus,
    run: ({ actions, view, derived }) => {
      const tree = derived.getState().student?.tree;
      const { focus, mode } = view.getState();
      if (!tree) return;
      const [, ...settings] = startForPattern(mode).entries;
      actions.addSubConfig(objectOf([['op_names', focus.map((row) => moduleName(tree, row))], ...settings]));
    },
  },
  {
    id: 'remove-all',
    kind: 'Action',
    title: 'Remove all sub-configs',
    onlySearched: true,
    isOpen: hasList,
    run: (app) => {
      const { mode } = app.view.getState();
      app.actions.edit({ type: 'remove-sub-configs', mode, ids: listOf(app).map(({ id }) => id) });
    },
  },
  openDialog('presets', 'Add sub-configs from a preset', hasModel),
  openDialog('dependency-groups', 'Set dependency groups from the data flow', canGroup),
  openDialog('import', 'Import a config list or a plan'),
  openDialog('export', 'Export the list', hasModel),
  {
    id: 'copy-json',
    kind: 'Action',
    title: 'Copy the list as JSON',
    isOpen: hasList,
    run: (app) => void navigator.clipboard.writeText(writeJson(exportedList(listOf(app)))),
  },
  {
    id: 'copy-python',
    kind: 'Action',
    title: 'Copy the list as Python',
    isOpen: hasList,
    run: (app) => void navigator.clipboard.writeText(writePythonList(exportedList(listOf(app)))),
  },
  {
    id: 'download-plan',
    kind: 'Action',
    title: 'Download the plan of all modes',
    isOpen: hasModel,
    run: (app) => downloadText(`${modelName(app)}.plan.json`, writePlan(selectPlan(app.document.getState()))),
  },
  openDialog('share', 'Share the plan as a link', hasModel),
  openDialog('compare', 'Compare plans', hasModel),
  openDialog('assertions', 'Assertions: what the list must select', hasModel),
  openDialog('templates', 'Setting templates of module types', hasModel),
  {
    id: 'keep-state',
    kind: 'Plan',
    title: 'Save this state to compare with',
    shortcut: 'keep-state',
    isOpen: ({ plans }) => plans.getState().openId !== null,
    run: ({ actions }) => void actions.keepState(),
  },
  {
    id: 'new-plan',
    kind: 'Plan',
    title: 'New plan for this model',
    isOpen: hasModel,
    run: ({ actions }) => void actions.newPlan(),
  },
  {
    id: 'rename-plan',
    kind: 'Plan',
    title: 'Rename this plan',
    isOpen: hasModel,
    run: ({ actions }) => actions.setView({ renamingPlan: true }),
  },
  {
    id: 'duplicate-plan',
    kind: 'Plan',
    title: 'Duplicate this plan',
    isOpen: ({ plans }) => plans.getState().openId !== null,
    run: ({ actions, plans }) => {
      const { openId } = plans.getState();
      if (openId !== null) void actions.duplicatePlan(openId);
    },
  },
  {
    id: 'delete-plan',
    kind: 'Plan',
    title: 'Delete this plan',
    onlySearched: true,
    isOpen: ({ plans }) => plans.getState().openId !== null,
    run: ({ actions, plans }) => {
      const { openId } = plans.getState();
      if (openId !== null) void actions.deletePlan(openId);
    },
  },
  {
    id: 'close-plan',
    kind: 'Plan',
    title: 'Close the plan and its model',
    isOpen: hasModel,
    run: ({ actions }) => void actions.closePlan(),
  },
  { ...openDialog('plans', 'All plans of this browser'), kind: 'Plan' },
];

const modelCommands: readonly Command[] = [
  openDialog('open-model', 'Open a model'),
  openDialog('complete-model', 'Complete the model with another file', hasModel),
  openDialog('open-teacher', 'Open a teacher for distillation', hasModel),
  {
    id: 'close-teacher',
    kind: 'Action',
    title: 'Close the teacher',
    isOpen: ({ derived }) => derived.getState().teacher !== null,
    run: ({ actions }) => actions.closeTeacher(),
  },
  {
    id: 'search',
    kind: 'View',
    title: 'Search the model',
    shortcut: 'search',
    isOpen: hasModel,
    run: ({ actions }) => focusSearch(actions),
  },
  {
    id: 'clear-search',
    kind: 'View',
    title: 'Clear the search',
    isOpen: ({ view }) => view.getState().searchText !== '' || view.getState().searchType !== null,
    run: ({ actions }) => actions.setView({ searchText: '', searchType: null }),
  },
  {
    id: 'fold-tree',
    kind: 'View',
    title: 'Close all branches of the model',
    isOpen: hasModel,
    run: ({ actions }) => actions.setView({ openModules: new Set([0]), openRuns: new Set(), pane: 'tree' }),
  },
];

const modeNames: Readonly<Record<Mode, string>> = {
  pruning: 'Pruning',
  quantization: 'Quantization',
  distillation: 'Distillation',
};
const panelNames: readonly (readonly [SidePanel, string])[] = [
  ['resolved', 'Show the resolved settings'],
  ['overview', 'Show the overview'],
  ['json', 'Show the list as JSON'],
];
const themeNames: readonly (readonly [Theme, string])[] = [
  ['system', 'Theme of the system'],
  ['light', 'Light theme'],
  ['dark', 'Dark theme'],
];

const viewCommands: readonly Command[] = [
  ...modes.map((mode): Command => ({
    id: `mode-${mode}`,
    kind: 'View',
    title: `Mode: ${modeNames[mode]}`,
    isOpen: ({ view }) => view.getState().mode !== mode,
    run: ({ actions }) => actions.setView({ mode, draft: null }),
  })),
  ...panelNames.map(([sidePanel, title]): Command => ({
    id: `panel-${sidePanel}`,
    kind: 'View',
    title,
    isOpen: hasModel,
    run: ({ actions }) => actions.setView({ sidePanel, pane: 'side' }),
  })),
  {
    id: 'problems',
    kind: 'View',
    title: ({ view }) => (view.getState().problemsOpen ? 'Hide the problems' : 'Show the problems'),
    isOpen: hasModel,
    run: ({ actions, view }) => actions.setView({ problemsOpen: !view.getState().problemsOpen }),
  },
  {
    id: 'fold-cards',
    kind: 'View',
    title: 'Close all sub-configs',
    isOpen: hasList,
    run: (app) => app.actions.setView({ collapsedSubConfigs: new Set(listOf(app).map(({ id }) => id)) }),
  },
  {
    id: 'unfold-cards',
    kind: 'View',
    title: 'Open all sub-configs',
    isOpen: (app) => hasList(app) && app.view.getState().collapsedSubConfigs.size > 0,
    run: ({ actions }) => actions.setView({ collapsedSubConfigs: new Set() }),
  },
  ...themeNames.map(([theme, title]): Command => ({
    id: `theme-${theme}`,
    kind: 'View',
    title,
    isOpen: ({ view }) => view.getState().theme !== theme,
    run: ({ actions }) => actions.setTheme(theme),
  })),
  ...pythonVersions.map((python): Command => ({
    id: `python-${python}`,
    kind: 'Action',
    title: `Read patterns as Python ${python}`,
    onlySearched: true,
    isOpen: ({ document }) => selectPlan(document.getState()).python !== python,
    run: ({ actions }) => actions.edit({ type: 'set-python', python }),
  })),
  { ...openDialog('shortcuts', 'Keyboard shortcuts'), shortcut: 'shortcuts' },
  { id: 'tour', kind: 'Action', title: 'Take the tour', run: (app) => void startTour(app) },
];

function openDialog(
  dialog: Exclude<DialogName, 'palette' | 'overlap'>,
  title: string,
  isOpen: (app: AppContext) => boolean = () => true,
): Command {
  return { id: `dialog-${dialog}`, kind: 'Action', title, isOpen, run: ({ actions }) => actions.setView({ dialog }) };
}

/** The actions that can be done now, in the order of the palette when nothing is typed. */
export function commandItems(app: AppContext): readonly PaletteItem[] {
  return [...planCommands, ...modelCommands, ...viewCommands]
    .filter(({ isOpen }) => isOpen?.(app) ?? true)
    .map(({ id, kind, title, shortcut, onlySearched, run }): PaletteItem => ({
      id,
      kind,
      title: typeof title === 'string' ? title : title(app),
      ...(shortcut === undefined ? {} : { keys: shortcutHint(shortcut) }),
      ...(otherWords[id] === undefined ? {} : { also: otherWords[id] }),
      ...(onlySearched === undefined ? {} : { onlySearched }),
      run: () => run(app),
    }));
}
