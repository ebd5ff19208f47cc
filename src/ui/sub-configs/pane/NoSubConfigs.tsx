import type { Mode } from '../../../core/config/mode.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { Button } from '../../shared/Button.tsx';
import { EmptyState } from '../../shared/EmptyState.tsx';
import { useActions, useDerived } from '../../shared/use-app.ts';
import { presetNote } from './AddMenu.tsx';
import { typeCounts } from '../../../core/offers/selected-specs.ts';
import { commonTypes, modeVerbs, startForPattern, startForType } from '../../../core/presets/start-config.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';
import { useAddPreset, usePresetOffers } from './use-preset-offers.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const typesAtMost = 3;
const presetsAtMost = 4;

const explanations: Readonly<Record<Mode, string>> = {
  pruning:
    'A sub-config selects modules by name, pattern or type and says how much of their tensors is masked. ' +
    'Of several, the first to configure a tensor wins.',
  quantization:
    'A sub-config selects modules by name, pattern or type and says to which integers their tensors are rounded. ' +
    'Of several, the first to configure a tensor wins.',
  distillation:
    'A sub-config selects modules by name, pattern or type whose outputs learn from the teacher’s. ' +
    'Of several, the first to configure an output wins.',
};

/** The first steps for an empty list, from the types that the model has and NNI knows. */
export function NoSubConfigs({ mode }: { readonly mode: Mode }) {
  const { addSubConfig, setView } = useActions();
  const tree = useDerived(selectTree);
  const findTemplate = useTemplateRegistry(mode);
  const counts = tree ? typeCounts(tree) : [];
  const types = commonTypes(counts, findTemplate, typesAtMost);
  const unregistered = types.length === 0 ? counts[0]?.type : undefined;
  return (
    <>
      <EmptyState
        title={`No sub-config for ${mode} yet`}
        actions={
          <>
            {types.map(({ type }) => (
              <Button key={type} onClick={() => addSubConfig(startForType(mode, type))}>
                {modeVerbs[mode]} all {type}
              </Button>
            ))}
            {unregistered !== undefined && (
              <Button onClick={() => setView({ dialog: 'templates', templateType: null })}>Register a type</Button>
            )}
            <Button onClick={() => addSubConfig(startForPattern(mode))}>Start with a pattern</Button>
            <Button onClick={() => setView({ dialog: 'import' })}>Import a list</Button>
          </>
        }
      >
        {explanations[mode]}
      </EmptyState>
      <PresetList mode={mode} />
    </>
  );
}

function PresetList({ mode }: { readonly mode: Mode }) {
  const addPreset = useAddPreset(mode);
  const { setView } = useActions();
  const all = usePresetOffers(mode);
  if (all === null) return <p className="px-2 text-center text-xs text-muted">Looking for presets that fit …</p>;
  const offers = all.filter(({ misfit }) => misfit === null);
  const hidden = all.length - Math.min(offers.length, presetsAtMost);
  return (
    <section aria-label="Presets" className="mx-auto flex max-w-md flex-col gap-1 px-2 pb-6">
      <h3 className="text-center text-xs font-medium text-muted">
        {offers.length > 0 ? 'Or a preset for this model' : 'No preset for this mode fits this model'}
      </h3>
      <ul className="empty:hidden flex flex-col overflow-hidden rounded-md border border-line bg-surface">
        {offers.slice(0, presetsAtMost).map((offer) => (
          <li key={offer.preset.id} className="not-last:border-b not-last:border-line">
            <button
              type="button"
              aria-label={offer.preset.title}
              onClick={() => addPreset(offer)}
              className="w-full px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover"
            >
              <span className="block font-medium">{offer.preset.title}</span>
              <span className="block text-xs text-muted">{presetNote(offer)}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <div className="flex justify-center">
          <Button kind="plain" size="small" onClick={() => setView({ dialog: 'presets' })}>
            {offers.length > 0 ? 'All presets' : 'See why'}
          </Button>
        </div>
      )}
    </section>
  );
}
