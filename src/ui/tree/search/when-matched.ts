import { getKey, isConfigList } from '../../../core/config/value.ts';
import type { DerivedState, DerivedStore, PreviewState } from '../../../store/derived-store.ts';
import { selectPlan, type DocumentStore } from '../../../store/document-store.ts';
import type { DraftField, ViewStore } from '../../../store/view-store.ts';

interface Stores {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly derived: DerivedStore;
}

/**
 * Acts on the modules that the typed pattern matches, or that proposed selectors select: at once, or, where a press was faster than they
 * were found, as soon as they are. Not at all for a pattern that is not valid, when more is typed first, or the field is left.
 */
export function whenMatched({ document, view, derived }: Stores, act: (mask: Uint8Array) => void): void {
  const { draft } = view.getState();
  if (draft === null) return;
  const text = textOf(draft, document);
  const take = ({ preview }: Pick<DerivedState, 'preview'>): boolean => {
    if (!isOf(preview, draft, text)) return false;
    if (preview?.shown && !preview.invalid) act(preview.shown.mask);
    return true;
  };
  if (take(derived.getState())) return;
  const stop = derived.subscribe((state) => {
    const isLeft = view.getState().draft !== draft || textOf(draft, document) !== text;
    if (isLeft || take(state)) stop();
  });
}

function isOf(preview: PreviewState | null, draft: DraftField, text: string | null): boolean {
  if (preview === null) return false;
  const { subConfigId, key, index, config, pattern } = preview.draft;
  const isField = subConfigId === draft.subConfigId && key === draft.key && index === draft.index && config === draft.config;
  return isField && (config !== undefined || pattern === text);
}

/** The text of the field in the plan. */
function textOf({ subConfigId, key, index }: DraftField, document: DocumentStore): string | null {
  const subConfig = Object.values(selectPlan(document.getState()).lists).flat().find(({ id }) => id === subConfigId);
  const value = subConfig && getKey(subConfig.config, key);
  const text = isConfigList(value) ? value[index] : undefined;
  return typeof text === 'string' ? text : null;
}
