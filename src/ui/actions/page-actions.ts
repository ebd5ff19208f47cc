import type { AppContext } from '../../store/app-context.ts';
import { showKeys } from './keys.ts';
import { modelActions } from './model-actions.ts';
import type { PageAction } from './page-action.ts';
import { planActions } from './plan-actions.ts';
import { viewActions } from './view-actions.ts';

const table = { ...planActions, ...modelActions, ...viewActions };

export type ActionId = keyof typeof table;

/** Every action of the page by its id, in the order of the palette. Ids stay the same from visit to visit. */
export const pageActions: Readonly<Record<ActionId, PageAction>> = table;

export const actionIds = Object.keys(pageActions) as readonly ActionId[];

/** The name of an action at this moment. */
export function titleOf(id: ActionId, app: AppContext): string {
  const { title } = pageActions[id];
  return typeof title === 'string' ? title : title(app);
}

/** Whether an action can be done now. */
export function isPossible(id: ActionId, app: AppContext): boolean {
  return pageActions[id].isPossible?.(app) ?? true;
}

/** Runs an action; a failure, such as code that cannot be fetched, is shown as trouble. */
export function runAction(id: ActionId, app: AppContext): void {
  // Removes the message about the last action's failure.
  if (app.derived.getState().trouble?.type === 'action-failed') app.derived.setState({ trouble: null });
  void (async () => pageActions[id].run(app))().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    app.derived.setState({ trouble: { type: 'action-failed', action: titleOf(id, app), reason } });
  });
}

/** The first keys of an action as the keyboard names them; `undefined` where it has none. */
export function keysOf(id: ActionId): string | undefined {
  const keys = pageActions[id].keys?.[0];
  return keys === undefined ? undefined : showKeys(keys);
}
