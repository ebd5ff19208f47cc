import { ChevronsDownUp, ChevronsUpDown, Search, X } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { EmptyState } from '../shared/EmptyState.tsx';
import { formatCount, formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { ModuleTreeView } from './ModuleTreeView.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TypeChips } from './TypeChips.tsx';
import { mostMatches, openEverything } from './visible-rows.ts';

const selectStudent = (state: DerivedState) => state.student;
const selectMatches = (state: DerivedState) => state.matches;
const selectSearchText = (state: ViewState) => state.searchText;

/** The model as a tree, with search and a filter by type. */
export function TreePane() {
  const student = useDerived(selectStudent);
  const matches = useDerived(selectMatches);
  const { setView } = useActions();
  if (!student) return null;
  const clear = () => setView({ searchText: '', searchType: null });
  return (
    <>
      <div className="flex items-center gap-1 px-2 pt-2 pb-1">
        <SearchBox />
        <IconButton
          label="Expand all"
          icon={<ChevronsUpDown size={14} />}
          onClick={() => setView({ openModules: openEverything(student.tree, student.runs) })}
        />
        <IconButton
          label="Collapse all"
          icon={<ChevronsDownUp size={14} />}
          onClick={() => setView({ openModules: new Set([0]), openRuns: new Set() })}
        />
      </div>
      <TypeChips tree={student.tree} />
      {matches !== null && (
        <p role="status" className="px-3 pb-1 text-xs text-muted">
          {formatQuantity(matches.length, 'module')} found
          {matches.length > mostMatches && `, the first ${formatCount(mostMatches)} are listed`}
        </p>
      )}
      {matches?.length === 0 ? (
        <EmptyState title="No module found" actions={<Button onClick={clear}>Clear the search</Button>}>
          The search looks for a part of a name or of a type. Patterns are tried in a sub-config.
        </EmptyState>
      ) : (
        <ModuleTreeView key={student.reference.digest} opened={student} />
      )}
      <SelectionBar />
    </>
  );
}

function SearchBox() {
  const text = useView(selectSearchText);
  const { setView } = useActions();
  return (
    <div className="relative min-w-0 flex-1">
      <Search size={14} className="pointer-events-none absolute top-1.5 left-2 text-faint" aria-hidden="true" />
      <input
        id="search-modules"
        type="search"
        value={text}
        aria-label="Search modules"
        placeholder="Search names and types"
        spellCheck={false}
        onChange={(event) => setView({ searchText: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setView({ searchText: '' });
        }}
        className="h-7 w-full rounded border border-line bg-surface pr-7 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <span className="absolute top-0.5 right-0.5">
          <IconButton size="small" label="Clear the search" icon={<X size={12} />} onClick={() => setView({ searchText: '' })} />
        </span>
      )}
    </div>
  );
}
