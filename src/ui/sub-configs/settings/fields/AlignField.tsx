import { Crosshair } from 'lucide-react';
import { writeOut } from '../../../../core/module-tree/module-marks.ts';
import { moduleName, moduleSpec } from '../../../../core/module-tree/tree-index.ts';
import { alignKeys } from '../../../../core/config/setting-keys.ts';
import type { AlignKey } from '../../../../core/config/setting-keys-table.ts';
import { getKey, isConfigList, isConfigNumber, isConfigObject } from '../../../../core/config/value.ts';
import type { DerivedState } from '../../../../store/derived-store.ts';
import type { ViewState } from '../../../../store/view-store.ts';
import { IconButton } from '../../../shared/Button.tsx';
import { formatShape } from '../../../shared/format.ts';
import { useDerived, useView } from '../../../shared/use-app.ts';
import { useCard, useValueEditor } from '../../card/card-context.ts';
import { Combobox } from '../../../shared/Combobox.tsx';
import { wholeField, WholeText } from '../../../shared/WholeText.tsx';
import { HelpLabel, type KeyHelp } from '../FieldRow.tsx';
import { fieldId } from '../../card/finding-places.ts';
import { selectedSpecs } from '../../../../core/offers/selected-specs.ts';
import { nameLookupOf } from '../../../shared/name-lookup.ts';
import { parseIntList } from '../number-text.ts';
import type { Option } from '../../../shared/options.ts';
import type { TypedFieldProps } from './typed-field.ts';
import type { OptionSource } from '../../../shared/use-completions.ts';
import { ParsedText } from './ParsedText.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
/** The option for `null`. */
const thisModule = 'this module';
const moduleNames: OptionSource = { type: 'names', role: 'student', first: [{ value: thisModule, hint: 'null' }] };

/** The mask to follow: its module (empty means the own one), its target, and the dimensions. */
export function AlignField({ path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const object = isConfigObject(value) ? value : null;
  const module = object ? getKey(object, 'module_name') : undefined;
  const target = object ? getKey(object, 'target_name') : undefined;
  const dims = object ? getKey(object, 'dims') : undefined;
  const moduleText = typeof module === 'string' ? module : '';
  const targets = useTensorsOf(moduleText);
  const shape = targets.find(({ value }) => value === target)?.hint ?? '';
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1">
      <HelpLabel label="module_name" help={helpOf('module_name')} />
      <div className="flex min-w-0 items-center gap-1">
        <WholeText text={moduleText}>
          <Combobox
            label={`Module of ${label}`}
            text={moduleText}
            source={moduleNames}
            onText={(text) => set([...path, 'module_name'], text === '' ? null : text)}
            onChoose={(name) => set([...path, 'module_name'], name === thisModule ? null : name)}
            takesFirst
            placeholder={module === null ? 'this module (null)' : 'a module, or this module'}
            field={fieldId(path)}
            className={wholeField}
          />
        </WholeText>
        <TakeChosen label={label} onTake={(name) => set([...path, 'module_name'], name)} />
      </div>
      <HelpLabel label="target_name" help={helpOf('target_name')} />
      <Combobox
        label={`Target of ${label}`}
        text={typeof target === 'string' ? target : ''}
        source={{ type: 'options', options: targets }}
        onText={(text) => set([...path, 'target_name'], text)}
        field={fieldId([...path, 'target_name'])}
      />
      <HelpLabel label="dims" help={helpOf('dims')} />
      <div className="flex min-w-0 items-center gap-2 text-xs text-muted">
        <ParsedText
          label={`Dims of ${label}`}
          written={isConfigList(dims) ? dims.map((dim) => (isConfigNumber(dim) ? dim.text : '')).join(', ') : ''}
          parse={parseIntList}
          onValue={(parsed) => set([...path, 'dims'], parsed)}
          description="a list of whole numbers such as 0, 1"
          field={fieldId([...path, 'dims'])}
          className="w-20"
        />
        {/\d/.test(shape) && (
          <span className="truncate">
            of <span className="font-mono">{shape}</span>
          </span>
        )}
      </div>
    </div>
  );
}

function helpOf(name: AlignKey['key']): KeyHelp {
  return alignKeys.find(({ key }) => key === name) ?? { meaning: '' };
}

const selectFocus = (state: ViewState) => state.focus;

/** Takes the module that was chosen last in the model. */
function TakeChosen({ label, onTake }: { readonly label: string; readonly onTake: (name: string) => void }) {
  const tree = useDerived(selectTree);
  const module = useView(selectFocus).at(-1);
  const name = tree && module !== undefined && module < tree.size ? moduleName(tree, module) : '';
  return (
    <IconButton
      size="small"
      label={`Take the module chosen in the model for ${label}`}
      hint={name === '' ? 'Choose a module in the model to take it here' : `Take ${name}`}
      icon={<Crosshair size={12} />}
      disabled={name === ''}
      onClick={() => onTake(name)}
    />
  );
}

/** Tensors of the module of that name; of the selected modules when there is none. */
function useTensorsOf(name: string): readonly Option[] {
  const { view } = useCard();
  const tree = useDerived(selectTree);
  if (!tree) return [];
  const row = name === '' ? -1 : nameLookupOf(tree).rowOf(name);
  const specs =
    row >= 0 ? [moduleSpec(tree, row)] : view ? selectedSpecs(tree, writeOut(view.marks).state).map(({ spec }) => spec) : [];
  const options = new Map<string, Option>();
  for (const { parameters } of specs) {
    for (const { name, shape } of parameters ?? []) {
      if (!options.has(name)) options.set(name, { value: name, hint: shape ? formatShape(shape) : '' });
    }
  }
  return [...options.values(), { value: '_output_0', hint: 'the output' }];
}
