import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';
import { copyText } from './copy-text.ts';

/** Copies a text, and says so for a moment. */
export function CopyButton({ label, text, kind = 'plain' }: {
  readonly label: string;
  readonly text: () => string;
  readonly kind?: 'plain' | 'outline';
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copyText(text())) ? 'copied' : 'failed');
  const words = { idle: label, copied: 'Copied', failed: 'Not copied: the browser forbids it' };
  return (
    <Button kind={kind} size="small" icon={state === 'copied' ? <Check size={14} /> : <Copy size={14} />} onClick={() => void copy()}>
      {words[state]}
    </Button>
  );
}
