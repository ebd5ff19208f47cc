import { useEffect, useEffectEvent, useMemo } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { moduleName } from '../../core/module-tree/tree-index.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { EmptyState } from '../shared/EmptyState.tsx';
import { useActions, useDerived, useView } from '../shared/use-app.ts';
import { useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';
import { columnNeeds, columnStyle } from '../tree/column-needs.ts';
import { rowHeight } from '../tree/rows/row-window.ts';
import { rowThatShows } from './lay-lines.ts';
import { LinkLines } from './LinkLines.tsx';
import { linkedModules, linksFrom, type OrderedLinks } from './link-order.ts';
import { LinkTable } from './LinkTable.tsx';
import { teacherName } from './link-wording.ts';
import { TeacherTree } from './TeacherTree.tsx';
import { useLinks } from './use-links.ts';
import { useLinkedBranches } from './use-linked-branches.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';
import { useTeacherRows } from './use-teacher-rows.ts';

const selectStudent = (state: DerivedState) => state.student;
const selectTeacher = (state: DerivedState) => state.teacher ?? state.student;
const selectFocus = (state: ViewState) => state.focus;

/** The teacher's tree next to the student's, lines between linked modules, and the links as a table. */
export function TeacherView() {
  const student = useDerived(selectStudent);
  const teacher = useDerived(selectTeacher);
  const links = useLinks();
  if (!student || !teacher) return null;
  if (!links) return <p className="p-4 text-muted">Comparing …</p>;
  return <LinkedTrees key={teacher.reference.digest} student={student} teacher={teacher} links={links} />;
}

function LinkedTrees({ student, teacher, links }: { readonly student: OpenedTree; readonly teacher: OpenedTree; readonly links: OrderedLinks }) {
  const { revealModule, focusModules } = useActions();
  const focus = useView(selectFocus);
  const chosen = useMemo(() => new Set(focus), [focus]);
  const subConfigs = useResolvedSubConfigs();
  const linked = useMemo(() => linkedModules(links, teacher.tree.size), [links, teacher]);
  const list = useTeacherRows(teacher, linked);
  const sight = useRowsInSight(list.rows.size, rowHeight);
  useLinkedBranches(student, links);
  const columns = useMemo(() => columnStyle(columnNeeds(teacher.tree, teacher.runs)), [teacher]);

  const showInTeacher = useEffectEvent((module: number) => {
    const [start, end] = linksFrom(links, module, module + 1);
    const other = start < end ? links.teacherModule[start]! : -1;
    if (other >= 0) sight.show(rowThatShows(list.rows, other));
  });
  const last = focus.at(-1);
  useEffect(() => {
    if (last !== undefined) showInTeacher(last);
  }, [last]);

  return (
    <div className="@container/teacher flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex min-h-0 flex-[3]">
        <div className="hidden shrink-0 min-[820px]:flex">
          <LinkLines student={student} links={links} rows={list.rows} scrolled={sight.scrolled} teacherBox={sight.box} subConfigs={subConfigs} chosen={chosen} />
        </div>
        <div style={columns} className="flex min-w-0 flex-1 flex-col border-l border-line">
          <div className="teacher-columns scrollbar-room h-7 shrink-0 items-center overflow-hidden border-b border-line pr-3 text-xs text-muted">
            <span />
            <span className="truncate pl-1">In the teacher</span>
            <span>Type</span>
            <span className="text-right">Link</span>
          </div>
          <TeacherTree
            opened={teacher}
            student={student}
            links={links}
            subConfigs={subConfigs}
            list={list}
            sight={sight}
            onChoose={({ modules }) => {
              revealModule(modules[0]!);
              if (modules.length > 1) focusModules(modules);
            }}
          />
        </div>
      </div>
      <div className="flex min-h-0 flex-[2] flex-col">
        {links.size === 0 ? (
          <EmptyState title="Nothing is linked yet">Choose modules of the student and add a sub-config: each target learns from the teacher’s module of the same name, or from the one in link.</EmptyState>
        ) : (
          <LinkTable
            student={student}
            teacher={teacher}
            links={links}
            subConfigs={subConfigs}
            onShow={(link) => {
              const other = links.teacherModule[link]!;
              if (other >= 0) list.openTo(other);
              revealModule(links.module[link]!);
            }}
          />
        )}
      </div>
      <p role="status" className="sr-only">
        {last === undefined ? '' : announce(links, student, teacher, last)}
      </p>
    </div>
  );
}

/** The links of a student's module, for a screen reader. */
function announce(links: OrderedLinks, student: OpenedTree, teacher: OpenedTree, module: number): string {
  const [start, end] = linksFrom(links, module, module + 1);
  const names = Array.from({ length: end - start }, (_, step) => teacherName(links, teacher.tree, start + step));
  const own = moduleName(student.tree, module) || '(root)';
  return names.length === 0 ? `${own} links to nothing.` : `${own} links to ${names.join(', ')}.`;
}
