import { getKey, isConfigObject, objectOf } from '../../../core/config/value.ts';
import { useActions } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { entriesOf, selectorValue } from '../selectors/entries.ts';
import type { TargetOffer } from './target-offers.ts';
import { useTargetOffers } from './use-target-offers.ts';

/** The targets that have no settings of their own yet, and how one gets them. */
export function useAddableTargets(): { readonly offers: readonly TargetOffer[]; readonly add: (target: string) => void } {
  const { id, mode, config } = useCard();
  const { set } = useValueEditor();
  const { reveal } = useActions();
  const offers = useTargetOffers();
  const settings = getKey(config, 'target_settings');
  const present = isConfigObject(settings) ? settings.entries.map(([target]) => target) : [];
  const named = entriesOf(selectorValue(config, 'target_names'));
  const others = named.filter((name) => !offers.some((offer) => offer.name === name));
  const isOdd = settings !== undefined && !isConfigObject(settings);
  const all = [...offers, ...others.map((name): TargetOffer => ({ name, note: 'of target_names', inTemplate: false }))];
  return {
    offers: isOdd ? [] : all.filter(({ name }) => !present.includes(name)),
    add: (target) => {
      // NNI wants the key in every target (rule V4).
      set(['target_settings', target], objectOf(mode === 'quantization' ? [['quant_dtype', 'int8']] : []));
      reveal({ type: 'sub-config', subConfigId: id, path: ['target_settings', target] });
    },
  };
}
