import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { SubConfig } from '../../core/plan/plan.ts';
import type { AppActions, AppContext, Sample } from '../../store/app-context.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { FileLinkState } from '../../store/file-link-store.ts';
import type { PlansState } from '../../store/plans-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { EngineClient } from '../../worker/client.ts';

export const AppContextHolder = createContext<AppContext | null>(null);

/** Everything at once, for imperative parts that outlive a render. */
export function useApp(): AppContext {
  const app = useContext(AppContextHolder);
  if (!app) throw new Error('The component is outside of the app.');
  return app;
}

/** Reads the document; the selector should be at module level or stable. */
export function useDocument<Value>(selector: (state: DocumentState) => Value): Value {
  return useStore(useApp().document, selector);
}

/** Reads the state of the view. */
export function useView<Value>(selector: (state: ViewState) => Value): Value {
  return useStore(useApp().view, selector);
}

/** Reads the results of the engine. */
export function useDerived<Value>(selector: (state: DerivedState) => Value): Value {
  return useStore(useApp().derived, selector);
}

/** Reads which plans there are. */
export function usePlans<Value>(selector: (state: PlansState) => Value): Value {
  return useStore(useApp().plans, selector);
}

/** Reads which file the plan came from, and whether the two differ. */
export function useFileLink<Value>(selector: (state: FileLinkState) => Value): Value {
  return useStore(useApp().fileLink, selector);
}

export function useActions(): AppActions {
  return useApp().actions;
}

/** Whether nothing can be changed, as in a report. */
export function useIsReadOnly(): boolean {
  return useApp().isReadOnly;
}

export function useEngine(): EngineClient {
  return useApp().engine;
}

export function useSamples(): readonly Sample[] {
  return useApp().samples;
}

/** The stores themselves, for event handlers that read a value without subscribing. */
export function useStores(): Pick<AppContext, 'document' | 'view' | 'derived'> {
  return useApp();
}

const none: readonly SubConfig[] = [];

/** The sub-configs of the chosen mode, in order. */
export function useSubConfigs(): readonly SubConfig[] {
  const mode = useView((state) => state.mode);
  return useDocument((state) => state.history.present.lists[mode] ?? none);
}
