import { ArrowDown } from 'lucide-react';
import type { ViewState } from '../../store/view-store.ts';
import { useActions, useView } from '../shared/use-app.ts';

const selectSorted = (state: ViewState) => state.sortedBySize;

/** The headings of the tree's columns; the one of parameters orders siblings by size. */
export function TreeHeadings() {
  const sorted = useView(selectSorted);
  const { setView } = useActions();
  return (
    <div className="tree-columns h-6 shrink-0 items-center border-b border-line pr-2 text-xs text-muted">
      <span />
      <span aria-hidden="true" className="pl-5">
        Name
      </span>
      <span aria-hidden="true">Type</span>
      <span aria-hidden="true" className="tree-shape text-right">
        Shape
      </span>
      <button
        type="button"
        aria-pressed={sorted}
        aria-label="Sort siblings by parameters"
        title={sorted ? 'Back to the order of the model' : 'Sort siblings by parameters, the largest first'}
        onClick={() => setView({ sortedBySize: !sorted })}
        className="-mx-1 flex h-5 items-center justify-end gap-0.5 rounded px-1 hover:bg-hover hover:text-text aria-pressed:bg-chosen aria-pressed:font-medium aria-pressed:text-text"
      >
        {sorted && <ArrowDown size={12} aria-hidden="true" />}
        {sorted ? 'Par.' : 'Params'}
      </button>
      <span />
    </div>
  );
}
