import { X } from 'lucide-react';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, useDerived, useStores } from '../shared/use-app.ts';
import { wordTrouble } from './word-trouble.ts';

const selectTrouble = (state: DerivedState) => state.trouble;

/** Something that went wrong on its own, in one line; nothing where nothing did. */
export function TroubleLine() {
  const trouble = useDerived(selectTrouble);
  const { derived } = useStores();
  const { compareAgain } = useActions();
  if (trouble === null) return null;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-later-soft px-3 py-1">
      <p className="min-w-0 flex-1 basis-60 break-words">{wordTrouble(trouble)}</p>
      {trouble.type === 'change-not-compared' && (
        <Button size="small" onClick={compareAgain}>
          Try again
        </Button>
      )}
      <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={() => derived.setState({ trouble: null })} />
    </div>
  );
}
