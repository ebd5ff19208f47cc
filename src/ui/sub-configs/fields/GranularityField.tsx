import { getAt } from '../../../core/config/list-edits.ts';
import { targetsReached } from '../../../core/config/setting-keys.ts';
import { intOf, isConfigList } from '../../../core/config/value.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { formatCount, formatQuantity, formatShape } from '../../shared/format.ts';
import { useDerived } from '../../shared/use-app.ts';
import { fitGranularity, type ShapeFit } from '../block-fit.ts';
import { useCard, useValueEditor } from '../card-context.ts';
import { entriesOf, selectorValue } from '../entries.ts';
import { fieldId } from '../finding-places.ts';
import { selectedSpecs, typesOf } from '../model-facts.ts';
import { parseIntList } from '../number-text.ts';
import type { TypedFieldProps } from '../SettingField.tsx';
import { useTemplateRegistry } from '../use-card-state.ts';
import { Segments } from './ChoiceField.tsx';
import { ParsedText, textOf } from './ParsedText.tsx';

const blockChoice = 'block';

/** Named pieces or block sizes, with what they make of the shapes of the selected modules. */
export function GranularityField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const isBlock = isConfigList(value);
  const choices = (entry.choices ?? []).map((choice, at) => ({
    value: choice,
    meaning: entry.choiceMeanings?.[at] ?? '',
  }));
  return (
    <>
      <Segments
        label={label}
        field={fieldId(path)}
        chosen={isBlock ? blockChoice : typeof value === 'string' ? value : null}
        choices={[...choices, { value: blockChoice, meaning: 'Blocks of given sizes.' }]}
        onChoose={(choice) => set(path, choice === blockChoice ? [intOf(1), intOf(1)] : choice)}
      />
      {isBlock && (
        <div className="flex items-center gap-2 text-xs text-muted">
          Sizes
          <ParsedText
            label={`Block sizes of ${label}`}
            written={textOf(value)}
            parse={parseIntList}
            onValue={(parsed) => set(path, parsed)}
            description="a list of whole numbers such as 4, 4"
            className="flex-1"
          />
        </div>
      )}
      <Fits path={path} />
    </>
  );
}

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const shownAtMost = 3;

function Fits({ path }: Pick<TypedFieldProps, 'path'>) {
  const { mode, config, view } = useCard();
  const tree = useDerived(selectTree);
  const findTemplate = useTemplateRegistry(mode);
  const value = getAt(config, path);
  if (!tree || !view || value === undefined) return null;
  const specs = selectedSpecs(tree, view.state);
  const named = entriesOf(selectorValue(config, 'target_names'));
  const reached = typesOf(specs).flatMap((type) => {
    const template = findTemplate(type);
    return template ? targetsReached(template, 'granularity') : [];
  });
  const targets =
    path.length > 1
      ? [String(path[1])]
      : reached.filter((target) => named.length === 0 || named.includes(target));
  const fits = fitGranularity(value, mode, targets, specs);
  if (fits.length === 0) return null;
  return (
    <ul aria-label="Shapes" className="flex flex-col text-xs text-muted">
      {fits.slice(0, shownAtMost).map((fit) => (
        <FitLine key={`${fit.target} ${fit.shape.join()}`} fit={fit} />
      ))}
      {fits.length > shownAtMost && <li>and {formatQuantity(fits.length - shownAtMost, 'more shape')}</li>}
    </ul>
  );
}

function FitLine({ fit: { target, shape, count, pieces } }: { readonly fit: ShapeFit }) {
  return (
    <li className={pieces === null ? 'text-later' : ''}>
      <span className="font-mono">
        {target} {formatShape(shape)}
      </span>
      {pieces === null ? ' is not divided' : ` → ${formatQuantity(pieces, 'piece')}`}
      {count > 1 && ` (${formatCount(count)} modules)`}
    </li>
  );
}
