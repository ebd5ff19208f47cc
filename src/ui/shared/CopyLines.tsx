import { CopyButton } from './CopyButton.tsx';

/** Lines of code with a button that copies them. `label` names them. */
export function CopyLines({ text, label = 'Lines of Python' }: { readonly text: string; readonly label?: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-sunken p-2">
      {/* A scrollable region must be reachable by keyboard. */}
      <pre tabIndex={0} aria-label={label} className="min-w-0 flex-1 overflow-auto font-mono text-xs leading-5">
        {text}
      </pre>
      <CopyButton label="Copy" text={() => text} kind="outline" />
    </div>
  );
}
