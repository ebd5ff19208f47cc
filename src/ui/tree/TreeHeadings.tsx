import { ArrowDown } from 'lucide-react';
import type { ViewState } from '../../store/view-store.ts';
import { useActions, useView } from '../shared/use-app.ts';

const selectBySize = (state: ViewState) => state.sortedBySize;
const selectByMultiplyAdds = (state: ViewState) => state.sortedByMultiplyAdds;

/** The headings of the tree's columns; the headings of parameters and multiply-adds order siblings. */
export function TreeHeadings({ hasMultiplyAdds }: { readonly hasMultiplyAdds: boolean }) {
  const isBySize = useView(selectBySize);
  const isByMultiplyAdds = useView(selectByMultiplyAdds) && hasMultiplyAdds;
  const { setView } = useActions();
  return (
    <div className="tree-columns scrollbar-room h-6 shrink-0 items-center overflow-hidden border-b border-line pr-2 text-xs text-muted">
      <span />
      <span aria-hidden="true" className="pl-5">
        Name
      </span>
      <span aria-hidden="true">Type</span>
      <span aria-hidden="true" className="tree-shape text-right">
        Shape
      </span>
      <SortButton
        of="parameters"
        word="Params"
        short="Par."
        sorted={isBySize}
        onPress={() => setView({ sortedBySize: !isBySize, sortedByMultiplyAdds: false })}
      />
      {hasMultiplyAdds && (
        <SortButton
          of="multiply-adds"
          word="MACs"
          short="MACs"
          sorted={isByMultiplyAdds}
          onPress={() => setView({ sortedByMultiplyAdds: !isByMultiplyAdds, sortedBySize: false })}
        />
      )}
      <span />
    </div>
  );
}

/** The heading of a column of numbers. */
function SortButton({ of, word, short, sorted, onPress }: {
  readonly of: string;
  readonly word: string;
  /** The short form of `word` next to the arrow. */
  readonly short: string;
  readonly sorted: boolean;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={sorted}
      aria-label={`Sort siblings by ${of}`}
      title={sorted ? 'Back to the order of the model' : `Sort siblings by ${of}, the largest first`}
      onClick={onPress}
      className={`${of === 'parameters' ? 'tree-params' : ''} -mx-1 flex items-center self-stretch justify-end gap-0.5 rounded px-1 -outline-offset-2 whitespace-nowrap hover:bg-hover hover:text-text aria-pressed:bg-chosen aria-pressed:font-medium aria-pressed:text-text`}
    >
      {sorted && <ArrowDown size={12} aria-hidden="true" />}
      {sorted ? short : word}
    </button>
  );
}
