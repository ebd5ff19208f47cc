import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { ViewState } from '../../../store/view-store.ts';
import { IconButton } from '../../shared/Button.tsx';
import { earlyActions } from '../../actions/early-actions.ts';
import { keysOf } from '../../actions/page-action.ts';
import { useActions, useStores, useView } from '../../shared/use-app.ts';
import { stepToHit } from './search-hits.ts';
import { whenFound } from './when-found.ts';

export const searchBoxId = 'search-modules';
const selectSearchBy = (state: ViewState) => state.searchBy;
const selectSearchText = (state: ViewState) => state.searchText;

/** Searches names and types. Enter moves from match to match, the down arrow into the tree. */
export function SearchBox() {
  const text = useView(selectSearchText);
  const by = useView(selectSearchBy);
  const { setView, revealModule } = useActions();
  const { view, derived } = useStores();
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setView({ searchText: '' });
    else if (event.key === 'Enter') {
      const step = event.shiftKey ? -1 : 1;
      whenFound(derived, view, ({ matches }) => {
        const hit = matches && stepToHit(matches, view.getState().focus[0], step);
        if (hit !== null) revealModule(hit);
      });
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[role=tree]')?.focus();
    }
  };
  return (
    <div className="relative min-w-0 flex-1">
      <Search size={14} className="pointer-events-none absolute top-[7px] left-2 text-faint" aria-hidden="true" />
      <input
        id={searchBoxId}
        type="search"
        value={text}
        aria-label="Search modules"
        placeholder={by === 'text' ? 'Name or type' : 'Try a Python pattern'}
        title={`Enter: next match, Shift+Enter: previous (${keysOf(earlyActions.search)})`}
        spellCheck={false}
        onChange={(event) => setView({ searchText: event.target.value })}
        onKeyDown={press}
        className="h-7 w-full text-ellipsis rounded border border-line bg-surface pr-7 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <span className="absolute top-0.5 right-0.5">
          <IconButton
            size="small"
            label="Clear the search"
            icon={<X size={12} />}
            onClick={() => {
              setView({ searchText: '' });
              document.getElementById(searchBoxId)?.focus();
            }}
          />
        </span>
      )}
    </div>
  );
}
