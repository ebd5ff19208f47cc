import { useEffect, useState } from 'react';
import type { Mode } from '../../../core/config/mode.ts';
import type { PresetOffer } from '../../../core/presets/offer-presets.ts';
import type { SettingTemplate } from '../../../core/config/setting-templates.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { EngineFailure } from '../../../worker/protocol.ts';
import { useActions, useDerived, useDocument, useEngine } from '../../shared/use-app.ts';

interface Offered {
  readonly mode: Mode;
  readonly tree: ModuleTree | null;
  readonly templates: readonly SettingTemplate[];
  readonly offers: readonly PresetOffer[];
}

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectTemplates = (state: DocumentState) => state.history.present.templates;

/** The presets of the mode for the model that is open; `null` while the engine looks at it, and where it fails. */
export function usePresetOffers(mode: Mode, onFailure?: (failure: EngineFailure) => void): readonly PresetOffer[] | null {
  const engine = useEngine();
  const tree = useDerived(selectTree);
  const templates = useDocument(selectTemplates);
  const [offered, setOffered] = useState<Offered | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void engine.call('offer-presets', { mode, templates }).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setOffered({ mode, tree, templates, offers: result.value.offers });
      else onFailure?.(result.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, mode, tree, templates, onFailure]);
  const isCurrent = offered?.mode === mode && offered.tree === tree && offered.templates === templates;
  return isCurrent ? offered.offers : null;
}

/** Adds the sub-configs of a preset as one undo step. */
export function useAddPreset(mode: Mode): (offer: PresetOffer) => void {
  const { edit } = useActions();
  return ({ preset, configs }) =>
    edit({ type: 'add-sub-configs', mode, configs, label: `Add preset: ${preset.title}` });
}
