import { useMemo } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import { useReply } from '../shared/use-reply.ts';
import { useDerived } from '../shared/use-app.ts';
import { orderLinks, type OrderedLinks } from './link-order.ts';

const selectList = (state: DerivedState) => state.lists.distillation;
const selectTeacher = (state: DerivedState) => state.teacher ?? state.student;

/** The links of the distillation list as resolved last; `null` until they are known. The previous ones stay until then. */
export function useLinks(): OrderedLinks | null {
  const list = useDerived(selectList);
  const teacher = useDerived(selectTeacher);
  const question = useMemo(() => list && { request: {}, about: { list, teacher } }, [list, teacher]);
  const reply = useReply('survey-links', question);
  const links = useMemo(() => reply && orderLinks(reply.value), [reply]);
  return reply?.question.about.teacher === teacher ? links : null;
}
