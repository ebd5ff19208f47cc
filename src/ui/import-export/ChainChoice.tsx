import { ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import { writeAlgorithm } from '../../core/algorithms/algorithm.ts';
import { usualChain } from '../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../core/config/mode.ts';
import { modesInUse } from '../../core/plan/plan-script.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import { IconButton } from '../shared/Button.tsx';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { useReply } from '../shared/use-reply.ts';
import { useActions, useDerived, useDocument } from '../shared/use-app.ts';
import { wordChain, type ChainNote } from './word-chain.ts';

const selectLists = (state: DerivedState) => state.lists;

/** Whether the script runs one list, or all lists of the plan on one model; then in which order, and the effects of the lists on each other. */
export function ChainChoice({ mode, isChain, onChain }: {
  readonly mode: Mode;
  readonly isChain: boolean;
  readonly onChain: (isChain: boolean) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5 rounded border border-line px-3 py-2">
      <legend className="px-1 text-muted">What the script runs</legend>
      <label className="flex items-center gap-2">
        <input type="radio" name="chain" checked={!isChain} onChange={() => onChain(false)} className="accent-current" />
        The {mode} list alone
      </label>
      <label className="flex items-center gap-2">
        <input type="radio" name="chain" checked={isChain} onChange={() => onChain(true)} className="accent-current" />
        All lists on one model, one after the other
      </label>
      {isChain && <ChainOrder />}
    </fieldset>
  );
}

function ChainOrder() {
  const plan = useDocument(selectPlan);
  const { edit } = useActions();
  const used = modesInUse(plan);
  const notes = useChainNotes(used);
  const moveUp = (at: number) => {
    const moved = used.toSpliced(at - 1, 2, used[at]!, used[at - 1]!);
    edit({ type: 'set-chain', chain: [...moved, ...usualChain.filter((mode) => !moved.includes(mode))] });
  };
  return (
    <>
      <ol aria-label="Order of the lists" className="flex flex-col gap-0.5">
        {used.map((mode, at) => (
          <li key={mode} className="flex items-center gap-2">
            <span className="w-4 text-right text-muted">{at + 1}</span>
            <span>{mode}</span>
            <span className="min-w-0 truncate font-mono text-xs text-muted">{writeAlgorithm(plan.algorithms[mode].algorithm)}</span>
            {at > 0 && <IconButton size="small" label={`Move ${mode} up`} icon={<ArrowUp size={12} />} onClick={() => moveUp(at)} />}
          </li>
        ))}
      </ol>
      {notes.length > 0 && (
        <ul aria-label="Effects of the lists on each other" className="flex flex-col gap-0.5 text-xs">
          {notes.map(({ sentence, fails }) => (
            <li key={sentence} className="flex items-start gap-1.5">
              <SeverityIcon severity={fails ? 'later' : 'silent'} />
              <span className="min-w-0 [overflow-wrap:anywhere]">{sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function useChainNotes(used: readonly Mode[]): readonly ChainNote[] {
  const lists = useDerived(selectLists);
  const order = used.join();
  const question = useMemo(() => {
    const modes = order.split(',').flatMap((name) => usualChain.filter((mode) => mode === name));
    return modes.every((mode) => lists[mode] !== null) ? { request: { modes }, about: lists } : null;
  }, [lists, order]);
  const reply = useReply('survey-chain', question);
  return useMemo(() => (reply ? wordChain(reply.value) : []), [reply]);
}
