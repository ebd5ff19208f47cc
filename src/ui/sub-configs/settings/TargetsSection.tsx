import { Plus } from 'lucide-react';
import { useState } from 'react';
import { kindOfTarget } from '../../../core/resolve/settings.ts';
import { FieldFindings } from '../card/CardFindings.tsx';
import { useCard, useValueEditor } from '../card/card-context.ts';
import { Combobox } from '../../shared/Combobox.tsx';
import { entriesOf, selectorValue } from '../selectors/entries.ts';
import { FieldRow } from './FieldRow.tsx';
import { RawField } from './RawField.tsx';
import { helpOfKey } from '../selectors/SelectorSection.tsx';
import { useTargetOffers } from './use-target-offers.ts';

const path = ['target_names'] as const;

/** `target_names`: which tensors are meant; none chosen means all of the template, which are then underlined. */
export function TargetsSection() {
  const { config, cardName } = useCard();
  const value = selectorValue(config, 'target_names');
  const chosen = entriesOf(value);
  const offers = useTargetOffers();
  const ofTemplates = offers.filter(({ inTemplate }) => inTemplate).map(({ name }) => name);
  const { toggle, add } = useTargetEdits(chosen);
  if (value.type === 'other') {
    return (
      <FieldRow label="target_names" help={helpOfKey('target_names')} path={path}>
        <RawField path={path} config={config} label="target_names" />
      </FieldRow>
    );
  }
  // Without a selection: the usual targets of modules.
  const usual = ofTemplates.length > 0 ? ofTemplates : offers.map(({ name }) => name);
  const chips = [...new Set([...usual, ...chosen])];
  return (
    <FieldRow label="target_names" help={helpOfKey('target_names')}>
      <div className="flex flex-wrap items-center gap-1">
        {chips.map((target, at) => (
          <button
            key={target}
            type="button"
            aria-pressed={chosen.includes(target)}
            aria-label={`Target ${target}, ${cardName}`}
            title={offers.find(({ name }) => name === target)?.note}
            data-field={at === 0 ? 'target_names' : undefined}
            onClick={() => toggle(target)}
            className={`h-7 rounded border px-2 font-mono text-xs hover:bg-hover aria-pressed:border-inverse aria-pressed:bg-chosen aria-pressed:text-text ${chosen.length === 0 && ofTemplates.includes(target) ? 'border-line-strong border-dashed text-text' : 'border-line text-muted'}`}
          >
            {target}
          </button>
        ))}
        <OtherTarget taken={chips} onAdd={add} />
        {chosen.length === 0 && ofTemplates.length > 0 && (
          <span className="text-xs text-muted">Nothing chosen: {wordAll(ofTemplates)}</span>
        )}
      </div>
      <FieldFindings path={path} />
    </FieldRow>
  );
}

/** `weight and bias` */
function wordAll(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function useTargetEdits(chosen: readonly string[]) {
  const { set, remove } = useValueEditor();
  const toggle = (target: string) => {
    const next = chosen.includes(target) ? chosen.filter((name) => name !== target) : [...chosen, target];
    if (next.length === 0) remove(path);
    else set(path, next);
  };
  const add = (target: string) => {
    if (!chosen.includes(target)) set(path, [...chosen, target]);
  };
  return { toggle, add };
}

/** A button that becomes a field for a target without a chip. */
function OtherTarget({ taken, onAdd }: { readonly taken: readonly string[]; readonly onAdd: (target: string) => void }) {
  const { cardName } = useCard();
  const offers = useTargetOffers();
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <button
        type="button"
        aria-label={`Another target for ${cardName}`}
        title="Another target"
        onClick={() => setTyped('')}
        className="flex h-7 items-center rounded px-1.5 text-muted hover:bg-hover hover:text-text"
      >
        <Plus size={12} aria-hidden="true" />
      </button>
    );
  }
  const options = offers
    .filter(({ name }) => !taken.includes(name))
    .map(({ name, note }) => ({ value: name, hint: note }));
  const take = (wanted: string) => {
    setTyped(null);
    const target = wanted.trim();
    if (target !== '') onAdd(target);
  };
  const example = options.find(({ value }) => kindOfTarget(value) !== 'parameter')?.value ?? options[0]?.value;
  return (
    <Combobox
      label={`Other target, ${cardName}`}
      text={typed}
      source={{ type: 'options', options }}
      onText={setTyped}
      onChoose={take}
      onEnter={() => take(typed)}
      onLeave={() => take(typed)}
      takesFirst
      takesFocus
      placeholder={example === undefined ? 'other' : `other, e.g. ${example}`}
      look="dashed"
      className="w-36 flex-auto"
    />
  );
}
