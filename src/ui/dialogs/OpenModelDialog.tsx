import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { formatQuantity } from '../shared/format.ts';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { Button } from '../shared/Button.tsx';
import { OpenModel } from '../start/OpenModel.tsx';

const selectTeacher = (state: DerivedState) => state.teacher;
const selectMode = (state: ViewState) => state.mode;

/** Opens another model, or in distillation a teacher. The plan stays. */
export function OpenModelDialog() {
  const { setView, closeTeacher } = useActions();
  const mode = useView(selectMode);
  const teacher = useDerived(selectTeacher);
  const close = () => setView({ dialog: null });
  return (
    <Dialog title="Open a model" onClose={close} width="wide">
      <div className="flex flex-col gap-6">
        <OpenModel role="student" onOpened={close} />
        {mode === 'distillation' && (
          <section aria-label="Teacher" className="border-t border-line pt-4">
            <h3 className="mb-1 text-base font-semibold">Teacher</h3>
            <p className="mb-3 text-muted">
              {teacher
                ? `${teacher.tree.model}, ${formatQuantity(teacher.tree.size, 'module')}, is the teacher. `
                : 'Links are checked against the student’s own tree until a teacher is opened. '}
              {teacher && (
                <Button size="small" onClick={closeTeacher}>
                  Use the student’s own tree
                </Button>
              )}
            </p>
            <OpenModel role="teacher" onOpened={close} />
          </section>
        )}
      </div>
    </Dialog>
  );
}
