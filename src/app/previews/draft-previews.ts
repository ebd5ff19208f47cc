import { getKey, isConfigList } from '../../core/config/value.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { DraftField, PatternDraft } from '../../store/view-store.ts';
import type { PreviewView } from '../../worker/list-protocol.ts';
import type { Parts } from '../parts.ts';

export interface DraftPreviews {
  /** Shows the matches of the pattern that is being typed; `null`: no pattern is being typed. */
  readonly preview: (draft: PatternDraft | null) => void;
  readonly dispose: () => void;
}

/**
 * Shows the matches of the pattern that is being typed, and keeps them in step with the text of its field, the model and
 * the Python version: each of them may change while the field has the focus.
 */
export function createDraftPreviews({ document, view, derived, engine, instant }: Parts): DraftPreviews {
  /** How many previews were asked for, and which of them is shown. */
  let asked = 0;
  let shown = 0;
  /** The last question; the plan may not have its pattern yet. */
  let question: PatternDraft | null = null;

  async function preview(draft: PatternDraft | null): Promise<void> {
    const { student } = derived.getState();
    question = draft;
    if (!draft || !student) {
      enter(draft);
      derived.setState({ preview: null });
      return;
    }
    const { python } = selectPlan(document.getState());
    const { pattern, key, config } = draft;
    const request = { pattern, python, key, ...(config && { config }) };
    const turn = ++asked;
    const atOnce = instant.preview(request);
    const answered = atOnce?.isFinal ? null : engine.call('preview', { ...request, ...(atOnce && { isShown: true }) });
    enter(draft);
    if (atOnce) show(draft, turn, atOnce.view);
    const result = await answered;
    if (result?.ok && result.value && derived.getState().student === student) show(draft, turn, result.value);
  }

  /** Notes which field is typed in; while it stays the same, nobody hears of it. */
  function enter(draft: PatternDraft | null): void {
    const before = view.getState().draft;
    if (!draft || !before || !sameField(before, draft)) view.setState({ draft: draft && fieldOf(draft) });
  }

  /** Shows an answer, unless the user has moved to another field or a newer answer is already shown. */
  function show(draft: PatternDraft, turn: number, answer: PreviewView): void {
    const current = view.getState().draft;
    if (!current || !sameField(current, draft) || turn < shown) return;
    shown = turn;
    const before: DerivedState['preview'] = derived.getState().preview;
    const kept = before && sameField(before.draft, draft) ? before.shown : null;
    derived.setState({
      preview:
        answer.type === 'matched' ? { draft, shown: answer, invalid: null } : { draft, shown: kept, invalid: answer },
    });
  }

  /** The draft as its field is in the plan; `null` when that is gone. */
  function draftNow(draft: PatternDraft): PatternDraft | null {
    if (draft.config) return draft;
    const { lists } = selectPlan(document.getState());
    const subConfig = Object.values(lists).flat().find(({ id }) => id === draft.subConfigId);
    const value = subConfig && getKey(subConfig.config, draft.key);
    const pattern = isConfigList(value) ? value[draft.index] : null;
    if (typeof pattern !== 'string') return null;
    return pattern === draft.pattern ? draft : { ...draft, pattern };
  }

  const stops = [
    document.subscribe((state, before) => {
      if (!question || !view.getState().draft || state.history.present === before.history.present) return;
      const now = draftNow(question);
      if (now !== question || selectPlan(state).python !== selectPlan(before).python) void preview(now);
    }),
    view.subscribe(({ draft }) => {
      if (draft === null && derived.getState().preview !== null) derived.setState({ preview: null });
    }),
    derived.subscribe(({ student }, before) => {
      if (student === before.student) return;
      derived.setState({ preview: null });
      const isTyped = view.getState().draft !== null;
      // A proposal is for the modules of one model.
      void preview(isTyped && question && !question.config ? question : null);
    }),
  ];

  return { preview: (draft) => void preview(draft), dispose: () => stops.forEach((stop) => stop()) };
}

function fieldOf({ pattern: _pattern, ...field }: PatternDraft): DraftField {
  return field;
}

function sameField(a: DraftField, b: DraftField): boolean {
  return a.subConfigId === b.subConfigId && a.key === b.key && a.index === b.index;
}
