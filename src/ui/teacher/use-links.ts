import { useEffect, useState } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import { useDerived, useEngine } from '../shared/use-app.ts';
import { useNotFetched } from '../shared/late-parts/use-not-fetched.ts';
import { orderLinks, type OrderedLinks } from './link-order.ts';

const selectList = (state: DerivedState) => state.lists.distillation;
const selectTeacher = (state: DerivedState) => state.teacher ?? state.student;

interface Answer {
  readonly of: unknown;
  readonly links: OrderedLinks | null;
}

/** The links of the distillation list as resolved last; `null` until they are known. The ones before stand until then. */
export function useLinks(): OrderedLinks | null {
  const engine = useEngine();
  const tellNotFetched = useNotFetched();
  const list = useDerived(selectList);
  const teacher = useDerived(selectTeacher);
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (list === null) return undefined;
    let isCurrent = true;
    void engine.call('survey-links', {}).then((result) => {
      if (!isCurrent) return;
      if (!result.ok) tellNotFetched(result.error);
      setAnswer({ of: teacher, links: result.ok ? orderLinks(result.value) : null });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tellNotFetched, list, teacher]);
  return answer !== null && answer.of === teacher ? answer.links : null;
}
