import { AlignLeft, CornerUpLeft } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import type { PlansState } from '../../store/plans-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { StoppedLine } from '../shared/late-parts/StoppedLine.tsx';
import { showKeys } from '../actions/keys.ts';
import { useApp, usePlans, useView } from '../shared/use-app.ts';
import type * as Editor from './bind-json-editor.ts';
import type { JsonBinding } from './bind-json-editor.ts';
import { ListTextNotice } from './ListTextNotice.tsx';

const PythonView = lazyPart(async () => (await import('./PythonView.tsx')).PythonView);

const selectMode = (state: ViewState) => state.mode;
const selectOpening = (state: PlansState) => state.opening;

/** The mode's list as text: JSON to edit, or Python to read. */
export function JsonPanel() {
  const mode = useView(selectMode);
  const opening = usePlans(selectOpening);
  const [asPython, setAsPython] = useState(false);
  const [binding, setBinding] = useState<JsonBinding | null>(null);
  const [attempt, setAttempt] = useState(0);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-2">
        <Button kind="plain" size="small" aria-pressed={asPython} onClick={() => setAsPython(!asPython)}>
          Show as Python
        </Button>
        <span className="flex-1" />
        {!asPython && binding && (
          <>
            <Button
              kind="plain"
              size="small"
              icon={<CornerUpLeft size={14} />}
              title="Go to the card of the sub-config at the cursor (F12)"
              onClick={binding.goToCard}
            >
              Go to the card
            </Button>
            <Button
              kind="plain"
              size="small"
              icon={<AlignLeft size={14} />}
              title="Format the text; numbers keep their form"
              onClick={binding.format}
            >
              Format
            </Button>
          </>
        )}
      </div>
      {asPython ? (
        <ErrorBoundary part="The list as Python" size="line">
          <Suspense fallback={<p className="p-4 text-muted">Loading …</p>}>
            <PythonView />
          </Suspense>
        </ErrorBoundary>
      ) : (
        <>
          <EditorFrame key={`${opening} ${attempt}`} onReady={setBinding} onRetry={() => setAttempt(attempt + 1)} />
          {binding && <ListTextNotice mode={mode} onShow={binding.showProblem} onDiscard={binding.discard} />}
          <p className="shrink-0 border-t border-line px-3 py-1 text-xs text-faint">
            Tab indents; after Ctrl+M it leaves the text. Ctrl+Space completes, {showKeys('Mod+.')} fixes.
          </p>
        </>
      )}
    </div>
  );
}

/** Fetches the editor. Reading its code and making it take the page long enough each: between them the page answers. */
async function fetchEditor(): Promise<typeof Editor> {
  const code = await import('./bind-json-editor.ts');
  await new Promise((resolve) => setTimeout(resolve));
  return code;
}

/** Holds the editor, whose code is fetched only now. */
function EditorFrame({ onReady, onRetry }: {
  readonly onReady: (binding: JsonBinding | null) => void;
  readonly onRetry: () => void;
}) {
  const app = useApp();
  const element = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<'loading' | 'ready' | 'failed'>('loading');
  /** Fetches the colours again; `null` while nothing is missing. */
  const [colorAgain, setColorAgain] = useState<(() => void) | null>(null);

  useEffect(() => {
    let binding: JsonBinding | null = null;
    let left = false;
    const color = (bound: JsonBinding): void => {
      setColorAgain(null);
      // The text can be read and typed without them.
      bound.colorText().catch(() => !left && setColorAgain(() => () => color(bound)));
    };
    fetchEditor().then(
      ({ bindJsonEditor }) => {
        if (left || !element.current) return;
        binding = bindJsonEditor(element.current, app);
        setStatus('ready');
        onReady(binding);
        color(binding);
      },
      () => !left && setStatus('failed'),
    );
    return () => {
      left = true;
      onReady(null);
      binding?.dispose();
    };
  }, [app, onReady]);

  return (
    <>
      <div className="relative min-h-0 flex-1">
        <div ref={element} className="absolute inset-0" />
        {status === 'loading' && <p className="p-4 text-muted">Loading the editor …</p>}
      </div>
      {status === 'failed' && <StoppedLine title="The JSON editor could not be fetched" onRetry={onRetry} />}
      {colorAgain && <StoppedLine title="Colours and hints of the text could not be fetched" onRetry={colorAgain} />}
    </>
  );
}
