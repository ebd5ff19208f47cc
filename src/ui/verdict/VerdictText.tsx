import type { Mode } from '../../core/config/mode.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { VerdictIcon } from './VerdictIcon.tsx';
import type { ShownState } from './shown-verdict.ts';
import { useIsJudged, useShownVerdict, type VerdictToShow } from './use-shown-verdict.ts';
import { useVerdictAlone } from './use-verdict-alone.ts';

const looks: Readonly<Record<ShownState, string>> = {
  refused: 'border-refused bg-refused-soft text-refused',
  'fails-when-it-runs': 'border-later bg-later-soft text-later',
  'assertion-fails': 'border-refused bg-refused-soft text-refused',
  'runs-with-warnings': 'border-silent bg-silent-soft text-silent',
  'text-broken': 'border-refused bg-refused-soft text-refused',
  ready: 'border-line text-text',
  empty: 'border-line text-muted',
};

const selectLists = (state: DerivedState) => state.lists;

const selectHasModel = (state: DerivedState) => state.student !== null;

/** The verdict in a box, with the way to the first problem; closes the dialog that it is in. */
export function VerdictText({ mode }: { readonly mode: Mode }) {
  return useDerived(selectHasModel) ? <VerdictWithModel mode={mode} /> : <VerdictWithoutModel mode={mode} />;
}

function VerdictWithoutModel({ mode }: { readonly mode: Mode }) {
  return <VerdictBox {...useVerdictAlone(mode)} goTo={null} />;
}

function VerdictWithModel({ mode }: { readonly mode: Mode }) {
  const list = useDerived(selectLists)[mode];
  const textError = useView((state) => state.listTexts[mode]?.problem ?? null);
  return <VerdictBox {...useShownVerdict(mode, list, useIsJudged(mode), textError)} />;
}

function VerdictBox({ state, text, exception, goTo }: Pick<VerdictToShow, 'state' | 'text' | 'exception' | 'goTo'>) {
  const { setView } = useActions();
  return (
    <div role="status" aria-label="Verdict on the export" className={`flex items-start gap-2 rounded border px-2.5 py-1.5 ${looks[state]}`}>
      <span className="pt-[3px]">
        <VerdictIcon state={state} />
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {text}
        {exception !== null && (
          <details className="text-xs text-muted">
            <summary className="w-fit cursor-pointer rounded">What Python says</summary>
            <code className="font-mono text-text">{exception}</code>
          </details>
        )}
      </div>
      {goTo !== null && (
        <Button
          size="small"
          onClick={() => {
            setView({ dialog: null });
            goTo();
          }}
        >
          Go to it
        </Button>
      )}
    </div>
  );
}
