import { useId, useState, type FormEvent } from 'react';
import { Button } from '../shared/Button.tsx';

/** A field for the text of a model. It takes the focus when it comes. */
export function PasteForm({ onPaste }: { readonly onPaste: (text: string) => void }) {
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
        ref={focusField}
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

function focusField(field: HTMLTextAreaElement | null): void {
  field?.focus();
}
