import { modelActions } from './model-actions.ts';
import type { PageAction } from './page-action.ts';
import { planActions } from './plan-actions.ts';
import { viewActions } from './view-actions.ts';

const table = { ...planActions, ...modelActions, ...viewActions };

export type ActionId = keyof typeof table;

/** Every action of the page by its id, in the order of the palette. Ids stay the same from visit to visit. */
export const pageActions: Readonly<Record<ActionId, PageAction>> = table;

export const actionIds = Object.keys(pageActions) as readonly ActionId[];
