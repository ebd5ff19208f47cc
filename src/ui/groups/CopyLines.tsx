import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../shared/Button.tsx';

/** Lines of Python with a button that copies them. */
export function CopyLines({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-sunken p-2">
      {/* A scrollable region must be reachable by keyboard. */}
      <pre tabIndex={0} aria-label="Lines of Python" className="min-w-0 flex-1 overflow-auto font-mono text-xs leading-5">
        {text}
      </pre>
      <Button size="small" icon={copied ? <Check size={12} /> : <Copy size={12} />} onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
