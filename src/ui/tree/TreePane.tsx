import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useMemo } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { EmptyState } from '../shared/EmptyState.tsx';
import type { OpenedTree } from '../../worker/protocol.ts';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useIsPainted } from '../shared/use-is-painted.ts';
import { useActions, useDerived, useIsReadOnly, useView } from '../shared/use-app.ts';
import { columnNeeds, columnStyle } from './column-needs.ts';
import { ModuleTreeView } from './ModuleTreeView.tsx';
import { SearchBox } from './search/SearchBox.tsx';
import { SearchKindSelect } from './search/SearchKindSelect.tsx';
import { TreeHeadings } from './TreeHeadings.tsx';
import { TypeChips } from './TypeChips.tsx';
import { useMultiplyAdds } from './use-multiply-adds.ts';
import { openEverything } from './rows/visible-rows.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';

const SearchProblemLine = lazyPart(async () => (await import('./search/SearchProblemLine.tsx')).SearchProblemLine);
const FilterChips = lazyPart(async () => (await import('./FilterChips.tsx')).FilterChips);
const TreeStatus = lazyPart(async () => (await import('./TreeStatus.tsx')).TreeStatus);
const SelectionBar = lazyPart(async () => (await import('./SelectionBar.tsx')).SelectionBar);

const selectStudent = (state: DerivedState) => state.student;
const selectMatches = (state: DerivedState) => state.matches;
const selectHasProblem = (state: DerivedState) => state.searchProblem !== null;
const selectSearchBy = (state: ViewState) => state.searchBy;
const selectChosen = (state: ViewState) => state.focus.length > 0 || state.proposing !== null;
const selectIsFiltered = (state: ViewState) => state.treeFilter !== null;

/** The model as a tree, with search and a filter by type. */
export function TreePane() {
  const student = useDerived(selectStudent);
  const matches = useDerived(selectMatches);
  const hasProblem = useDerived(selectHasProblem);
  const by = useView(selectSearchBy);
  const chosen = useView(selectChosen);
  const isReadOnly = useIsReadOnly();
  const isFiltered = useView(selectIsFiltered);
  const { setView } = useActions();
  const multiplyAdds = useMultiplyAdds(student?.tree ?? null);
  const columns = useMemo(() => student && columnStyle(columnNeeds(student.tree, student.runs)), [student]);
  if (!student) return null;
  // A list of names: there is nothing to show in the columns of shapes and parameters.
  const hasSizes = student.parameterSums.at(-1) !== 0;
  const clear = () => setView({ searchText: '', searchType: null, treeFilter: null });
  return (
    <>
      <div className="tree-tools">
        <div className="flex items-center gap-1 px-2 pt-2">
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
        <div
          // A wheel that turns one way only reaches the chips at the end, too.
          onWheel={({ currentTarget, deltaX, deltaY }) => deltaX === 0 && currentTarget.scrollBy({ left: deltaY })}
          // The browser leaves a chip that is half in sight where it is.
          onFocus={({ target }) => target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
          className="tree-chips flex shrink-0 scroll-px-7 gap-2 overflow-x-auto pt-1 pr-6 pb-1.5 pl-2 [scrollbar-width:none]"
        >
          <LatePart part="The filters">
            <LateFilterChips opened={student} />
          </LatePart>
          <TypeChips opened={student} />
        </div>
      </div>
      <LatePart part="The error of the search">{hasProblem && <SearchProblemLine />}</LatePart>
      {matches?.length === 0 ? (
        <EmptyState title="No module found" actions={<Button onClick={clear}>Clear the search</Button>}>
          {isFiltered
            ? 'No module is in this state.'
            : by === 'text'
              ? 'The search looks for a part of a name or of a type. Choose re.match next to it to try a pattern.'
              : `No name is matched by re.${by}.`}
        </EmptyState>
      ) : (
        <div style={columns ?? undefined} className={`@container/tree flex min-h-0 flex-1 flex-col ${multiplyAdds ? 'with-multiply-adds' : hasSizes ? '' : 'without-sizes'}`}>
          <TreeHeadings hasMultiplyAdds={multiplyAdds !== null} />
          <ModuleTreeView key={student.reference.digest} opened={student} matches={matches} multiplyAdds={multiplyAdds} />
        </div>
      )}
      {matches?.length === 0 && <span className="flex-1" />}
      <LatePart part="The bar of the chosen modules">{chosen && !isReadOnly && <SelectionBar />}</LatePart>
      <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-1 border-t border-line py-1 pr-1 pl-3 text-xs text-muted">
        <LatePart part="The line below the model">
          <LateTreeStatus opened={student} />
        </LatePart>
      </div>
    </>
  );
}

/** The rows are painted before the line below them. */
function LateTreeStatus({ opened }: { readonly opened: OpenedTree }) {
  return useIsPainted() && <TreeStatus opened={opened} />;
}

/** The effect of the list is known only after the tree is painted. */
function LateFilterChips({ opened }: { readonly opened: OpenedTree }) {
  return useIsPainted() && <FilterChips opened={opened} />;
}
