import type { DerivedState, DerivedStore } from '../../../store/derived-store.ts';
import type { ViewStore } from '../../../store/view-store.ts';

/** Acts on the matches of the search: at once, or, where a key was faster than they were found, as soon as they are. Not at all when another text is typed first. */
export function whenFound(derived: DerivedStore, view: ViewStore, act: (found: DerivedState) => void): void {
  if (!derived.getState().isSearching) {
    act(derived.getState());
    return;
  }
  const { searchText } = view.getState();
  const stop = derived.subscribe((state) => {
    if (state.isSearching) return;
    stop();
    if (view.getState().searchText === searchText) act(state);
  });
}
