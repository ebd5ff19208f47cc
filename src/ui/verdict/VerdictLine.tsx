import { useDeferredValue } from 'react';
import type { ListView } from '../../worker/list-protocol.ts';
import { useActions } from '../shared/use-app.ts';
import { useProblemPlaces } from '../shared/use-problem-places.ts';
import { showVerdict, type ShownState } from './shown-verdict.ts';
import { VerdictIcon } from './VerdictIcon.tsx';
import { useNumberOf } from '../shared/use-number-of.ts';

const tones: Readonly<Record<ShownState, string>> = {
  refused: 'text-refused font-medium',
  'fails-when-it-runs': 'text-later font-medium',
  'runs-with-warnings': 'text-silent',
  ready: 'text-text',
  empty: 'text-muted',
};

/** The one verdict on the list in one line; a press opens the problems and goes to the first. */
export function VerdictLine({ list }: { readonly list: ListView }) {
  const { setView } = useActions();
  const { goToCard } = useProblemPlaces();
  const { state, text, first, exception } = showVerdict(useDeferredValue(list), useNumberOf());
  const words = (
    <>
      <VerdictIcon state={state} />
      <span className="min-w-0 truncate">{text}</span>
    </>
  );
  return (
    <div role="status" aria-label="Verdict" className="flex min-w-0 flex-1 justify-end max-sm:basis-full max-sm:justify-start max-sm:pb-1.5 max-sm:pl-3">
      {first === null ? (
        <span className={`flex min-w-0 items-center gap-1.5 ${tones[state]}`}>{words}</span>
      ) : (
        <button
          type="button"
          title={`${text}${exception === null ? '' : `\n${exception}`}\nGo to the place`}
          onClick={() => {
            setView({ problemsOpen: true });
            goToCard(first);
          }}
          className={`flex min-w-0 items-center gap-1.5 rounded hover:underline ${tones[state]}`}
        >
          {words}
        </button>
      )}
    </div>
  );
}
