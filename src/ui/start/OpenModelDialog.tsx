import { useEffect, useRef } from 'react';
import { describeLack } from '../../core/readers/messages/lack-wording.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/layers/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { OpenModel } from '../start/OpenModel.tsx';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectTeacher = (state: DerivedState) => state.teacher;

/** Opens another model. The plan stays. */
export function OpenModelDialog() {
  const close = useClose();
  return (
    <Dialog title="Open a model" onClose={close} width="medium">
      <OpenModel role="student" use="offer" onOpened={close} />
    </Dialog>
  );
}

/** Completes the open model with another file of it. */
export function CompleteModelDialog() {
  const tree = useDerived(selectTree);
  const close = useClose();
  return (
    <Dialog title={`Complete ${tree?.model ?? 'the model'}`} onClose={close} width="medium">
      {tree && tree.lacks.length > 0 && (
        <ul className="mb-4 list-disc space-y-1 pl-5">
          {tree.lacks.map((lack) => (
            <li key={lack}>
              Unknown: {describeLack(lack).title}. <span className="text-muted">{describeLack(lack).remedy}</span>
            </li>
          ))}
        </ul>
      )}
      <OpenModel role="student" use="complete" onOpened={close} />
    </Dialog>
  );
}

/** Opens the model that the open one learns from, or lets it learn from its own tree again. */
export function OpenTeacherDialog() {
  const { closeTeacher } = useActions();
  const teacher = useDerived(selectTeacher);
  const close = useClose();
  const useItself = () => {
    closeTeacher();
    close();
  };
  return (
    <Dialog title="Teacher" onClose={close} width="medium">
      <div className="mb-4 flex items-center gap-3">
        <p className="text-muted">
          {teacher
            ? `${teacher.tree.model}, ${formatQuantity(teacher.tree.size, 'module')}, is the teacher.`
            : 'Links are checked against the student’s own tree until a teacher is opened.'}
        </p>
        {teacher && (
          <Button size="small" onClick={useItself}>
            Use the student’s own tree
          </Button>
        )}
      </div>
      <OpenModel role="teacher" onOpened={close} />
    </Dialog>
  );
}

/** Puts this dialog away, and no other: a model may be there only after the user has gone on to another. */
function useClose(): () => void {
  const { setView } = useActions();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return () => {
    if (isShown.current) setView({ dialog: null });
  };
}
