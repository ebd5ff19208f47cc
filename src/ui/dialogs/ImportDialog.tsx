import { FileUp } from 'lucide-react';
import { useId, useMemo, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { readImport, type ImportedText } from '../../core/config/import-list.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDocument, useView } from '../shared/use-app.ts';
import { wordUnfitFile } from './import-wording.ts';
import { ImportResult } from './ImportResult.tsx';

const selectMode = (state: ViewState) => state.mode;
const selectGiven = (state: ViewState) => state.importText;
const selectLists = (state: DocumentState) => state.history.present.lists;

/** Brings in a config list or a plan from text or a file. */
export function ImportDialog() {
  const { setView, edit, openPlanText } = useActions();
  const mode = useView(selectMode);
  const present = useDocument(selectLists)[mode];
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const given = useView(selectGiven);
  const [text, setText] = useState(given);
  const [replacing, setReplacing] = useState(true);
  const [choice, setChoice] = useState(0);
  const [unfit, setUnfit] = useState<string | null>(null);
  const read = useMemo(() => (text.trim() === '' ? null : readImport(text, mode, choice)), [text, mode, choice]);
  const names = read?.ok && read.value.type === 'list' ? read.value.names : [];
  const close = () => setView({ dialog: null, importText: '' });
  const on = present.filter(({ enabled }) => enabled).length;
  const counts = { on, off: present.length - on };
  const write = (written: string) => {
    setUnfit(null);
    setChoice(0);
    setText(written);
  };
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    const reason = wordUnfitFile(file);
    write(reason === null ? await file.text() : '');
    setUnfit(reason);
  };

  const take = (imported: ImportedText) => {
    if (imported.type === 'plan') void openPlanText(text, 'The plan');
    else {
      const { list } = imported;
      const label = `Import ${formatQuantity(list.length, 'sub-config')}`;
      edit(
        replacing ? { type: 'replace-list', mode, list, label } : { type: 'add-sub-configs', mode, configs: list, label },
      );
    }
    close();
  };

  return (
    <DropHere onFile={(file) => void takeFile(file)}>
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
                await takeFile(file);
              }}
            />
          </div>
          <textarea
            id={id}
            rows={14}
            value={text}
            spellCheck={false}
            onChange={(event) => write(event.target.value)}
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
          {unfit !== null && (
            <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
              {unfit}
            </p>
          )}
          {unfit === null && <ImportResult read={read} mode={mode} replacing={replacing} counts={counts} />}
          {present.length > 0 && !(read?.ok && read.value.type === 'plan') && (
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
    </DropHere>
  );
}

/** Files dropped on the dialog are read into it instead of being opened as a model. */
function DropHere({ onFile, children }: { readonly onFile: (file: File | undefined) => void; readonly children: ReactNode }) {
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return (
    <div onDragOver={hold} onDrop={(event) => hold(event) && onFile(event.dataTransfer.files[0])}>
      {children}
    </div>
  );
}
