import { moduleName } from '../../../../core/module-tree/tree-index.ts';
import { writeCompactJson } from '../../../../core/config/json-writer.ts';
import type { DerivedState } from '../../../../store/derived-store.ts';
import type { DocumentState } from '../../../../store/document-store.ts';
import type { TargetGroup } from '../../../../core/resolve/groups.ts';
import { formatQuantity } from '../../../shared/format.ts';
import { GroupMark } from '../../../shared/GroupMark.tsx';
import { describeGroup } from '../../../shared/groups.ts';
import { useActions, useDerived, useDocument } from '../../../shared/use-app.ts';
import { useCard, useValueEditor } from '../../card/card-context.ts';
import { Combobox } from '../../../shared/Combobox.tsx';
import { wholeField, WholeText } from '../../../shared/WholeText.tsx';
import { fieldId } from '../../card/finding-places.ts';
import { groupIdText, groupUses, parseGroupId, type GroupUse } from '../group-ids.ts';
import type { TypedFieldProps } from './typed-field.ts';

const selectLists = (state: DocumentState) => state.history.present.lists;
const selectViews = (state: DerivedState) => state.lists;

/** A group id, completed from the ids in use, with the other members of the group. */
export function GroupField({ entry, path, value, label }: TypedFieldProps) {
  const { set } = useValueEditor();
  const { mode, number } = useCard();
  const uses = groupUses(useDocument(selectLists)[mode], entry.key);
  const groups = useDerived(selectViews)[mode]?.groups ?? [];
  const id = groupIdText(value) ?? '';
  const options = uses.filter((use) => use.id !== id).map((use) => ({ value: use.id, hint: `with ${numbersOf(use)}` }));
  const others = uses.find((use) => use.id === id)?.numbers.filter((other) => other !== number) ?? [];
  const json = writeCompactJson(value);
  const index = groups.findIndex((group) => group.key === entry.key && group.id === json);
  const group = groups[index];
  return (
    <>
      <div className="flex items-center gap-1.5">
        <WholeText text={id}>
          <Combobox
            label={label}
            text={id}
            source={{ type: 'options', options }}
            onText={(text) => set(path, parseGroupId(text))}
            // A new key begins with an example: what is typed takes its place.
            selectOnFocus
            field={fieldId(path)}
            className={wholeField}
          />
        </WholeText>
        {group && <GroupMark index={index} hint={`Marks the ${describeGroup(group)} in the tree`} />}
      </div>
      <p className="text-xs text-muted">
        {others.length === 0
          ? 'All that this sub-config sets is one group.'
          : `One group with ${numbersOf({ id, numbers: others })}.`}
      </p>
      {group && <Members group={group} label={label} />}
    </>
  );
}

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const shownAtMost = 100;

/** The modules of a group, each a way to its place in the tree. */
function Members({ group: { modules, targetCount }, label }: { readonly group: TargetGroup; readonly label: string }) {
  const tree = useDerived(selectTree);
  const { revealModule } = useActions();
  if (!tree || (modules.at(-1) ?? 0) >= tree.size) return null;
  return (
    <details className="text-xs text-muted">
      <summary className="w-fit cursor-pointer rounded hover:text-text">
        {formatQuantity(targetCount, 'target')} in {formatQuantity(modules.length, 'module')}
      </summary>
      <ul aria-label={`Members of the group of ${label}`} className="max-h-40 overflow-y-auto pl-3">
        {[...modules.subarray(0, shownAtMost)].map((module) => (
          <li key={module}>
            <button
              type="button"
              onClick={() => revealModule(module)}
              className="rounded text-left font-mono [overflow-wrap:anywhere] hover:text-text hover:underline"
            >
              {moduleName(tree, module)}
            </button>
          </li>
        ))}
        {modules.length > shownAtMost && <li>and {formatQuantity(modules.length - shownAtMost, 'more module')}</li>}
      </ul>
    </details>
  );
}

function numbersOf({ numbers }: GroupUse): string {
  return numbers.map((number) => `#${number}`).join(', ');
}
