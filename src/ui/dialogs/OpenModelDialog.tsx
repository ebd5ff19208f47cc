import type { DerivedState } from '../../store/derived-store.ts';
import { Button } from '../shared/Button.tsx';
import { Dialog } from '../shared/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived } from '../shared/use-app.ts';
import { OpenModel } from '../start/OpenModel.tsx';

const selectTeacher = (state: DerivedState) => state.teacher;

/** Opens another model. The plan stays. */
export function OpenModelDialog() {
  const { setView } = useActions();
  const close = () => setView({ dialog: null });
  return (
    <Dialog title="Open a model" onClose={close} width="wide">
      <OpenModel role="student" onOpened={close} />
    </Dialog>
  );
}

/** Opens the model that the open one learns from, or lets it learn from its own tree again. */
export function OpenTeacherDialog() {
  const { setView, closeTeacher } = useActions();
  const teacher = useDerived(selectTeacher);
  const close = () => setView({ dialog: null });
  const useItself = () => {
    closeTeacher();
    close();
  };
  return (
    <Dialog title="Teacher" onClose={close} width="wide">
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
