import type { DocumentActions } from './document-actions.ts';
import type { DraftPreviews } from './previews/draft-previews.ts';
import { getKey } from '../core/config/value.ts';
import { beginEarlyTyping } from '../ui/shared/early-typing.ts';
import { fetchOnce } from './fetch-once.ts';
import type { Parts } from './parts.ts';

/** The actions that change the plan, whose code is fetched after the first tree. */
export interface LazyEditing {
  readonly actions: DocumentActions;
  /** Shows the matches of the pattern that is being typed. */
  readonly preview: DraftPreviews['preview'];
  /** Fetches the code, so that it is there when something is changed. */
  readonly fetch: () => Promise<void>;
}

type Editing = DocumentActions & Pick<DraftPreviews, 'preview'>;

/** Creates the actions. Changes that are made before their code is there are applied in order once it is. */
export function createLazyEditing(parts: Parts): LazyEditing {
  let loaded: Editing | null = null;
  const load = fetchOnce(async () => {
    const [{ createDocumentActions }, { createDraftPreviews }] = await Promise.all([
      import('./document-actions.ts'),
      import('./previews/draft-previews.ts'),
    ]);
    const { preview } = createDraftPreviews(parts);
    return (loaded = { ...createDocumentActions(parts), preview });
  });
  const act = (action: (editing: Editing) => void): void => {
    if (loaded) action(loaded);
    else load().then(action, () => parts.derived.setState({ trouble: { type: 'part-not-fetched' } }));
  };
  return {
    preview: (draft) => act(({ preview }) => preview(draft)),
    fetch: async () => void (await load().catch(() => null)),
    actions: {
      edit: (...asked) => act(({ edit }) => edit(...asked)),
      addSubConfig: (config, asked = performance.now()) => {
        // Its pattern takes the focus: letters that are typed until then are meant for it.
        if (config !== undefined && getKey(config, 'op_names_re') !== undefined) beginEarlyTyping('field', asked);
        act(({ addSubConfig }) => addSubConfig(config, asked));
      },
      replaceList: (...asked) => act(({ replaceList }) => replaceList(...asked)),
      applyFix: (...asked) => act(({ applyFix }) => applyFix(...asked)),
    },
  };
}
