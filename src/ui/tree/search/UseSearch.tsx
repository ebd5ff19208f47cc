import type { ViewState } from '../../../store/view-store.ts';
import { Button } from '../../shared/Button.tsx';
import { startWith } from '../../../core/presets/start-config.ts';
import { useActions, useIsReadOnly, useStores, useView } from '../../shared/use-app.ts';
import { searchSelectors } from './search-selectors.ts';

const selectText = (state: ViewState) => state.searchText;
const selectBy = (state: ViewState) => state.searchBy;
const selectType = (state: ViewState) => state.searchType;

/** Makes a sub-config that selects the finds of the search. */
export function UseSearch() {
  const selectors = searchSelectors(useView(selectText), useView(selectBy), useView(selectType));
  const { addSubConfig, setView } = useActions();
  const { view } = useStores();
  const isReadOnly = useIsReadOnly();
  if (selectors === null || isReadOnly) return null;
  return (
    <Button
      kind="plain"
      size="small"
      title="Make a sub-config of the modules that the search finds"
      onClick={() => {
        addSubConfig(startWith(view.getState().mode, selectors));
        setView({ searchText: '', searchType: null });
      }}
    >
      Use as selector
    </Button>
  );
}
