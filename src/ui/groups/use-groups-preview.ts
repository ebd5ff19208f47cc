import { useMemo } from 'react';
import type { GroupsPreview, PreviewForm } from '../../core/checks/preview-groups.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import { useAnswer, type AnswerState } from '../shared/use-answer.ts';
import { useDerived, useDocument } from '../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectPlan = (state: DocumentState) => state.history.present;

/** The sets of the model and the new pruning list; requested again when the list or a choice changes. */
export function useGroupsPreview(form: PreviewForm, leavesOut: boolean): AnswerState<GroupsPreview> {
  const tree = useDerived(selectTree);
  const { lists, templates, python } = useDocument(selectPlan);
  const request = useMemo(() => {
    const list = lists.pruning.filter(({ enabled }) => enabled).map(({ config }) => config);
    return { list, templates, python, form, leavesOut };
  }, [lists, templates, python, form, leavesOut]);
  return useAnswer('preview-groups', request, tree);
}
