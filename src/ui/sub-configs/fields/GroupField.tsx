import type { DocumentState } from '../../../store/document-store.ts';
import { useDocument } from '../../shared/use-app.ts';
import { useCard, useValueEditor } from '../card-context.ts';
import { Combobox } from '../Combobox.tsx';
import { fieldId } from '../finding-places.ts';
import { groupIdText, groupUses, type GroupUse } from '../group-ids.ts';
import { parseIntText } from '../number-text.ts';
import type { TypedFieldProps } from '../SettingField.tsx';

const selectLists = (state: DocumentState) => state.history.present.lists;

/** A group id, completed from those in use, with who else is in the group. */
export function GroupField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const { mode, number } = useCard();
  const uses = groupUses(useDocument(selectLists)[mode], entry.key);
  const id = groupIdText(value) ?? '';
  const options = uses.filter((use) => use.id !== id).map((use) => ({ value: use.id, hint: `with ${numbersOf(use)}` }));
  const others = uses.find((use) => use.id === id)?.numbers.filter((other) => other !== number) ?? [];
  const write = (text: string) => set(path, parseIntText(text) ?? text);
  return (
    <>
      <Combobox
        label={label}
        text={id}
        source={{ type: 'options', options }}
        onText={write}
        field={fieldId(path)}
        className="w-full"
      />
      <p className="text-xs text-muted">
        {others.length === 0
          ? 'All that this sub-config sets is one group.'
          : `One group with ${numbersOf({ id, numbers: others })}.`}
      </p>
    </>
  );
}

function numbersOf({ numbers }: GroupUse): string {
  return numbers.map((number) => `#${number}`).join(', ');
}
