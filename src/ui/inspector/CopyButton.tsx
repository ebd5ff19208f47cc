import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../shared/Button.tsx';

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  const words = { idle: label, copied: 'Copied', failed: 'Not copied: the browser forbids it' };
  return (
    <Button kind="plain" size="small" icon={state === 'copied' ? <Check size={14} /> : <Copy size={14} />} onClick={copy}>
      {words[state]}
    </Button>
  );
}
