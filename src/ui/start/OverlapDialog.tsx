import { describeFormat, describeLack } from '../../core/readers/messages/lack-wording.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';

const selectOverlap = (state: DerivedState) => state.overlap;
const selectModel = (state: DerivedState) => state.student?.tree.model ?? '';

/** Asks the user for the use of a model that shares names with the open one. */
export function OverlapDialog() {
  const overlap = useDerived(selectOverlap);
  const open = useDerived(selectModel);
  const { settleOverlap } = useActions();
  if (!overlap) return null;
  const added = overlap.adds.map((lack) => describeLack(lack).title).join(', ');
  const choices = [
    {
      id: 'complete',
      title: `Complete ${open}`,
      text: added === '' ? 'Adds the facts that only this file contains.' : `Adds missing facts: ${added}.`,
    },
    { id: 'open', title: 'Open it instead', text: 'The plan stays, and you see which names it loses.' },
    {
      id: 'teacher',
      title: 'Open it as the teacher',
      text: 'For distillation: links are checked against its modules.',
    },
  ] as const;
  return (
    <Dialog title="A file with names of the open model" onClose={() => void settleOverlap(null)}>
      <p className="mb-3 break-words">
        <span className="font-medium">{overlap.name}</span> was read from {describeFormat(overlap.format)}:{' '}
        {formatQuantity(overlap.moduleCount, 'module')}, of which {formatCount(overlap.common)} have names of {open}.
      </p>
      <ul className="flex flex-col gap-1.5">
        {choices.map(({ id, title, text }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => void settleOverlap(id)}
              className="flex w-full flex-col rounded-md border border-line px-3 py-2 text-left hover:bg-hover"
            >
              <span className="font-medium">{title}</span>
              <span className="text-xs text-muted">{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
