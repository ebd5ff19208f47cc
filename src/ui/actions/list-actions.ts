import { writeJson } from '../../core/config/json-writer.ts';
import { writePythonList } from '../../core/config/python-writer.ts';
import { objectOf } from '../../core/config/value.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import { exportedList } from '../../core/plan/export-list.ts';
import { startForPattern, startWith } from '../../core/presets/start-config.ts';
import type { AppContext } from '../../store/app-context.ts';
import { copyOrReport } from '../shared/copy-text.ts';
import { listOf } from './page-action.ts';

/** Adds a sub-config that is complete but for its pattern. */
export function addByPattern({ actions, view }: AppContext): void {
  actions.addSubConfig(startForPattern(view.getState().mode));
}

/** Adds a sub-config that names the modules in focus. */
export function addForChosen({ actions, view, derived }: AppContext): void {
  const tree = derived.getState().student?.tree;
  const { focus, mode } = view.getState();
  if (!tree) return;
  actions.addSubConfig(startWith(mode, objectOf([['op_names', focus.map((row) => moduleName(tree, row))]])));
}

/** Puts the list of the mode on the clipboard as JSON. */
export async function copyJson(app: AppContext): Promise<void> {
  await copyList(app, writeJson(exportedList(listOf(app))));
}

/** Puts the list of the mode on the clipboard as Python. */
export async function copyPython(app: AppContext): Promise<void> {
  await copyList(app, writePythonList(exportedList(listOf(app))));
}

/** Copies the list; while its JSON text is broken, the page says that the changes there are not in it. */
async function copyList(app: AppContext, text: string): Promise<void> {
  const { mode, listTexts } = app.view.getState();
  const isCopied = await copyOrReport(app, text);
  if (isCopied && listTexts[mode]?.problem != null) app.derived.setState({ trouble: { type: 'copied-without-text' } });
}
