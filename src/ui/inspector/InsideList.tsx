import { countSelected, sizeOfMarks, type ModuleMarks } from '../../core/module-tree/module-marks.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useActions, useDerived, useSubConfigs, useView } from '../shared/use-app.ts';
import { useFirstItems } from '../shared/use-first-items.tsx';
import { useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';
import { FamilyMarks } from '../sub-configs/family/FamilyMarks.tsx';
import { useResolvedItems } from '../sub-configs/family/use-resolved-items.ts';
import { amountOf, countInside, wordInside } from '../tree/rows/row-amount.ts';
import type { VisibleRow } from '../tree/rows/visible-rows.ts';
import { Mark } from './SentenceText.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectLists = (state: DerivedState) => state.lists;
const selectMode = (state: ViewState) => state.mode;

/** The modules inside a container that sub-configs select, a line for each card: `4 of 5 Conv2d, 50 %`. Nothing where there are none. */
export function InsideList({ module }: { readonly module: number }) {
  const tree = useDerived(selectTree);
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const items = useResolvedItems(mode);
  if (!tree || !list || module >= tree.size) return null;
  const row = { module: module + 1, end: tree.end[module]! };
  const selectedBy = (place: number): InsideLine['selecting'] => {
    const marks = list.subConfigs[place]?.marks;
    return marks && sizeOfMarks(marks) === tree.size && countSelected(marks, row.module, row.end) > 0 ? [{ place, marks }] : [];
  };
  const lines = items.map(({ ids, places }) => ({ id: ids[0]!, selecting: places.flatMap(selectedBy) })).filter(({ selecting }) => selecting.length > 0);
  if (lines.length === 0) return null;
  return <InsideLines tree={tree} row={row} lines={lines} />;
}

/** A card that selects inside, by its first sub-config, and those of its sub-configs that do. */
interface InsideLine {
  readonly id: string;
  readonly selecting: readonly { readonly place: number; readonly marks: ModuleMarks }[];
}

function InsideLines({ tree, row, lines }: {
  readonly tree: ModuleTree;
  readonly row: Pick<VisibleRow, 'module' | 'end'>;
  readonly lines: readonly InsideLine[];
}) {
  const own = useSubConfigs();
  const { first, more } = useFirstItems(lines);
  const inside = countInside(tree, row);
  const configs = new Map(own.map(({ id, config }) => [id, config]));
  return (
    <div role="group" aria-label="Inside">
      <h3 className="mb-1 text-xs font-semibold text-muted">Inside</h3>
      <ul className="flex flex-col gap-1">
        {first.map(({ id, selecting }) => {
          // Members of a family set the same.
          const config = configs.get(id);
          return (
            <li key={id} className="flex items-baseline gap-2">
              {selecting.length === 1 ? <Mark subConfig={selecting[0]!.place} /> : <Marks first={selecting[0]!.place} last={selecting.at(-1)!.place} />}
              <span className="min-w-0">{wordInside(inside, selecting.map(({ marks }) => marks), config === undefined ? '' : amountOf(config))}</span>
            </li>
          );
        })}
      </ul>
      {more}
    </div>
  );
}

/** The way to several sub-configs of one family, by their places. */
function Marks({ first, last }: { readonly first: number; readonly last: number }) {
  const { reveal } = useActions();
  const resolved = useResolvedSubConfigs();
  const [from, to] = [resolved[first], resolved[last]];
  if (!from || !to) return null;
  const name = `Go to sub-configs ${from.number} to ${to.number}`;
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      onClick={() => reveal({ type: 'sub-config', subConfigId: from.id })}
      className="inline-flex rounded-sm align-baseline hover:opacity-80"
    >
      <FamilyMarks first={from} last={to} />
    </button>
  );
}
