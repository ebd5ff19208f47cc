import { Check, Copy, Download } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { wordVerdict, type ListVerdict } from '../../core/checks/list-verdict.ts';
import { exportedList, writeLoadingLines } from '../../core/plan/export-list.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import { writePythonScript } from '../../core/config/python-script.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { SeverityIcon } from '../shared/SeverityIcon.tsx';
import { Tabs } from '../shared/Tabs.tsx';
import { useActions, useDerived, useDocument, useView } from '../shared/use-app.ts';
import { downloadText } from '../shared/download.ts';

type Format = 'json' | 'python';
const formatNames: Readonly<Record<Format, string>> = { json: 'JSON', python: 'Python' };
const formats = (['json', 'python'] as const).map((id) => ({ id, label: formatNames[id] }));

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** The list of the mode as NNI reads it, to copy or to download. */
export function ExportDialog() {
  const { setView } = useActions();
  const mode = useView(selectMode);
  const plan = useDocument(selectPlan);
  const outcome = useDerived(selectLists)[mode]?.outcome ?? null;
  const [format, setFormat] = useState<Format>('json');
  const [copied, setCopied] = useState<Format | null>(null);
  const id = useId();
  const enabled = plan.lists[mode].filter((subConfig) => subConfig.enabled);
  const off = plan.lists[mode].length - enabled.length;
  const json = writeJson(enabled.map((subConfig) => subConfig.config));
  const templates = useMemo(() => plan.templates.filter((template) => template.mode === mode), [plan.templates, mode]);
  const fileName = `${plan.tree?.name ?? 'model'}.${mode}.json`.replace(/[^\w.-]+/g, '_');
  const close = () => setView({ dialog: null });
  const script = useMemo(
    () =>
      writePythonScript({
        model: plan.tree?.name ?? 'model',
        lists: { pruning: [], quantization: [], distillation: [], [mode]: exportedList(plan.lists[mode]) },
        templates,
      }),
    [plan.tree, plan.lists, templates, mode],
  );
  const text = format === 'json' ? json : script;
  const shown = format === 'json' ? 'Config list as JSON' : 'Script in Python';

  return (
    <Dialog
      title={`Export the ${mode} list`}
      onClose={close}
      width="wide"
      footer={
        <>
          <Button onClick={() => setView({ dialog: 'share' })}>Save or share the plan</Button>
          <Button
            icon={copied === format ? <Check size={14} /> : <Copy size={14} />}
            onClick={async () => {
              await navigator.clipboard.writeText(text);
              setCopied(format);
            }}
          >
            {copied === format ? 'Copied' : `Copy ${formatNames[format]}`}
          </Button>
          <Button
            kind={format === 'python' ? 'primary' : 'outline'}
            icon={<Download size={14} />}
            onClick={() => downloadText(fileName.replace(/\.json$/, '.py'), script, 'text/x-python')}
          >
            Download Python
          </Button>
          <Button
            kind={format === 'json' ? 'primary' : 'outline'}
            icon={<Download size={14} />}
            onClick={() => downloadText(fileName, `${json}\n`)}
          >
            Download JSON
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {outcome && enabled.length > 0 && <ExportVerdict outcome={outcome} />}
        <div className="flex flex-wrap items-center gap-3">
          <Tabs label="Format" tabs={formats} chosen={format} onChoose={setFormat} panelId={`${id}-panel`} />
          {off > 0 && <span className="text-muted">{formatQuantity(off, 'sub-config')} off, left out</span>}
        </div>
        <textarea
          id={`${id}-panel`}
          aria-label={shown}
          readOnly
          rows={16}
          value={text}
          className="w-full resize-y rounded border border-line bg-sunken p-2 font-mono text-xs"
        />
        {format === 'json' && <JsonUse lines={writeLoadingLines(exportedList(plan.lists[mode]), fileName, templates)} templates={templates.length} />}
      </div>
    </Dialog>
  );
}

const verdictSeverities = { refused: 'refused', 'fails-when-it-runs': 'later', 'runs-with-warnings': 'silent' } as const;
const verdictTones = {
  refused: 'border-refused bg-refused-soft',
  'fails-when-it-runs': 'border-later',
  'runs-with-warnings': 'border-line',
} as const;

/** What becomes of the list that is exported. */
function ExportVerdict({ outcome }: { readonly outcome: ListVerdict }) {
  const { state } = outcome;
  if (state === 'ready') return <p className="text-muted">{wordVerdict(outcome)}.</p>;
  return (
    <p role={state === 'runs-with-warnings' ? 'status' : 'alert'} className={`flex gap-2 rounded border px-2 py-1 ${verdictTones[state]}`}>
      <SeverityIcon severity={verdictSeverities[state]} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{wordVerdict(outcome)}.</span>
    </p>
  );
}

/** How a script reads the file. */
function JsonUse({ lines, templates }: { readonly lines: string; readonly templates: number }) {
  return (
    <div className="text-muted">
      <p>Use it in Python:</p>
      <pre aria-label="Lines that read the file" className="overflow-x-auto font-mono text-xs leading-5 text-text">
        {lines}
      </pre>
      {templates > 0 && <p>NNI needs {templates === 1 ? 'the registered template' : 'the registered templates'} before it gets the list.</p>}
      {lines.includes('fuse_names') && <p>NNI wants tuples in fuse_names, and JSON has none: the last line makes them.</p>}
    </div>
  );
}
