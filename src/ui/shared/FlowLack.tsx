import { useActions } from './use-app.ts';

/** One line in place of an answer that needs the data flow, which the file of the model lacks. `subject` is plural. */
export function FlowLack({ subject }: { readonly subject: string }) {
  const { setView } = useActions();
  return (
    <p className="text-xs text-muted">
      {subject} are not known: this file has no data flow. <code className="font-mono [overflow-wrap:anywhere]">
        export_module_tree.py … <span className="whitespace-nowrap">--input 1,3,224,224</span>
      </code>{' '}
      adds it, with the size of your input.{' '}
      <button type="button" onClick={() => setView({ sidePanel: 'flow' })} className="rounded text-text underline decoration-line-strong underline-offset-2">
        How to add the data flow
      </button>
    </p>
  );
}
