import { useMemo } from 'react';
import type { DerivedState } from '../../../../store/derived-store.ts';
import { FixButton } from '../../../shared/FixButton.tsx';
import { useDerived } from '../../../shared/use-app.ts';
import { useReply } from '../../../shared/use-reply.ts';
import { useCard } from '../../card/card-context.ts';

const selectList = (state: DerivedState) => state.lists.distillation;
const selectIds = (state: DerivedState) => state.listIds.distillation;
const selectTeacher = (state: DerivedState) => state.teacher;

/** Links of all modules of the sub-config at once, where a deeper teacher makes them plain. */
export function LinkOffers() {
  const { id } = useCard();
  const list = useDerived(selectList);
  const place = useDerived(selectIds).indexOf(id);
  const teacher = useDerived(selectTeacher);
  const question = useMemo(() => (list && teacher && place >= 0 ? { request: { subConfig: place }, about: list } : null), [list, teacher, place]);
  const reply = useReply('offer-links', question);
  // Places of an older list would be those of other sub-configs.
  if (reply === null || reply.question !== question) return null;
  return reply.value.map((fix) => (
    <div key={fix.code} className="flex min-w-0">
      <FixButton fix={fix} kind="plain" />
    </div>
  ));
}
