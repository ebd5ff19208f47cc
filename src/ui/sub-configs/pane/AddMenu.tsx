import { Boxes, Link2, List, Plus, Regex, Sparkles } from 'lucide-react';
import type { Mode } from '../../../core/config/mode.ts';
import type { PresetOffer } from '../../../core/presets/offer-presets.ts';
import { emptyObject, type ConfigObject } from '../../../core/config/value.ts';
import { formatCount } from '../../../core/text/format-count.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { formatQuantity } from '../../shared/format.ts';
import { MenuItem } from '../../shared/layers/Popover.tsx';
import { useActions, useDerived } from '../../shared/use-app.ts';
import { typeCounts } from '../../../core/offers/selected-specs.ts';
import { commonTypes, modeVerbs, startForPattern, startForType } from '../../../core/presets/start-config.ts';
import { useTemplateRegistry } from '../card/use-card-state.ts';
import { useAddPreset, usePresetOffers } from './use-preset-offers.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const typesAtMost = 5;

/** The starting points of a new sub-config: empty, a pattern, a type of the model, a preset. */
export function AddMenu({ mode, close }: { readonly mode: Mode; readonly close: () => void }) {
  const { addSubConfig, setView } = useActions();
  const tree = useDerived(selectTree);
  const findTemplate = useTemplateRegistry(mode);
  const types = tree ? commonTypes(typeCounts(tree), findTemplate, typesAtMost) : [];
  const add = (config: ConfigObject) => () => {
    close();
    addSubConfig(config);
  };
  return (
    <>
      <MenuItem icon={<Plus size={14} />} onSelect={add(emptyObject)}>
        Empty sub-config
      </MenuItem>
      <MenuItem icon={<Regex size={14} />} onSelect={add(startForPattern(mode))}>
        By a pattern
      </MenuItem>
      {types.map(({ type, count }) => (
        <MenuItem
          key={type}
          icon={<Boxes size={14} />}
          hint={formatCount(count)}
          onSelect={add(startForType(mode, type))}
        >
          {modeVerbs[mode]} all {type}
        </MenuItem>
      ))}
      <hr className="my-1 border-line" />
      <PresetItems mode={mode} close={close} />
      {mode === 'pruning' && (
        <MenuItem
          icon={<Link2 size={14} />}
          onSelect={() => {
            close();
            setView({ dialog: 'dependency-groups' });
          }}
        >
          Set dependency groups …
          <span className="block text-xs text-muted">Layers that are added to each other lose the same channels</span>
        </MenuItem>
      )}
    </>
  );
}

function PresetItems({ mode, close }: { readonly mode: Mode; readonly close: () => void }) {
  const { setView } = useActions();
  const addPreset = useAddPreset(mode);
  const offers = usePresetOffers(mode) ?? [];
  const others = offers.filter(({ misfit }) => misfit !== null).length;
  return (
    <>
      {offers
        .filter(({ misfit }) => misfit === null)
        .map((offer) => (
          <MenuItem
            key={offer.preset.id}
            icon={<Sparkles size={14} />}
            onSelect={() => {
              close();
              addPreset(offer);
            }}
          >
            <span className="block">{offer.preset.title}</span>
            <span className="block text-xs text-muted">{presetNote(offer)}</span>
          </MenuItem>
        ))}
      <MenuItem
        icon={<List size={14} />}
        onSelect={() => {
          close();
          setView({ dialog: 'presets' });
        }}
      >
        All presets …
        {others > 0 && (
          <span className="block text-xs text-muted">{formatQuantity(others, 'preset')} not for this model, and why</span>
        )}
      </MenuItem>
    </>
  );
}

/** `Whole channels, so that … Selects 20 modules.` */
export function presetNote({ preset, configs, selected, isLinked }: PresetOffer): string {
  const parts = configs.length === 1 ? '' : ` with ${formatQuantity(configs.length, 'sub-config')}`;
  const links = isLinked ? ', linked to those of the teacher' : '';
  return `${preset.description} Selects ${formatQuantity(selected, 'module')}${parts}${links}.`;
}
