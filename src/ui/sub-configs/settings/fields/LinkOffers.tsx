import { createContext, use, useMemo, type ReactNode } from 'react';
import { fixKey, type Fix } from '../../../../core/diagnostics/fix.ts';
import type { DerivedState } from '../../../../store/derived-store.ts';
import { FixButton } from '../../../shared/FixButton.tsx';
import { useDerived } from '../../../shared/use-app.ts';
import { useReply } from '../../../shared/use-reply.ts';
import { useCard } from '../../card/card-context.ts';

const selectList = (state: DerivedState) => state.lists.distillation;
const selectIds = (state: DerivedState) => state.listIds.distillation;
const selectTeacher = (state: DerivedState) => state.teacher;

const none: ReadonlyMap<string, readonly Fix[]> = new Map();
const OffersContext = createContext(none);

/** Asks once for the links of all cards, where there is a teacher. */
export function LinkOffersProvider({ children }: { readonly children: ReactNode }) {
  const list = useDerived(selectList);
  const ids = useDerived(selectIds);
  const teacher = useDerived(selectTeacher);
  const question = useMemo(() => (list && teacher ? { request: {}, about: list } : null), [list, teacher]);
  const reply = useReply('offer-links', question);
  const offers = useMemo(() => {
    // Places of an older list would be those of other sub-configs.
    if (reply === null || reply.question !== question) return none;
    return new Map([...reply.value].flatMap(([place, fixes]) => (ids[place] === undefined ? [] : [[ids[place], fixes]])));
  }, [reply, question, ids]);
  return <OffersContext value={offers}>{children}</OffersContext>;
}

/** Links of all modules of the sub-config at once, where a deeper teacher makes them plain. */
export function LinkOffers() {
  const { id, findings } = useCard();
  // A finding of the card offers it, too, while a link is missing.
  const offers = use(OffersContext).get(id)?.filter((fix) => !findings.fixes.has(fixKey(fix)));
  return offers?.map((fix) => (
    <div key={fix.code} className="flex min-w-0">
      <FixButton fix={fix} kind="plain" />
    </div>
  ));
}
