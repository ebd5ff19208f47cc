import { useEffect, useMemo } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { PresetOffer } from '../../../core/presets/offer-presets.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { EngineFailure } from '../../../worker/protocol.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { useActions, useDerived, useDocument } from '../../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectTeacher = (state: DerivedState) => state.teacher;
const selectTemplates = (state: DocumentState) => state.history.present.templates;

/** The presets of the mode for the model that is open; `null` while the engine looks at it, and where it fails. */
export function usePresetOffers(mode: Mode, onFailure?: (failure: EngineFailure) => void): readonly PresetOffer[] | null {
  const tree = useDerived(selectTree);
  const templates = useDocument(selectTemplates);
  const teacher = useDerived(selectTeacher);
  const request = useMemo(() => ({ mode, templates }), [mode, templates]);
  // Those of a distillation link to the teacher that the engine has.
  const models = useMemo(() => ({ tree, teacher }), [tree, teacher]);
  const state = useAnswer('offer-presets', request, models);
  const failure = state.type === 'failed' ? state.failure : null;
  useEffect(() => {
    if (failure) onFailure?.(failure);
  }, [failure, onFailure]);
  return state.type === 'ready' ? state.answer.offers : null;
}

/** Adds the sub-configs of a preset as one undo step. */
export function useAddPreset(mode: Mode): (offer: PresetOffer) => void {
  const { edit } = useActions();
  return ({ preset, configs }) =>
    edit({ type: 'add-sub-configs', mode, configs, label: `Add preset: ${preset.title}` });
}
