import { ChevronRight, Info, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { describeFormat, describeLack } from '../../core/readers/messages/lack-wording.ts';
import { describeDisagreement, describeNote } from '../../core/readers/messages/note-wording.ts';
import { isChoice } from '../../core/module-tree/tree-note.ts';
import { summariseReading } from '../../core/readers/messages/reading-wording.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';

const selectStudent = (state: DerivedState) => state.student;
const selectShown = (state: ViewState) => state.lacksShown;

/** Shows the facts that the source of the tree lacks, the effect of that, and how to get them. */
export function SourceLacks() {
  const student = useDerived(selectStudent);
  const shown = useView(selectShown);
  const { setView } = useActions();
  const [open, setOpen] = useState(false);
  if (!student || !shown) return null;
  const { lacks, notes, format } = student.tree;
  if (lacks.length === 0 && notes.length === 0) return null;
  const choice = notes.find(isChoice);
  const doubt = notes.map((note) => (note.type === 'reading' ? summariseReading(note.report) : null)).find((words) => words !== null) ?? null;
  return (
    <section
      aria-label="Gaps of the model’s file"
      className={`border-b border-line px-3 py-1 ${doubt === null ? 'bg-not-checked-soft' : 'bg-silent-soft'}`}
    >
      <div className="flex items-center gap-2 max-sm:flex-wrap">
        {doubt === null ? (
          <Info size={14} className="shrink-0 text-not-checked" aria-hidden="true" />
        ) : (
          <TriangleAlert size={14} className="shrink-0 text-silent" aria-hidden="true" />
        )}
        <p className={`min-w-0 flex-1 max-sm:basis-[80%] ${doubt === null ? 'truncate' : 'max-sm:line-clamp-3 sm:truncate'}`}>
          {doubt !== null && <strong className="font-medium">{doubt} </strong>}
          Read from {describeFormat(format)}.{' '}
          {choice && lacks.length > 0 && `${describeNote(choice)} `}
          {lacks.length > 0
            ? `Unknown: ${lacks.map((lack) => describeLack(lack).title).join(', ')}.`
            : describeNote(choice ?? notes[0]!)}
        </p>
        <Button
          kind="plain"
          size="small"
          icon={<ChevronRight size={12} className={open ? 'rotate-90' : ''} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Consequences
        </Button>
        {lacks.length > 0 && (
          <Button size="small" onClick={() => setView({ dialog: 'complete-model' })}>
            Complete with another file
          </Button>
        )}
        <IconButton
          size="small"
          label="Dismiss"
          hint="Dismiss; the menu of the model brings it back"
          icon={<X size={14} />}
          onClick={() => setView({ lacksShown: false })}
        />
      </div>
      {open && <Details student={student} />}
    </section>
  );
}

function Details({ student }: { readonly student: OpenedTree }) {
  const { tree, disagreements } = student;
  const { first, count } = disagreements;
  return (
    <div className="max-h-60 overflow-auto py-1 pl-6" tabIndex={0} role="group" aria-label="Details">
      {tree.lacks.length > 0 && (
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
          {tree.lacks.map((lack) => {
            const { title, meaning, remedy } = describeLack(lack);
            return (
              <div key={lack} className="contents">
                <dt className="font-medium first-letter:uppercase">{title}</dt>
                <dd>
                  {meaning} <span className="text-muted">{remedy}</span>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {tree.notes.map((note) => (
        <p key={describeNote(note)} className="mt-1 break-words">
          {describeNote(note)}
        </p>
      ))}
      {count > 0 && (
        <ul aria-label="Where the files disagree" className="mt-1 list-disc pl-5">
          {first.map((disagreement) => (
            <li key={describeDisagreement(disagreement)} className="break-words">
              {describeDisagreement(disagreement)}
            </li>
          ))}
          {count > first.length && <li>And {count - first.length} more.</li>}
        </ul>
      )}
    </div>
  );
}
