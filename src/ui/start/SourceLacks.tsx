import { Info, X } from 'lucide-react';
import { useState } from 'react';
import type { Lack, TreeNote } from '../../core/module-tree/module-tree.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

const lackWords: Readonly<Record<Lack, string>> = {
  types: 'module types',
  shapes: 'shapes',
  dtypes: 'dtypes',
  parameters: 'parameters of some modules',
  'modules-without-parameters': 'modules without parameters',
  sharing: 'which modules are shared',
  forward: 'forward arguments',
  'module-names': 'module names (these are names of tensors)',
};

/** Lacks that change what the page can say; the others only matter to few checks. */
const telling: ReadonlySet<Lack> = new Set<Lack>([
  'types',
  'shapes',
  'parameters',
  'modules-without-parameters',
  'module-names',
]);

function wordNote(note: TreeNote): string | null {
  switch (note.type) {
    case 'implied-parents':
      return `${formatQuantity(note.count, 'parent')} that the file leaves out ${note.count === 1 ? 'was' : 'were'} added, first ${note.first}.`;
    case 'reordered':
      return 'The modules were put into the order of named_modules().';
    case 'text':
      return note.text;
    case 'types-unknown':
      return null;
  }
}

/** Says what the source of the tree cannot tell, and how to get it. */
export function SourceLacks() {
  const tree = useDerived(selectTree);
  const { setView } = useActions();
  const [dismissed, setDismissed] = useState<unknown>(null);
  if (!tree || dismissed === tree) return null;
  const lacks = tree.lacks.filter((lack) => telling.has(lack));
  const notes = tree.notes.map(wordNote).filter((note) => note !== null);
  if (lacks.length === 0 && notes.length === 0) return null;
  return (
    <div role="note" className="flex items-center gap-2 border-b border-line bg-not-checked-soft px-3 py-1">
      <Info size={14} className="shrink-0 text-not-checked" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        {lacks.length > 0 && (
          <>
            This file does not tell: {lacks.map((lack) => lackWords[lack]).join(', ')}. Checks that need them are not
            made.{' '}
          </>
        )}
        {notes.join(' ')}
      </p>
      {lacks.length > 0 && (
        <Button size="small" onClick={() => setView({ dialog: 'open-model' })}>
          Open a richer file
        </Button>
      )}
      <IconButton size="small" label="Dismiss" icon={<X size={14} />} onClick={() => setDismissed(tree)} />
    </div>
  );
}
