import { Check, Copy, Download } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { exportedList } from '../../core/plan/export-list.ts';
import { writeJson } from '../../core/config/json-writer.ts';
import { writePythonScript } from '../../core/config/python-script.ts';
import { getKey } from '../../core/config/value.ts';
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
  const verdict = useDerived(selectLists)[mode]?.verdict ?? null;
  const [format, setFormat] = useState<Format>('json');
  const [copied, setCopied] = useState<Format | null>(null);
  const id = useId();
  const enabled = plan.lists[mode].filter((subConfig) => subConfig.enabled);
  const off = plan.lists[mode].length - enabled.length;
  const json = writeJson(enabled.map((subConfig) => subConfig.config));
  const fuses = enabled.some((subConfig) => getKey(subConfig.config, 'fuse_names') !== undefined);
  const fileName = `${plan.tree?.name ?? 'model'}.${mode}.json`.replace(/[^\w.-]+/g, '_');
  const close = () => setView({ dialog: null });
  const script = useMemo(
    () =>
      writePythonScript({
        model: plan.tree?.name ?? 'model',
        lists: { pruning: [], quantization: [], distillation: [], [mode]: exportedList(plan.lists[mode]) },
        templates: plan.templates.filter((template) => template.mode === mode),
      }),
    [plan, mode],
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
        {verdict && !verdict.accepted && (
          <p role="alert" className="flex gap-2 rounded border border-refused bg-refused-soft px-2 py-1">
            <SeverityIcon severity="refused" />
            <span>
              NNI would refuse this list with {verdict.error.type}: {verdict.error.message}
            </span>
          </p>
        )}
        {verdict?.accepted === true && enabled.length > 0 && <p className="text-muted">NNI accepts this list.</p>}
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
        {format === 'json' && <JsonUse fileName={fileName} fuses={fuses} />}
      </div>
    </Dialog>
  );
}

/** How a script reads the file. */
function JsonUse({ fileName, fuses }: { readonly fileName: string; readonly fuses: boolean }) {
  return (
    <div className="text-muted">
      <p>Use it in Python:</p>
      <pre className="overflow-x-auto font-mono text-xs leading-5 text-text">
        {`import json\nconfig_list = json.load(open("${fileName}"))`}
        {fuses &&
          '\nfor config in config_list:\n    if "fuse_names" in config:\n        config["fuse_names"] = [tuple(names) for names in config["fuse_names"]]'}
      </pre>
      {fuses && <p>NNI wants tuples in fuse_names, and JSON has none: the last lines make them.</p>}
    </div>
  );
}
