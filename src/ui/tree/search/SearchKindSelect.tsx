import type { ViewState } from '../../../store/view-store.ts';
import type { SearchKind } from '../../../worker/protocol.ts';
import { useActions, useView } from '../../shared/use-app.ts';

const selectKind = (state: ViewState) => state.searchBy;

const kinds: readonly { readonly id: SearchKind; readonly label: string }[] = [
  { id: 'text', label: 'Text' },
  { id: 'match', label: 're.match' },
  { id: 'search', label: 're.search' },
  { id: 'fullmatch', label: 're.fullmatch' },
];

/** Whether the search looks for a text, or tries a pattern by a function of Python's `re`. NNI uses `re.match`. */
export function SearchKindSelect() {
  const kind = useView(selectKind);
  const { setView } = useActions();
  return (
    <select
      aria-label="Search by"
      title="A part of a name or type, or a Python pattern. NNI calls re.match."
      value={kind}
      onChange={(event) => setView({ searchBy: event.target.value as SearchKind })}
      className="h-7 w-24 shrink-0 rounded border border-line bg-surface px-1 text-muted hover:bg-hover"
    >
      {kinds.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}
