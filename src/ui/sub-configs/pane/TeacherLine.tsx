import { GraduationCap, Spline } from 'lucide-react';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { Button } from '../../shared/Button.tsx';
import { formatQuantity } from '../../shared/format.ts';
import { useActions, useDerived, useView } from '../../shared/use-app.ts';

const selectTeacher = (state: DerivedState) => state.teacher;
const selectShown = (state: ViewState) => state.linksShown;

/** Which model the open one learns from, and a way to open another. */
export function TeacherLine() {
  const teacher = useDerived(selectTeacher);
  const shown = useView(selectShown);
  const { setView } = useActions();
  const named = teacher ? `${teacher.tree.model}, ${formatQuantity(teacher.tree.size, 'module')}` : 'the same tree as the student’s';
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface py-1 pr-2 pl-3 text-xs">
      <GraduationCap size={14} className="shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate text-muted" title={`Teacher: ${named}`}>
        Teacher: {named}
      </span>
      <Button kind="plain" size="small" icon={<Spline size={14} />} aria-pressed={shown} onClick={() => setView({ linksShown: !shown })}>
        Show links
      </Button>
      <Button kind="plain" size="small" onClick={() => setView({ dialog: 'open-teacher' })}>
        {teacher ? 'Change the teacher' : 'Open a teacher'}
      </Button>
    </div>
  );
}
