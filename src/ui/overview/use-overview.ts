import { useMemo } from 'react';
import type { Overview, PictureSize } from '../../core/overview/overview.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useReply } from '../shared/use-reply.ts';
import { useDerived, useView } from '../shared/use-app.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** The overview of the list as resolved last. The previous one stays until a new one is there; `null` before the first. */
export function useOverview(pictureBy: PictureSize = 'parameters'): Overview | null {
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const question = useMemo(() => list && { request: { mode, pictureBy }, about: list }, [mode, pictureBy, list]);
  const reply = useReply('overview', question);
  return reply?.value.mode === mode ? reply.value : null;
}
