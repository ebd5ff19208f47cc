import type { DocumentActions } from './document-actions.ts';
import { fetchOnce } from './fetch-once.ts';
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
  const load = fetchOnce(async () => {
    const { createDocumentActions } = await import('./document-actions.ts');
    return (loaded = createDocumentActions(parts));
  });
  const act = (action: (actions: DocumentActions) => void): void => {
    if (loaded) action(loaded);
    else load().then(action, () => parts.derived.setState({ trouble: { type: 'part-not-fetched' } }));
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
