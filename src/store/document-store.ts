import { createStore, type StoreApi } from 'zustand/vanilla';
import { createHistory, type History } from '../core/plan/history.ts';
import type { Plan } from '../core/plan/plan.ts';

/** The plan with its undo history: the only state that is saved and undone. */
export interface DocumentState {
  readonly history: History;
}

export type DocumentStore = StoreApi<DocumentState>;

/** A store with an empty plan and no history. */
export function createDocumentStore(plan: Plan): DocumentStore {
  return createStore<DocumentState>()(() => ({ history: createHistory(plan) }));
}

/** The plan as it is now. */
export function selectPlan(state: DocumentState): Plan {
  return state.history.present;
}
