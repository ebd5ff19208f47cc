import { useMemo } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import type { ViewState } from '../../store/view-store.ts';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useView } from '../shared/use-app.ts';
import type { OpenedTree } from '../../worker/protocol.ts';

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
    <div
      role="group"
      aria-label="Filter by type"
      className="flex shrink-0 gap-1 overflow-x-auto px-2 pb-1.5 [scrollbar-width:none]"
    >
      {types.map(({ type, count }) => (
        <button
          key={type}
          type="button"
          aria-pressed={chosen === type}
          aria-label={`${type}, ${formatQuantity(count, 'module')}`}
          onClick={() => setView({ searchType: chosen === type ? null : type })}
          className="flex h-6 shrink-0 items-center gap-1 rounded-full border border-line px-2 text-xs hover:bg-hover aria-pressed:border-inverse aria-pressed:bg-inverse aria-pressed:text-inverse-text"
        >
          {type}
          <span className="opacity-70">{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}
