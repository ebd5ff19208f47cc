import { GitCompareArrows, X } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, useDerived } from '../shared/use-app.ts';
import { wordModelChange, wordRename } from './word-change.ts';

const selectChange = (state: DerivedState) => state.modelChange;

/** Lists the matches that the plan loses with the opened model, and offers the likely rename. */
export function ModelChanged() {
  const shown = useDerived(selectChange);
  const { takeRename, dismissModelChange, setView, startAnew } = useActions();
  if (!shown) return null;
  const [rename] = shown.change.renames;
  return (
    <section
      aria-label="Modules that the plan loses"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-later-soft px-3 py-1"
    >
      <GitCompareArrows size={14} className="shrink-0 text-later" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-60 break-words">{wordModelChange(shown.from, shown.to, shown.change)}</p>
      {rename && (
        <Button size="small" kind="primary" onClick={() => takeRename(rename)}>
          {wordRename(rename)}
        </Button>
      )}
      <Button size="small" onClick={() => setView({ dialog: 'model-change' })}>
        Show names
      </Button>
      <Button
        size="small"
        title={`The plan goes back to ${shown.from} and stays among your plans`}
        onClick={() => void startAnew()}
      >
        <span className="max-w-60 truncate">New plan for {shown.to}</span>
      </Button>
      <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={dismissModelChange} />
    </section>
  );
}
