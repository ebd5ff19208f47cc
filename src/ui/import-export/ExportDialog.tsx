import { Download } from 'lucide-react';
import { Suspense, useId, useMemo, useState } from 'react';
import { orderedList, writeExportJson, writeLoadingLines } from '../../core/plan/export-list.ts';
import { commentedCall, modesInUse, writePlanScript } from '../../core/plan/plan-script.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { formatQuantity } from '../shared/format.ts';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { Tabs } from '../shared/Tabs.tsx';
import { useActions, useDocument, useView } from '../shared/use-app.ts';
import { downloadText } from '../shared/files/download.ts';
import { JsonText } from '../list-text/JsonText.tsx';
import { CopyButton } from '../shared/CopyButton.tsx';
import { ChainChoice } from './ChainChoice.tsx';
import { ExportSummary } from './ExportSummary.tsx';

const PythonText = lazyPart(async () => (await import('../list-text/PythonText.tsx')).PythonText);

type Format = 'json' | 'python';
const formatNames: Readonly<Record<Format, string>> = { json: 'JSON', python: 'Python' };

const selectMode = (state: ViewState) => state.mode;

/** The end of the job: the effect of the list, NNI's verdict on it, and the list to take along. */
export function ExportDialog() {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const plan = useDocument(selectPlan);
  const templates = plan.templates.filter((template) => template.mode === mode);
  // A script brings the templates along; JSON needs lines that go before it.
  const formats = (templates.length > 0 ? (['python', 'json'] as const) : (['json', 'python'] as const)).map((id) => ({ id, label: formatNames[id] }));
  const [format, setFormat] = useState<Format>(formats[0]!.id);
  const [isChainChosen, setChain] = useState(false);
  const [done, setDone] = useState('');
  const id = useId();
  const off = plan.lists[mode].filter(({ enabled }) => !enabled).length;
  const name = `${plan.tree?.name ?? 'model'}.${mode}`.replace(/[^\w.-]+/g, '_');
  const list = useMemo(() => orderedList(plan.lists[mode], mode), [plan, mode]);
  const json = useMemo(() => writeExportJson(list), [list]);
  const canChain = modesInUse(plan).length > 1;
  const isChain = isChainChosen && canChain;
  const script = useMemo(() => writePlanScript(plan, isChain ? modesInUse(plan) : [mode], isChain), [plan, mode, isChain]);
  const text = format === 'json' ? json : script;
  const fileName = format === 'json' ? `${name}.json` : `${name}.py`;
  return (
    <Dialog
      title={`Export the ${mode} list`}
      onClose={() => setView({ dialog: null })}
      width="wide"
      footer={
        <>
          <p role="status" aria-label="Result" className="mr-auto self-center pl-1 text-muted">
            {done}
          </p>
          <Button kind="plain" onClick={() => setView({ dialog: 'share' })}>
            Save or share the plan
          </Button>
          <Button
            kind="primary"
            data-first-focus
            icon={<Download size={14} />}
            onClick={() => {
              downloadText(fileName, text, format === 'json' ? 'application/json' : 'text/x-python');
              setDone(`${fileName} is in your downloads.`);
            }}
          >
            Download {formatNames[format]}
          </Button>
        </>
      }
    >
      {/* As high with Python as with JSON: the buttons stay where they are. */}
      <div className="flex h-[min(46rem,calc(88vh-8.5rem))] flex-col gap-3 max-sm:h-auto">
        <LatePart part="The effect of the list">
          <ExportSummary mode={mode} templates={templates} isJson={format === 'json'} />
        </LatePart>
        <div className="flex flex-wrap items-center gap-3">
          <Tabs label="Format" tabs={formats} chosen={format} onChoose={setFormat} panelId={`${id}-panel`} />
          {off > 0 && <span className="text-muted">{formatQuantity(off, 'sub-config')} off, left out</span>}
          <span className="ml-auto font-mono text-xs text-muted">{fileName}</span>
        </div>
        {format === 'python' && canChain && <ChainChoice mode={mode} isChain={isChain} onChain={setChain} />}
        <div className="relative flex min-h-40 flex-1 flex-col">
          <pre
            id={`${id}-panel`}
            role="region"
            aria-label={format === 'json' ? 'Config list as JSON' : 'Script in Python'}
            tabIndex={0}
            className="min-h-0 flex-1 overflow-auto max-sm:max-h-[50vh] rounded border border-line bg-sunken p-3 font-mono max-sm:pt-11 sm:pr-24 text-xs leading-5 select-text"
          >
            {format === 'json' ? <JsonText text={text} /> : <ColoredPython source={text} />}
          </pre>
          <span className="absolute top-1.5 right-3 rounded border border-line bg-raised">
            <CopyButton key={format} label={`Copy ${formatNames[format]}`} text={() => text} />
          </span>
        </div>
        {format === 'json' && <JsonUse lines={`${writeLoadingLines(list, mode, fileName, templates)}\n${commentedCall(plan.algorithms[mode])}`} />}
      </div>
    </Dialog>
  );
}

/** Python source in its colours; plain until, and where, these are not there. */
function ColoredPython({ source }: { readonly source: string }) {
  return (
    <ErrorBoundary part="The colours of Python" instead={source}>
      <Suspense fallback={source}>
        <PythonText source={source} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** How a script reads the file, with the lines that JSON cannot hold. */
function JsonUse({ lines }: { readonly lines: string }) {
  return (
    <div className="flex shrink-0 flex-col gap-1 text-muted sm:max-h-2/5">
      <div className="flex items-center">
        <p className="flex-1">Use it in Python:</p>
        <CopyButton label="Copy these lines" text={() => lines} />
      </div>
      <pre role="region" aria-label="Lines for Python" tabIndex={0} className="min-h-0 overflow-auto rounded border border-line p-2 max-sm:max-h-36 font-mono text-xs leading-5 text-text select-text">
        <ColoredPython source={lines.trimEnd()} />
      </pre>
    </div>
  );
}
