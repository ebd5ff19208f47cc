import type { DocumentActions } from './document-actions.ts';
import type { Parts } from './parts.ts';

/** The actions that change the plan, whose code is fetched behind the first tree. */
export interface LazyEditing {
  readonly actions: DocumentActions;
  /** Fetches the code, so that it is there when something is changed. */
  readonly fetch: () => Promise<void>;
}

/** Creates the actions. What is changed before their code is there is done in its order once it is. */
export function createLazyEditing(parts: Parts): LazyEditing {
  let loaded: DocumentActions | null = null;
  let loading: Promise<DocumentActions> | null = null;
  const load = (): Promise<DocumentActions> => {
    loading ??= import('./document-actions.ts').then(({ createDocumentActions }) => (loaded = createDocumentActions(parts)));
    // Another try may have the connection that this one lacked.
    loading.catch(() => (loading = null));
    return loading;
  };
  const act = (action: (actions: DocumentActions) => void): void => {
    if (loaded) action(loaded);
    else void load().then(action);
  };
  return {
    fetch: async () => void (await load().catch(() => null)),
    actions: {
      edit: (...asked) => act(({ edit }) => edit(...asked)),
      addSubConfig: (...asked) => act(({ addSubConfig }) => addSubConfig(...asked)),
      replaceList: (...asked) => act(({ replaceList }) => replaceList(...asked)),
      applyFix: (...asked) => act(({ applyFix }) => applyFix(...asked)),
    },
  };
}
