import { FileUp } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import { readImport, type ImportedText } from '../../core/config/import-list.ts';
import type { Mode } from '../../core/config/mode.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDocument, useView } from '../shared/use-app.ts';
import { wordImportChange, wordImportError } from './import-wording.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DocumentState) => state.history.present.lists;

/** Brings in a config list or a plan from text or a file. */
export function ImportDialog() {
  const { setView, edit, replaceList, openPlanText } = useActions();
  const mode = useView(selectMode);
  const present = useDocument(selectLists)[mode];
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [replacing, setReplacing] = useState(true);
  const [choice, setChoice] = useState(0);
  const read = useMemo(() => (text.trim() === '' ? null : readImport(text, mode, choice)), [text, mode, choice]);
  const names = read?.ok && read.value.type === 'list' ? read.value.names : [];
  const close = () => setView({ dialog: null });

  const take = (imported: ImportedText) => {
    if (imported.type === 'plan') void openPlanText(text, 'The plan');
    else if (replacing) replaceList(mode, imported.list);
    else edit(imported.list.map((config) => ({ type: 'add-sub-config', mode, config }) as const));
    close();
  };

  return (
    <Dialog
      title="Import"
      onClose={close}
      width="wide"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" disabled={!read?.ok} onClick={() => read?.ok && take(read.value)}>
            Import
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex items-end justify-between gap-2">
          <label htmlFor={id} className="font-medium">
            Config list for {mode} as JSON or Python, or a plan
          </label>
          <Button size="small" icon={<FileUp size={12} />} onClick={() => picker.current?.click()}>
            Choose a file
          </Button>
          <input
            ref={picker}
            type="file"
            hidden
            aria-label="File to import"
            onChange={async (event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) setText(await file.text());
            }}
          />
        </div>
        <textarea
          id={id}
          rows={14}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          placeholder={'[\n  {"op_types": ["Linear"], "sparse_ratio": 0.5}\n]'}
          className="w-full resize-y rounded border border-line-strong bg-surface p-2 font-mono text-xs"
        />
        {names.length > 1 && (
          <label className="flex items-center gap-2">
            The source holds {names.length} lists. Take
            <select
              value={Math.min(choice, names.length - 1)}
              onChange={(event) => setChoice(Number(event.target.value))}
              className="h-7 rounded border border-line-strong bg-surface px-1 font-mono"
            >
              {names.map((name, at) => (
                <option key={name} value={at}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <ImportResult read={read} mode={mode} />
        {present.length > 0 && (
          <fieldset className="flex gap-4">
            <legend className="sr-only">What happens to the present list</legend>
            <label className="flex items-center gap-1.5">
              <input type="radio" checked={replacing} onChange={() => setReplacing(true)} />
              Replace the present list
            </label>
            <label className="flex items-center gap-1.5">
              <input type="radio" checked={!replacing} onChange={() => setReplacing(false)} />
              Add to its end
            </label>
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}

function ImportResult({ read, mode }: { readonly read: ReturnType<typeof readImport> | null; readonly mode: Mode }) {
  if (!read) return <p className="text-muted">Paste the list, or choose the file that holds it.</p>;
  if (!read.ok) {
    return (
      <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
        {wordImportError(read.error)}
      </p>
    );
  }
  if (read.value.type === 'plan') return <p role="status">A plan: it opens as one of its own, and the present one stays among your plans.</p>;
  const { list, changes } = read.value;
  return (
    <div role="status">
      <p>
        {formatQuantity(list.length, 'sub-config')} for {mode}.
        {changes.length > 0 && ' It is a list of NNI 2.x and is translated:'}
      </p>
      <ul className="list-disc pl-5 text-muted">
        {changes.map((change) => (
          <li key={`${change.type} ${change.subConfig}`}>{wordImportChange(change)}</li>
        ))}
      </ul>
    </div>
  );
}
