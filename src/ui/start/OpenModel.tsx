import { ClipboardPaste, FileUp } from 'lucide-react';
import { Suspense, useId, useRef, useState, type FormEvent } from 'react';
import type { TreeRole } from '../../worker/protocol.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { Button } from '../shared/Button.tsx';
import { useActions } from '../shared/use-app.ts';
import { OpenProgress } from './OpenProgress.tsx';
import { SampleList } from './SampleList.tsx';

const OpenProblem = lazyPart(async () => (await import('./OpenProblem.tsx')).OpenProblem);

export interface OpenModelProps {
  readonly role: TreeRole;
  /** Called when a tree was opened. */
  readonly onOpened?: () => void;
}

/** All ways to open a model: pick or drop files, paste text, choose a sample. */
export function OpenModel({ role, onOpened }: OpenModelProps) {
  const { openTree } = useActions();
  const picker = useRef<HTMLInputElement>(null);
  const [pasting, setPasting] = useState(false);
  const open = async (source: Parameters<typeof openTree>[0]) => {
    if (await openTree(source, role)) onOpened?.();
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong bg-sunken px-6 py-6 text-center">
        <p className="text-base font-medium">Drop a file of {role === 'teacher' ? 'the teacher' : 'your model'} here</p>
        <p className="max-w-xl text-muted">
          A module tree (JSON, also gzipped), the text of <code className="font-mono">print(model)</code>, or a dump of
          module names and types. Nothing leaves this browser.
        </p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button kind="primary" icon={<FileUp size={14} />} onClick={() => picker.current?.click()}>
            Choose files
          </Button>
          <Button icon={<ClipboardPaste size={14} />} aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
            Paste text
          </Button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files of the model"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              if (files.length > 0) void open({ type: 'files', files });
            }}
          />
        </div>
      </div>
      {pasting && <PasteForm onPaste={(text) => void open({ type: 'text', name: 'pasted text', text })} />}
      <OpenProgress role={role} />
      <Suspense>
        <OpenProblem role={role} />
      </Suspense>
      <SampleList role={role} {...(onOpened === undefined ? {} : { onOpened })} />
    </div>
  );
}

function PasteForm({ onPaste }: { readonly onPaste: (text: string) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onPaste(text);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label htmlFor={id} className="font-medium">
        Text of the model
      </label>
      <textarea
        id={id}
        rows={6}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        placeholder={'ResNet(\n  (conv1): Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)\n  …'}
        className="resize-y rounded border border-line-strong bg-surface p-2 font-mono text-xs"
      />
      <div className="flex justify-end">
        <Button type="submit" kind="primary" disabled={text.trim() === ''}>
          Open this text
        </Button>
      </div>
    </form>
  );
}
