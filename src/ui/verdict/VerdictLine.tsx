import type { ListView } from '../../worker/list-protocol.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useActions, useView } from '../shared/use-app.ts';
import { useNumberOf } from '../shared/use-number-of.ts';
import type { ShownState } from './shown-verdict.ts';
import { useShownVerdict, useUnfinished, wordUnfinished, type Standing } from './use-shown-verdict.ts';
import type { useTextError } from './use-text-error.ts';
import { VerdictIcon } from './VerdictIcon.tsx';

const tones: Readonly<Record<ShownState, string>> = {
  refused: 'text-refused font-medium',
  'fails-when-it-runs': 'text-later font-medium',
  'assertion-fails': 'text-refused font-medium',
  'runs-with-warnings': 'text-silent',
  'text-broken': 'text-refused font-medium',
  ready: 'text-text',
  empty: 'text-muted',
};

const begun = { state: 'empty', exception: null } as const;
const selectMode = (state: ViewState) => state.mode;

/** The one verdict on the list in one line; a press opens the problems and goes to the first. */
export function VerdictLine({ list, standing, textError }: {
  readonly list: ListView;
  readonly standing: Standing;
  readonly textError: ReturnType<typeof useTextError>;
}) {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const shown = useShownVerdict(mode, list, standing === 'judged', textError);
  const unfinished = useUnfinished(mode, list);
  const numberOf = useNumberOf();
  // An export says at once that NNI refuses it; while it is edited, a new card is no alarm.
  const isBegun = unfinished !== null && shown.first !== null;
  const { state, text, exception, goTo } = isBegun ? { ...shown, ...begun, text: wordUnfinished(unfinished, numberOf) } : shown;
  const words = (
    <>
      <VerdictIcon state={state} />
      <span className="min-w-0 truncate text-left max-sm:line-clamp-2 max-sm:whitespace-normal">{text}</span>
    </>
  );
  return (
    <div role="status" aria-label="Verdict" className="flex min-w-0 flex-1 justify-end max-sm:basis-full max-sm:justify-start max-sm:pb-1.5 max-sm:pl-3">
      {goTo === null ? (
        <span className={`flex min-w-0 items-center gap-1.5 ${tones[state]}`}>{words}</span>
      ) : (
        <button
          type="button"
          title={`${text}${exception === null ? '' : `\n${exception}`}\nGo to the place`}
          onClick={() => {
            if (state !== 'text-broken' && !isBegun) setView({ problemsOpen: true });
            goTo();
          }}
          className={`flex min-w-0 items-center gap-1.5 rounded hover:underline ${tones[state]}`}
        >
          {words}
        </button>
      )}
    </div>
  );
}
