import { ClipboardPaste, FileUp, FolderUp } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type InputHTMLAttributes } from 'react';
import { pickedFiles } from '../shared/files/files-of.ts';
import { openFiles } from '../shared/files/open-files.ts';
import type { OpenOptions } from '../../store/open-options.ts';
import type { TreeRole } from '../../worker/protocol.ts';
import { Button } from '../shared/Button.tsx';
import { LatePart } from '../shared/late-parts/LatePart.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { useApp } from '../shared/use-app.ts';
import { LateOpenProblem } from './LateOpenProblem.tsx';
import { OpenProgress } from './OpenProgress.tsx';
import { SampleList } from './SampleList.tsx';

const PasteForm = lazyPart(async () => (await import('./PasteForm.tsx')).PasteForm);

export interface OpenModelProps {
  readonly role: TreeRole;
  /** The use of the tree when one is open; by default it replaces the open one. */
  readonly use?: NonNullable<OpenOptions['use']>;
  /** The samples are next to the ways to open a file; the start page shows them elsewhere. */
  readonly hasSamples?: boolean;
  /** Called when a tree was opened. */
  readonly onOpened?: () => void;
}

/** All ways to open a model: pick or drop files or a folder, paste text, choose a sample. */
export function OpenModel({ role, use = 'open', hasSamples = true, onOpened }: OpenModelProps) {
  const app = useApp();
  const { openTree } = app.actions;
  const [pasting, setPasting] = useState(false);
  const open = async (source: Parameters<typeof openTree>[0]) => {
    if (await openTree(source, role, { use })) onOpened?.();
  };
  const openPicked = async (files: Iterable<File>) => {
    const picked = pickedFiles(files);
    if (picked.files.length > 0 && (await openFiles(app, picked, role, { use }))) onOpened?.();
  };
  const place = useRef<HTMLDivElement>(null);
  const pasteAnywhere = useEffectEvent((event: ClipboardEvent) => {
    const dialog = place.current?.closest('dialog[open]');
    // Outside of dialogs, the page listens.
    if (!dialog || event.defaultPrevented || (event.target instanceof Element && event.target.closest('input, textarea'))) return;
    const files = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (files.length > 0) void openPicked(files);
    else if (text.trim() !== '') void open({ type: 'text', name: 'pasted text', text });
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => pasteAnywhere(event);
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, []);
  const what =
    use === 'complete' ? 'another file of this model' : role === 'teacher' ? 'a file of the teacher' : 'a file of your model';
  return (
    <div ref={place} className="flex flex-col gap-4">
      <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong bg-sunken px-4 py-6 text-center">
        <p className="text-base font-medium">Drop {what} here</p>
        <p className="max-w-2xl text-muted">
          Or paste the text of <code className="font-mono">print(model)</code> anywhere. Safetensors, PyTorch checkpoints, ONNX
          and whole Hugging Face folders open, too: only names and shapes are read. Nothing leaves this browser.
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <FilePicker kind="primary" icon={<FileUp size={14} />} label="Files of the model" onPick={(files) => void openPicked(files)} multiple>
            Choose files
          </FilePicker>
          <FilePicker icon={<FolderUp size={14} />} label="Folder of the model" onPick={(files) => void openPicked(files)} webkitdirectory="">
            Choose a folder
          </FilePicker>
          <Button icon={<ClipboardPaste size={14} />} aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
            Paste text
          </Button>
        </div>
      </div>
      <LatePart part="The field for text">
        {pasting && <PasteForm onPaste={(text) => void open({ type: 'text', name: 'pasted text', text })} />}
      </LatePart>
      <OpenProgress role={role} />
      <LateOpenProblem role={role} />
      {use !== 'complete' && hasSamples && <SampleList role={role} {...(onOpened === undefined ? {} : { onOpened })} />}
    </div>
  );
}

interface FilePickerProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly kind?: 'primary' | 'outline';
  readonly onPick: (files: Iterable<File>) => void;
  readonly webkitdirectory?: string;
}

function FilePicker({ label, icon, kind = 'outline', onPick, children, ...input }: FilePickerProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} icon={icon} onClick={() => picker.current?.click()}>
        {children}
      </Button>
      <input
        {...input}
        ref={picker}
        type="file"
        hidden
        aria-label={label}
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
