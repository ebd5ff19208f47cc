import { Wrench } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../core/checks/finding.ts';
import { exportedList } from '../../core/plan/export-list.ts';
import { repairEdits } from '../../core/plan/repair-edits.ts';
import { assertionsOfList } from '../../core/checks/check-assertions.ts';
import { intendedOfList } from '../../core/checks/intended.ts';
import { selectPlan } from '../../store/document-store.ts';
import { formatQuantity } from '../../core/text/format-count.ts';
import { Button } from '../shared/Button.tsx';
import { useActions, useEngine, useIsReadOnly, useStores } from '../shared/use-app.ts';

/** Applies every fix that settles something, as one undo step, and says how many there were. */
export function FixAll({ findings }: { readonly findings: readonly Finding[] }) {
  const engine = useEngine();
  const { edit } = useActions();
  const { document, view } = useStores();
  const isReadOnly = useIsReadOnly();
  const [done, setDone] = useState('');
  const fixable = findings.filter(({ fixes, intended }) => intended !== true && fixes.length > 0).length;
  const fixAll = async () => {
    const { mode } = view.getState();
    const plan = selectPlan(document.getState());
    const result = await engine.call('repair-list', {
      mode,
      list: exportedList(plan.lists[mode]),
      templates: plan.templates,
      python: plan.python,
      algorithm: plan.algorithms[mode],
      assertions: assertionsOfList(plan, mode),
      intended: intendedOfList(plan, mode),
    });
    if (!result.ok) {
      const reason = result.error.type === 'not-fetched' ? 'a part of this page could not be fetched' : 'the engine did not answer';
      setDone(`Nothing was fixed: ${reason}. Try again.`);
      return;
    }
    // If the list has changed in the meantime, the repair belongs to an older list.
    if (selectPlan(document.getState()) !== plan) return;
    const { repairs, moves } = result.value;
    const fixes = repairs + moves.length;
    if (fixes > 0) edit(repairEdits(plan, mode, result.value));
    setDone(fixes > 0 ? `${formatQuantity(fixes, 'fix', 'fixes')} applied.` : 'Nothing here can be fixed without a choice of yours.');
  };
  if (isReadOnly) return null;
  return (
    <>
      <span role="status" aria-label="Fixes" className="text-xs text-muted">
        {done}
      </span>
      {fixable > 1 && (
        <Button size="small" icon={<Wrench size={12} />} onClick={() => void fixAll()}>
          Fix all
        </Button>
      )}
    </>
  );
}
