import type { DerivedState } from '../../../../store/derived-store.ts';
import { useAnswer, type AnswerState } from '../../../shared/use-answer.ts';
import { useDerived } from '../../../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const noRequest = {};

/** The chains of modules that can be fused, from the data flow; null without a graph. */
export function useFusionChains(): AnswerState<readonly (readonly number[])[] | null> {
  const tree = useDerived(selectTree);
  const hasGraph = tree !== null && tree.graph !== null;
  const state = useAnswer('fusion-chains', hasGraph ? noRequest : null, tree);
  return hasGraph ? state : { type: 'ready', answer: null };
}
