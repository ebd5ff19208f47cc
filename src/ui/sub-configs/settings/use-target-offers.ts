import { useMemo } from 'react';
import { getKey, isConfigObject } from '../../../core/config/value.ts';
import { writeOut } from '../../../core/module-tree/module-marks.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { useDerived } from '../../shared/use-app.ts';
import { useCard } from '../card/card-context.ts';
import { selectedSpecs, type SelectedSpec } from '../../../core/offers/selected-specs.ts';
import { offerTargets, type TargetOffer } from './target-offers.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const none: readonly SelectedSpec[] = [];

/** Specs of the modules that the card's sub-config selects. */
export function useSelectedSpecs(): readonly SelectedSpec[] {
  const { view } = useCard();
  const tree = useDerived(selectTree);
  return tree && view ? selectedSpecs(tree, writeOut(view.marks).state) : none;
}

/** Targets that the card's modules have. */
export function useTargetOffers(): readonly TargetOffer[] {
  const { mode, config } = useCard();
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  return useMemo(() => {
    const settings = getKey(config, 'target_settings');
    const own = isConfigObject(settings) ? settings.entries.map(([target]) => target) : [];
    return offerTargets(mode, specs, findTemplate, own);
  }, [mode, config, specs, findTemplate]);
}
