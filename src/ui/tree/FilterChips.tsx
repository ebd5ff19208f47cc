import { useMemo } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import { countFilters } from '../../store/module-filter.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { TreeFilter, ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { Chip } from './Chip.tsx';

const filters: readonly { readonly id: TreeFilter; readonly label: string; readonly hint: string }[] = [
  { id: 'configured', label: 'Configured', hint: 'At least one target has a setting' },
  { id: 'open', label: 'Not configured', hint: 'Has parameters, and no target with a setting' },
  { id: 'failing', label: 'Failing', hint: 'NNI refuses it, or fails when it runs' },
  { id: 'lost', label: 'Lost', hint: 'A sub-config lost a target here to an earlier one' },
];

const selectFilter = (state: ViewState) => state.treeFilter;
const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** Narrows the tree to modules that the list configures, leaves, breaks or decides. Shown once there is a list. */
export function FilterChips({ opened: { tree } }: { readonly opened: OpenedTree }) {
  const chosen = useView(selectFilter);
  const list = useDerived(selectLists)[useView(selectMode)];
  const { setView } = useActions();
  const counts = useMemo(() => (list && list.subConfigs.length > 0 ? countFilters(tree, list) : null), [tree, list]);
  const shown = filters
    .map((filter) => ({ ...filter, count: counts?.[filter.id] ?? 0 }))
    .filter(({ id, count }) => count > 0 || chosen === id);
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-label="Filter by what is set" className="flex shrink-0 gap-1 border-r border-line pr-2">
      {shown.map(({ id, label, hint, count }) => (
        <Chip
          key={id}
          name={`${label}, ${formatQuantity(count, 'module')}`}
          hint={hint}
          pressed={chosen === id}
          onPress={() => setView({ treeFilter: chosen === id ? null : id })}
        >
          {label} <span className="opacity-70">{formatCount(count)}</span>
        </Chip>
      ))}
    </div>
  );
}
