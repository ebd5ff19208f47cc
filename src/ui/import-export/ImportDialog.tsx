import { FileUp } from 'lucide-react';
import { useId, useMemo, useRef, useState, type DragEvent, type ReactNode } from 'react';
import type { ImportedText } from '../../core/plan/import-list.ts';
import type { Hole } from '../../core/script/read-script.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { chooseHeldFile, droppedHeldFile, hasFileAccess, type HeldFile } from '../shared/files/file-handles.ts';
import { formatQuantity } from '../shared/format.ts';
import { UnansweredLine } from '../shared/late-parts/StoppedLine.tsx';
import { useActions, useDerived, useDocument, useView } from '../shared/use-app.ts';
import { wordFoundList, wordUnfitFile } from './import-wording.ts';
import { ImportResult } from './ImportResult.tsx';
import { ScriptHoles } from './ScriptHoles.tsx';
import { useImport } from './use-import.ts';

const selectMode = (state: ViewState) => state.mode;
const selectGiven = (state: ViewState) => state.importText;
const selectFile = (state: ViewState) => state.importFile;
const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectLists = (state: DocumentState) => state.history.present.lists;

/** Brings in a config list or a plan from text or a file. */
export function ImportDialog() {
  const { setView, edit, openPlanText, linkFile, linkPlan } = useActions();
  const mode = useView(selectMode);
  const present = useDocument(selectLists)[mode];
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(useView(selectGiven));
  const [replacing, setReplacing] = useState(true);
  const [choice, setChoice] = useState<number | null>(null);
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  const tree = useDerived(selectTree);
  const [unfit, setUnfit] = useState<string | null>(null);
  const given = useMemo(() => filled(values), [values]);
  const { text: source, read, isCurrent, failure, retry } = useImport({ text, mode, choice, given, tree });
  const imported = read?.ok && read.value.type === 'list' ? read.value : null;
  const found = imported?.found ?? [];
  const holes = useKnownHoles(source, imported?.holes ?? []);
  const isReady = read?.ok === true && isCurrent && (read.value.type === 'plan' || read.value.list !== null);
  const close = () => setView({ dialog: null, importText: '', importFile: null });
  const on = present.filter(({ enabled }) => enabled).length;
  const counts = { on, off: present.length - on };
  const write = (written: string) => {
    setUnfit(null);
    setChoice(null);
    setValues(new Map());
    setText(written);
  };
  /** The file whose text is here; Save writes to it. */
  const [opened, setOpened] = useState(useView(selectFile));
  const takeFile = async (held: HeldFile | null) => {
    if (!held) return;
    const { file, handle } = held;
    const reason = wordUnfitFile(file);
    // A file that was moved or deleted since it was chosen.
    const content = reason === null ? await file.text().catch(() => null) : '';
    write(content ?? '');
    setOpened(content === null ? null : { name: file.name, text: content, handle });
    setUnfit(content === null ? `${file.name} could not be read. Choose it again.` : reason);
  };

  const take = (taken: ImportedText) => {
    if (taken.type === 'plan') void openPlanText(text, 'The plan').then((isOpen) => (isOpen && opened?.text === text ? linkPlan(opened) : undefined));
    else if (taken.list) {
      const { list, origins: known } = taken;
      const origins = known.length === list.length ? known : [];
      // A class comes along where the whole list comes from the script.
      const planned = (replacing || present.length === 0) && taken.planned?.algorithm.mode === mode ? { planned: taken.planned } : {};
      const label = `Import ${formatQuantity(list.length, 'sub-config')}`;
      edit(
        replacing
          ? { type: 'replace-list', mode, list, origins, label, ...planned }
          : { type: 'add-sub-configs', mode, configs: list, origins, label, ...planned },
      );
      if (replacing && opened?.text === text) void linkFile(opened, { mode, choice: taken.format === 'python' ? taken.choice : null, given });
    }
    close();
  };

  return (
    <DropHere onFile={(dropped) => void dropped.then(takeFile)}>
      <Dialog
        title="Import"
        onClose={close}
        width="wide"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button kind="primary" disabled={!isReady} onClick={() => read?.ok && take(read.value)}>
              Import
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <div className="flex items-end justify-between gap-2">
            <label htmlFor={id} className="font-medium">
              Config list for {mode} as JSON, YAML or Python, or a plan
            </label>
            <Button size="small" icon={<FileUp size={12} />} onClick={() => (hasFileAccess() ? void chooseHeldFile().then(takeFile) : picker.current?.click())}>
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
                await takeFile(file ? { file, handle: null } : null);
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
          {found.length > 1 && (
            <label className="flex min-w-0 items-center gap-2">
              <span className="shrink-0">The script makes {found.length} lists. Take</span>
              <select
                value={imported?.choice ?? 0}
                onChange={(event) => setChoice(Number(event.target.value))}
                className="h-7 min-w-0 rounded border border-line-strong bg-surface px-1 font-mono"
              >
                {found.map((list, at) => (
                  <option key={`${list.name} ${list.line} ${list.conditions.join(' ')}`} value={at}>
                    {wordFoundList(list)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {holes.length > 0 && (
            <ScriptHoles
              source={imported?.source ?? source}
              holes={holes}
              values={values}
              onChange={(key, value) => setValues((before) => new Map(before).set(key, value))}
            />
          )}
          {unfit !== null && (
            <p role="alert" className="rounded border border-refused bg-refused-soft px-2 py-1">
              {unfit}
            </p>
          )}
          {failure !== null && <UnansweredLine part="The part that reads lists" failure={failure} onRetry={retry} />}
          {unfit === null && failure === null && <ImportResult read={read} mode={mode} replacing={replacing} counts={counts} />}
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

/** Fields that were left empty are not filled in. */
function filled(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...values].filter(([, value]) => value.trim() !== ''));
}

/** Holes of the script, filled ones too: their fields stay. */
function useKnownHoles(source: string, open: readonly Hole[]): readonly Hole[] {
  const [known, setKnown] = useState<{ readonly source: string; readonly holes: readonly Hole[] }>({ source, holes: [] });
  const before = known.source === source ? known.holes : [];
  const added = open.filter(({ root }) => !before.some((hole) => hole.root.key === root.key));
  if (known.source !== source || added.length > 0) {
    const holes = [...before, ...added].toSorted((a, b) => a.root.from - b.root.from);
    setKnown({ source, holes });
    return holes;
  }
  return before;
}

/** Files dropped on the dialog are read into it instead of being opened as a model. */
function DropHere({ onFile, children }: { readonly onFile: (file: Promise<HeldFile | null>) => void; readonly children: ReactNode }) {
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return (
    <div onDragOver={hold} onDrop={(event) => hold(event) && onFile(droppedHeldFile(event.dataTransfer))}>
      {children}
    </div>
  );
}
