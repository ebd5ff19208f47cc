import { useState } from 'react';
import { defaultGranularityOf } from '../../../../core/algorithms/algorithm-words.ts';
import { getAt } from '../../../../core/config/list-edits.ts';
import { targetsReached } from '../../../../core/config/setting-keys.ts';
import { intOf, isConfigList, type KeyPath } from '../../../../core/config/value.ts';
import { formatCount } from '../../../../core/text/format-count.ts';
import type { DerivedState } from '../../../../store/derived-store.ts';
import { formatQuantity, formatShape } from '../../../shared/format.ts';
import { useDerived } from '../../../shared/use-app.ts';
import { fitGranularity, type ShapeFit } from '../../../../core/offers/fit-granularity.ts';
import { useCard, useValueEditor } from '../../card/card-context.ts';
import { entriesOf, selectorValue } from '../../selectors/entries.ts';
import { fieldId } from '../../card/finding-places.ts';
import { typesOf } from '../../../../core/offers/selected-specs.ts';
import type { TypedFieldProps } from './typed-field.ts';
import { useTemplateRegistry } from '../../card/use-card-state.ts';
import { useCardAlgorithm } from '../use-key-notes.ts';
import { useSelectedSpecs } from '../use-target-offers.ts';
import { BlockSizes } from './BlockSizes.tsx';
import { Segments } from './ChoiceField.tsx';

const blockChoice = 'block';

/** Named pieces or block sizes, with their effect on the shapes of the selected modules. */
export function GranularityField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const fits = useFits(path);
  const isBlock = isConfigList(value);
  const algorithm = useCardAlgorithm();
  const standsFor = defaultGranularityOf(algorithm);
  const choices = (entry.choices ?? []).map((choice, at) => ({
    value: choice,
    meaning: choice === 'default' && standsFor !== null ? `For ${algorithm.name}: ${standsFor}.` : (entry.choiceMeanings?.[at] ?? ''),
  }));
  // Blocks of one value along each dimension of the selected modules.
  const ones = Array.from({ length: fits[0]?.shape.length ?? 2 }, () => intOf(1));
  return (
    <>
      <Segments
        label={label}
        field={fieldId(path)}
        chosen={isBlock ? blockChoice : typeof value === 'string' ? value : null}
        choices={[...choices, { value: blockChoice, meaning: 'Blocks of given sizes.' }]}
        onChoose={(choice) => set(path, choice === blockChoice ? ones : choice)}
      />
      {isBlock ? (
        <BlockSizes path={path} label={label} sizes={value} fits={fits} onSizes={(sizes) => set(path, sizes)} />
      ) : (
        <FitList fits={fits} />
      )}
    </>
  );
}

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const shownAtMost = 3;

function useFits(path: KeyPath): readonly ShapeFit[] {
  const { mode, config } = useCard();
  const tree = useDerived(selectTree);
  const specs = useSelectedSpecs();
  const findTemplate = useTemplateRegistry(mode);
  const algorithm = useCardAlgorithm();
  const value = getAt(config, path);
  if (!tree || value === undefined) return [];
  const named = entriesOf(selectorValue(config, 'target_names'));
  const reached = typesOf(specs).flatMap((type) => {
    const template = findTemplate(type);
    return template ? targetsReached(template, 'granularity') : [];
  });
  const targets =
    path.length > 1
      ? [String(path[1])]
      : reached.filter((target) => named.length === 0 || named.includes(target));
  return fitGranularity(value, mode, targets, specs, algorithm);
}

/** The first shape, and each that is not divided. */
function FitList({ fits }: { readonly fits: readonly ShapeFit[] }) {
  const { mode } = useCard();
  const [all, setAll] = useState(false);
  if (fits.length === 0) return null;
  const uneven = fits.filter(({ pieces }) => pieces === null);
  const shown = all ? fits : [...new Set([fits[0]!, ...uneven])].slice(0, shownAtMost);
  const rest = fits.length - shown.length;
  return (
    <ul aria-label="Shapes" className="flex flex-wrap gap-x-3 text-xs text-muted">
      {shown.map((fit) => (
        <FitLine key={`${fit.target} ${fit.shape.join()}`} fit={fit} noun={mode === 'quantization' ? 'scale' : 'piece'} />
      ))}
      {rest > 0 && (
        <li>
          <button type="button" onClick={() => setAll(true)} className="rounded underline decoration-line-strong underline-offset-2 hover:text-text">
            {formatQuantity(rest, 'more shape')}
          </button>
        </li>
      )}
    </ul>
  );
}

function FitLine({ fit: { target, shape, count, pieces }, noun }: { readonly fit: ShapeFit; readonly noun: string }) {
  return (
    <li className={pieces === null ? 'text-later' : ''}>
      <span className="font-mono">
        {target} {formatShape(shape)}
      </span>
      {pieces === null ? ' is not divisible' : ` → ${formatQuantity(pieces, noun)}`}
      {count > 1 && ` (${formatCount(count)} modules)`}
    </li>
  );
}
