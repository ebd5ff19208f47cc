import { describeFormat, describeLack } from '../../core/readers/messages/lack-wording.ts';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

/** The name of a model that was pasted. */
const pastedText = 'pasted text';
const selectOverlap = (state: DerivedState) => state.overlap;
const selectMode = (state: ViewState) => state.mode;
const selectTeacher = (state: DerivedState) => state.teacher?.tree.model ?? null;
const selectModel = (state: DerivedState) => state.student?.tree.model ?? '';

/** Asks the user for the use of a second model: one that shares names with the open one, or in distillation any. */
export function OverlapDialog() {
  const overlap = useDerived(selectOverlap);
  const open = useDerived(selectModel);
  const teacher = useDerived(selectTeacher);
  const isDistilling = useView(selectMode) === 'distillation';
  const { settleOverlap } = useActions();
  if (!overlap) return null;
  const added = overlap.adds.map((lack) => describeLack(lack).title).join(', ');
  const complete = {
    id: 'complete',
    title: `Complete ${open}`,
    text: added === '' ? 'Adds the facts that only this file contains.' : `Adds missing facts: ${added}.`,
  } as const;
  const asTeacher = {
    id: 'teacher',
    title: 'Open it as the teacher',
    text: teacher === null ? `For distillation: links are checked against its modules. ${open} stays the student.` : `It takes the place of ${teacher}. ${open} stays the student.`,
  } as const;
  const instead = { id: 'open', title: `Open it instead of ${open}`, text: 'The plan stays, and you see which names it loses.' } as const;
  const completing = overlap.overlaps ? [complete] : [];
  const choices = isDistilling ? [asTeacher, ...completing, instead] : [...completing, instead, asTeacher];
  return (
    <Dialog title={overlap.overlaps ? 'A file with names of the open model' : 'A second model'} onClose={() => void settleOverlap(null)}>
      <p className="mb-3 break-words">
        {overlap.name === pastedText ? 'The pasted text' : <span className="font-medium">{overlap.name}</span>} was read from {describeFormat(overlap.format)}:{' '}
        {formatQuantity(overlap.moduleCount, 'module')}
        {overlap.common > 0 && `, of which ${formatCount(overlap.common)} have names of ${open}`}.
      </p>
      <ul className="flex flex-col gap-1.5">
        {choices.map(({ id, title, text }, at) => (
          <li key={id}>
            <button
              type="button"
              data-first-focus={at === 0 || undefined}
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
