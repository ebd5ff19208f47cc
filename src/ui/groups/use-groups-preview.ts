import { useEffect, useMemo, useState } from 'react';
import type { GroupsPreview, PreviewForm } from '../../core/checks/preview-groups.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import { useDerived, useDocument, useEngine } from '../shared/use-app.ts';

export type GroupsState =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed' }
  | { readonly type: 'ready'; readonly preview: GroupsPreview };

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectPlan = (state: DocumentState) => state.history.present;
const waiting: GroupsState = { type: 'waiting' };

/** The sets of the model and the new pruning list; requested again when the list or a choice changes. */
export function useGroupsPreview(form: PreviewForm, leavesOut: boolean): GroupsState {
  const engine = useEngine();
  const tree = useDerived(selectTree);
  const { lists, templates, python } = useDocument(selectPlan);
  const request = useMemo(() => {
    const list = lists.pruning.filter(({ enabled }) => enabled).map(({ config }) => config);
    return { tree, list, templates, python, form, leavesOut };
  }, [tree, lists, templates, python, form, leavesOut]);
  const [answer, setAnswer] = useState<{ readonly to: unknown; readonly state: GroupsState } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const { tree: _, ...asked } = request;
    void engine.call('preview-groups', asked).then((result) => {
      if (isCurrent) setAnswer({ to: request, state: result.ok ? { type: 'ready', preview: result.value } : { type: 'failed' } });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, request]);
  return answer?.to === request ? answer.state : waiting;
}
