import { Plus } from 'lucide-react';
import type { Mode } from '../../../core/config/mode.ts';
import { writeCompactJson } from '../../../core/config/json-writer.ts';
import type { PresetOffer } from '../../../core/presets/offer-presets.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button } from '../../shared/Button.tsx';
import { Dialog } from '../../shared/layers/Dialog.tsx';
import { formatQuantity } from '../../shared/format.ts';
import { LatePart } from '../../shared/late-parts/LatePart.tsx';
import { useActions, useDerived, useView } from '../../shared/use-app.ts';
import { useNotFetched } from '../../shared/late-parts/use-not-fetched.ts';
import { useAddPreset, usePresetOffers } from './use-preset-offers.ts';

const selectMode = (state: ViewState) => state.mode;
const selectModel = (state: DerivedState) => state.student?.tree.model ?? null;
const configsShown = 3;

/** Every preset of the mode: the sub-configs that it would add for the open model, or why it does not fit. */
export function PresetsDialog() {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const model = useDerived(selectModel);
  const close = () => setView({ dialog: null });
  return (
    <Dialog title={`Presets for ${mode}`} width="medium" onClose={close}>
      {model === null ? (
        <p className="text-muted">Presets are made for a model. Open one first.</p>
      ) : (
        <LatePart part="The presets">
          <Presets mode={mode} model={model} onAdded={close} />
        </LatePart>
      )}
    </Dialog>
  );
}

function Presets({ mode, model, onAdded }: { readonly mode: Mode; readonly model: string; readonly onAdded: () => void }) {
  const offers = usePresetOffers(mode, useNotFetched()) ?? [];
  const addPreset = useAddPreset(mode);
  const fitting = offers.filter(({ misfit }) => misfit === null);
  const others = offers.filter(({ misfit }) => misfit !== null);
  return (
    <div className="flex flex-col gap-4">
      {fitting.length > 0 && (
        <section aria-label="Presets that fit" className="flex flex-col gap-1.5">
          <h3 className="font-semibold">Made for {model}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {fitting.map((offer) => (
              <FittingPreset
                key={offer.preset.id}
                offer={offer}
                onAdd={() => {
                  addPreset(offer);
                  onAdded();
                }}
              />
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section aria-label="Presets that do not fit" className="flex flex-col gap-1.5">
          <h3 className="font-semibold">Not for this model</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {others.map(({ preset, misfit }) => (
              <li key={preset.id} className="px-3 py-2">
                <p>{preset.title}</p>
                <p className="text-xs text-muted">{misfit}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function FittingPreset({ offer, onAdd }: { readonly offer: PresetOffer; readonly onAdd: () => void }) {
  const { preset, configs, selected } = offer;
  const more = configs.length - configsShown;
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{preset.title}</p>
        <p className="text-xs text-muted">{preset.description}</p>
        <details className="mt-0.5 text-xs">
          <summary className="w-fit cursor-pointer rounded text-muted">
            Selects {formatQuantity(selected, 'module')} with {formatQuantity(configs.length, 'sub-config')}
          </summary>
          <ul className="mt-1 flex flex-col gap-1 font-mono break-all">
            {configs.slice(0, configsShown).map((config, index) => (
              <li key={index}>{writeCompactJson(config)}</li>
            ))}
            {more > 0 && <li className="font-sans text-muted">and {formatQuantity(more, 'sub-config')} more alike</li>}
          </ul>
        </details>
      </div>
      <Button size="small" icon={<Plus size={12} />} aria-label={`Add ${preset.title}`} onClick={onAdd}>
        Add
      </Button>
    </li>
  );
}
