import { useMemo } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useView } from '../shared/use-app.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { Chip } from './Chip.tsx';

const selectSearchType = (state: ViewState) => state.searchType;

/** The types of the model with their counts, the commonest first; one filters the tree. */
export function TypeChips({ opened: { tree, typeCounts } }: { readonly opened: OpenedTree }) {
  const chosen = useView(selectSearchType);
  const { setView } = useActions();
  const types = useMemo(() => {
    return tree.types
      .map((type, id) => ({ type, count: typeCounts[id] ?? 0 }))
      .filter(({ type }) => type !== '')
      .toSorted((a, b) => b.count - a.count);
  }, [tree, typeCounts]);
  if (types.length === 0) return null;
  return (
    <div role="group" aria-label="Filter by type" className="flex shrink-0 gap-1">
      {types.map(({ type, count }) => (
        <Chip
          key={type}
          name={`${type}, ${formatQuantity(count, 'module')}`}
          pressed={chosen === type}
          onPress={() => setView({ searchType: chosen === type ? null : type })}
        >
          {type} <span className="opacity-70">{formatCount(count)}</span>
        </Chip>
      ))}
    </div>
  );
}
