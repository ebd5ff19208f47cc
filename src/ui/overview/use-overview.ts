import { useEffect, useState } from 'react';
import type { Overview, PictureSize } from '../../core/overview/overview.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useEngine, useView } from '../shared/use-app.ts';
import { useNotFetched } from '../shared/late-parts/use-not-fetched.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** The overview of the list as resolved last; `null` until the first has come, the one before while one is made. */
export function useOverview(pictureBy: PictureSize = 'parameters'): Overview | null {
  const engine = useEngine();
  const tellNotFetched = useNotFetched();
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const [overview, setOverview] = useState<Overview | null>(null);
  useEffect(() => {
    if (!list) return undefined;
    let isCurrent = true;
    void engine.call('overview', { mode, pictureBy }).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setOverview(result.value);
      else tellNotFetched(result.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tellNotFetched, mode, list, pictureBy]);
  return overview?.mode === mode ? overview : null;
}
