import { expandShorthand, toShorthand, writeOutDefaults, type FormConversion } from '../../../core/resolve/shorthand.ts';
import { typesOf } from '../../../core/offers/selected-specs.ts';
import { useActions } from '../../shared/use-app.ts';
import { useCard } from '../card/card-context.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';
import { useSelectedSpecs } from './use-target-offers.ts';

interface OtherForms {
  /** Settings at the top go to the targets that they reach. */
  readonly split: (() => void) | null;
  /** Every target is named, with all that NNI would set. */
  readonly defaults: (() => void) | null;
  /** Settings that all targets share go to the top. */
  readonly merge: (() => void) | null;
}

/** How the card's sub-config can be written otherwise and mean the same; `null` where it cannot (rules C2, C3). */
export function useOtherForms(): OtherForms {
  const { id, mode, config, number } = useCard();
  const { edit } = useActions();
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  const templates = [...new Set(typesOf(specs).flatMap((type) => findTemplate(type) ?? []))];
  const full = expandShorthand(config, mode, templates);
  const defaults = writeOutDefaults(config, mode, templates);
  const short = toShorthand(config, mode, templates);
  const convert = ({ config: converted }: FormConversion, label: string) => () =>
    edit({ type: 'set-config', mode, id, config: converted, label });
  const isFull = full.changed && full.equal && full.unreached.length === 0;
  return {
    split: isFull ? convert(full, `Split sub-config ${number} by target`) : null,
    defaults: defaults.changed && defaults.equal ? convert(defaults, `Write out the defaults of sub-config ${number}`) : null,
    merge: short.changed && short.equal ? convert(short, `Merge targets of sub-config ${number}`) : null,
  };
}
