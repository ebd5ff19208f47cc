import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useSubConfigs, useView } from '../shared/use-app.ts';
import { amountOf, countInside, wordInside } from '../tree/rows/row-amount.ts';
import { countSelected, sizeOfMarks } from '../../core/module-tree/module-marks.ts';
import { Mark } from './SentenceText.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectLists = (state: DerivedState) => state.lists;
const selectListIds = (state: DerivedState) => state.listIds;
const selectMode = (state: ViewState) => state.mode;

/** The modules inside a container that sub-configs select: `4 of 5 Conv2d, 50 %`. Nothing where there are none. */
export function InsideList({ module }: { readonly module: number }) {
  const tree = useDerived(selectTree);
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const ids = useDerived(selectListIds)[mode];
  const own = useSubConfigs();
  if (!tree || !list || module >= tree.size) return null;
  const row = { module: module + 1, end: tree.end[module]! };
  const selecting = list.subConfigs.flatMap(({ marks }, index) =>
    sizeOfMarks(marks) === tree.size && countSelected(marks, row.module, row.end) > 0 ? [{ marks, index }] : [],
  );
  if (selecting.length === 0) return null;
  const inside = countInside(tree, row);
  return (
    <div role="group" aria-label="Inside">
      <h3 className="mb-1 text-xs font-semibold text-muted">Inside</h3>
      <ul className="flex flex-col gap-1">
        {selecting.map(({ marks, index }) => {
          const config = own.find(({ id }) => id === ids[index])?.config;
          return (
            <li key={index} className="flex items-baseline gap-2">
              <Mark subConfig={index} />
              <span className="min-w-0">{wordInside(inside, [marks], config === undefined ? '' : amountOf(config))}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
