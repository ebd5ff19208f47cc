import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { Suspense } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { EmptyState } from '../shared/EmptyState.tsx';
import { formatQuantity } from '../shared/format.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useActions, useDerived, useIsReadOnly, useView } from '../shared/use-app.ts';
import { ModuleTreeView } from './ModuleTreeView.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SearchKindSelect } from './SearchKindSelect.tsx';
import { TypeChips } from './TypeChips.tsx';
import { openEverything } from './visible-rows.ts';

const SearchProblemLine = lazyPart(async () => (await import('./SearchProblemLine.tsx')).SearchProblemLine);
const SelectionBar = lazyPart(async () => (await import('./SelectionBar.tsx')).SelectionBar);

const selectStudent = (state: DerivedState) => state.student;
const selectMatches = (state: DerivedState) => state.matches;
const selectHasProblem = (state: DerivedState) => state.searchProblem !== null;
const selectSearchBy = (state: ViewState) => state.searchBy;
const selectChosen = (state: ViewState) => state.focus.length > 0 || state.proposing !== null;
const selectFirstFocus = (state: ViewState) => state.focus[0];

/** The model as a tree, with search and a filter by type. */
export function TreePane() {
  const student = useDerived(selectStudent);
  const matches = useDerived(selectMatches);
  const hasProblem = useDerived(selectHasProblem);
  const by = useView(selectSearchBy);
  const chosen = useView(selectChosen);
  const isReadOnly = useIsReadOnly();
  const { setView } = useActions();
  if (!student) return null;
  const clear = () => setView({ searchText: '', searchType: null });
  return (
    <>
      <div className="flex items-center gap-1 px-2 pt-2 pb-1">
        <SearchKindSelect />
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
      <TypeChips opened={student} />
      <Suspense>{hasProblem && <SearchProblemLine />}</Suspense>
      {matches !== null && (
        <FoundCount matches={matches} />
      )}
      {matches?.length === 0 ? (
        <EmptyState title="No module found" actions={<Button onClick={clear}>Clear the search</Button>}>
          {by === 'text'
            ? 'The search looks for a part of a name or of a type; beside it, choose re.match to try a pattern.'
            : `No name is matched by re.${by}.`}
        </EmptyState>
      ) : (
        <ModuleTreeView key={student.reference.digest} opened={student} matches={matches} />
      )}
      <Suspense>{chosen && !isReadOnly && <SelectionBar />}</Suspense>
    </>
  );
}

function FoundCount({ matches }: { readonly matches: Uint32Array }) {
  const { focusModules } = useActions();
  const focus = useView(selectFirstFocus);
  const at = focus === undefined ? -1 : matches.indexOf(focus);
  return (
    <div className="flex items-center gap-2 pr-2 pb-1 pl-3 text-xs text-muted">
      <p role="status" className="flex-1">
        {at >= 0 && `${formatCount(at + 1)} of `}
        {formatQuantity(matches.length, 'module')} found
      </p>
      {matches.length > 0 && (
        <Button kind="plain" size="small" title="In the tree: Ctrl+A" onClick={() => focusModules([...matches])}>
          Choose all
        </Button>
      )}
    </div>
  );
}
