import { Crosshair, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { isConfigList, type ConfigValue } from '../../../../core/config/value.ts';
import { markOf } from '../../../../core/module-tree/module-marks.ts';
import { moduleName } from '../../../../core/module-tree/tree-index.ts';
import type { DerivedState } from '../../../../store/derived-store.ts';
import type { ViewState } from '../../../../store/view-store.ts';
import { Button, IconButton } from '../../../shared/Button.tsx';
import { formatQuantity } from '../../../shared/format.ts';
import { UnansweredLine } from '../../../shared/late-parts/StoppedLine.tsx';
import { useDerived, useStores, useView } from '../../../shared/use-app.ts';
import { useCard, useValueEditor } from '../../card/card-context.ts';
import { Combobox } from '../../../shared/Combobox.tsx';
import { wholeField, WholeText } from '../../../shared/WholeText.tsx';
import { entriesOf, selectorValue } from '../../selectors/entries.ts';
import { namesIn, namesText } from '../field-text.ts';
import { fieldId } from '../../card/finding-places.ts';
import { useFusionChains } from './use-fusion-chains.ts';
import { canFuseRows, offerFusions } from '../../../../core/offers/offer-fusions.ts';
import type { TypedFieldProps } from './typed-field.ts';
import { ParsedText } from './ParsedText.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const shownAtOnce = 6;
const shownMore = 50;

/** Groups of names, each a line, and the groups of neighbours that NNI would fuse. */
export function FuseField({ path, value, label }: TypedFieldProps) {
  const { set, remove } = useValueEditor();
  const [typed, setTyped] = useState('');
  const [limit, setLimit] = useState(shownAtOnce);
  const groups = isConfigList(value) ? value : [];
  const chains = useFusionChains();
  const tree = useDerived(selectTree);
  const hasFlow = tree !== null && tree.graph !== null;
  const offers = useFusionOffers(new Set(groups.map(headOf)), chains);
  const add = (added: readonly (readonly string[])[]) => set(path, [...groups, ...added]);
  const take = (text: string) => {
    setTyped('');
    const names = namesIn(text);
    if (names.length > 0) add([names]);
  };
  return (
    <>
      {groups.slice(0, limit).map((group, at) => (
        <div key={at} className="relative flex items-center">
          <WholeText text={namesText(group)} hasButton>
            <ParsedText
              label={`Fusion ${at + 1} of ${label}`}
              written={namesText(group)}
              parse={(text) => (namesIn(text).length === 0 ? null : namesIn(text))}
              onValue={(names) => set([...path, at], names)}
              description="a list of module names"
              field={at === 0 ? fieldId(path) : fieldId([...path, at])}
              className={`${wholeField} pr-7`}
            />
          </WholeText>
          <span className="absolute right-0.5 flex rounded bg-surface">
            <IconButton
              size="small"
              label={`Remove fusion ${at + 1} of ${label}`}
              icon={<X size={12} />}
              onClick={() => remove([...path, at])}
            />
          </span>
        </div>
      ))}
      {groups.length > limit && (
        <Button kind="plain" size="small" onClick={() => setLimit(limit + shownMore)}>
          Show {Math.min(groups.length - limit, shownMore)} of {groups.length - limit} more
        </Button>
      )}
      <div className="flex flex-wrap items-center gap-1">
        <span className="relative flex min-w-0 flex-[1_1_16rem] items-center">
          <Combobox
            label={`Fusion ${groups.length + 1} of ${label}`}
            text={typed}
            source={{ type: 'options', options: offers.map((names) => ({ value: names.join(', ') })) }}
            onText={setTyped}
            onChoose={take}
            onEnter={() => take(typed)}
            onLeave={() => take(typed)}
            placeholder="Add a fusion: conv, bn"
            field={groups.length === 0 ? fieldId(path) : fieldId([...path, groups.length])}
            look="dashed"
            className="w-full pr-7"
          />
          <span className="absolute right-0.5 flex rounded bg-surface">
            <FuseChosen label={label} onTake={(names) => add([names])} />
          </span>
        </span>
        {offers.length > 1 && (
          <Button size="small" icon={<Plus size={12} />} onClick={() => add(onePerHead(offers))}>
            Add all {formatQuantity(onePerHead(offers).length, 'pair')}
          </Button>
        )}
      </div>
      {!hasFlow && tree !== null && (
        <p className="text-xs text-muted">The file has no data flow: pairs are offered by the order of the modules in it. The tab Flow says how to add the data flow.</p>
      )}
      {chains.type === 'failed' && <UnansweredLine part="The search for fusions" failure={chains.failure} onRetry={chains.retry} />}
    </>
  );
}

const selectFocus = (state: ViewState) => state.focus;

/** Takes the two or three modules that are chosen in the model, in its order, where NNI fuses them. */
function FuseChosen({ label, onTake }: {
  readonly label: string;
  readonly onTake: (names: readonly string[]) => void;
}) {
  const tree = useDerived(selectTree);
  const focus = useView(selectFocus);
  const rows = focus.toSorted((a, b) => a - b).filter((row) => tree !== null && row < tree.size);
  const names = tree ? rows.map((row) => moduleName(tree, row)) : [];
  const isGroup = rows.length === 2 || rows.length === 3;
  const activations = useTakesActivations();
  const canTake = tree !== null && isGroup && canFuseRows(tree, rows, activations);
  const refusal = isGroup
    ? `NNI does not fuse ${names.join(', ')} here`
    : 'Choose two or three modules in the model to fuse them';
  return (
    <IconButton
      size="small"
      label={`Fuse the modules chosen in the model for ${label}`}
      hint={canTake ? `Fuse ${names.join(', ')}` : refusal}
      icon={<Crosshair size={12} />}
      disabled={!canTake}
      onClick={() => onTake(names)}
    />
  );
}

function headOf(group: ConfigValue): string {
  return isConfigList(group) && typeof group[0] === 'string' ? group[0] : '';
}

/** The longest offer of each head, which comes first. */
function onePerHead(offers: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return offers.filter((names, at) => offers.findIndex((other) => other[0] === names[0]) === at);
}

/** Whether outputs are quantized, without which NNI takes no ReLU (rule R4). */
function useTakesActivations(): boolean {
  return entriesOf(selectorValue(useCard().config, 'target_names')).includes('_output_');
}

function useFusionOffers(heads: ReadonlySet<string>, chains: ReturnType<typeof useFusionChains>): readonly (readonly string[])[] {
  const { view, mode } = useCard();
  const activations = useTakesActivations();
  const { derived } = useStores();
  const tree = useDerived(selectTree);
  if (!tree || !view || chains.type !== 'ready') return [];
  const all = derived.getState().lists[mode]?.subConfigs ?? [];
  return offerFusions(
    tree,
    (row) => markOf(view.marks, row) === 1,
    (row) => all.some(({ marks }) => markOf(marks, row) === 1),
    activations,
    chains.answer,
  ).filter(([head]) => head !== undefined && !heads.has(head));
}
