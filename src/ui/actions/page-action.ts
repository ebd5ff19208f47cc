import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { DialogName } from '../../store/view-store.ts';
import { showKeys } from './keys.ts';

/** One action of the page. The palette, menus, shortcuts and the help dialog all read it. */
export interface PageAction {
  /** The group that the palette shows it in. */
  readonly kind: 'Action' | 'View' | 'Plan';
  /** Its name, at this moment where that depends on the page. */
  readonly title: string | ((app: AppContext) => string);
  /** Search words in addition to the title; never shown. */
  readonly words?: string;
  /** Keys that run it from anywhere on the page; each of them works. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /** The meaning of the keys in the help dialog, where the title does not say it. */
  readonly keysMeaning?: string;
  /** Places where the keys belong to the field that has the focus. */
  readonly keysLeaveTo?: 'search' | 'text';
  /** Whether it can be done now; always where left out. */
  readonly isPossible?: (app: AppContext) => boolean;
  /** The palette shows it only once something is typed. */
  readonly onlySearched?: boolean;
  readonly run: (app: AppContext) => void | Promise<void>;
}

export const hasModel = ({ derived }: AppContext): boolean => derived.getState().student !== null;

export const hasFocus = (app: AppContext): boolean => hasModel(app) && app.view.getState().focus.length > 0;

/** The sub-configs of the mode that is shown. */
export const listOf = ({ document, view }: AppContext) => selectPlan(document.getState()).lists[view.getState().mode];

export const hasList = (app: AppContext): boolean => hasModel(app) && listOf(app).length > 0;

/** An action that opens a dialog. */
export function openDialog(
  dialog: Exclude<DialogName, 'overlap'>,
  title: string,
  more: Partial<Omit<PageAction, 'title' | 'run'>> = {},
): PageAction {
  return { kind: 'Action', title, ...more, run: ({ actions }) => actions.setView({ dialog }) };
}

/** The name of an action at this moment. */
export function titleOf({ title }: PageAction, app: AppContext): string {
  return typeof title === 'string' ? title : title(app);
}

/** Whether an action can be done now. */
export function isPossible(action: PageAction, app: AppContext): boolean {
  return action.isPossible?.(app) ?? true;
}

/** Runs an action; a failure, such as code that cannot be fetched, is shown as trouble. */
export function runAction(action: PageAction, app: AppContext): void {
  // Removes the message about the last action's failure.
  const { trouble } = app.derived.getState();
  if (trouble?.type === 'action-failed' || trouble?.type === 'not-copied' || trouble?.type === 'copied-without-text') app.derived.setState({ trouble: null });
  void (async () => action.run(app))().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    app.derived.setState({ trouble: { type: 'action-failed', action: titleOf(action, app), reason } });
  });
}

/** The first keys of an action as the keyboard names them; `undefined` where it has none. */
export function keysOf({ keys }: PageAction): string | undefined {
  const first = keys?.[0];
  return first === undefined ? undefined : showKeys(first);
}
