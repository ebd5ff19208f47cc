import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../shared/Button.tsx';

const recipe = `import json, torch
json.dump({name: type(module).__name__ for name, module in model.named_modules(remove_duplicate=False)},
          open("tree.json", "w"))`;

/** How to get a tree out of a model. */
export function TreeRecipe() {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(recipe);
    setCopied(true);
  };
  return (
    <section aria-label="How to get a tree">
      <h2 className="mb-1.5 font-medium">How to get a file of your model</h2>
      <ul className="mb-2 list-disc space-y-1 pl-5 text-muted">
        <li>
          Quickest: <code className="font-mono">print(model)</code> and paste what it prints.
        </li>
        <li>
          With everything NNI looks at (parameters, sharing, forward arguments): run{' '}
          <a href="./export_module_tree.py" download className="text-text underline">
            export_module_tree.py
          </a>{' '}
          in the folder of your model.
        </li>
        <li>Names and types in one line:</li>
      </ul>
      <div className="flex items-start gap-2 rounded-md border border-line bg-sunken p-2">
        {/* A scrollable region must be reachable by keyboard. */}
        <pre tabIndex={0} aria-label="Lines of Python" className="min-w-0 flex-1 overflow-auto font-mono text-xs leading-5">
          {recipe}
        </pre>
        <Button size="small" icon={copied ? <Check size={12} /> : <Copy size={12} />} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </section>
  );
}
