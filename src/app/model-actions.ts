import type { AppActions } from '../store/app-context.ts';
import type { OpenStatus } from '../store/derived-store.ts';
import { selectPlan } from '../store/document-store.ts';
import type { OpenedTree, TreeRole, TreeSource } from '../worker/protocol.ts';
import { setTreeReference } from './document-actions.ts';
import type { Parts } from './parts.ts';

type ModelActionNames = 'openTree' | 'openSample' | 'cancelOpening' | 'closeTeacher' | 'dismissOpenStatus';

export interface ModelActions {
  readonly actions: Pick<AppActions, ModelActionNames>;
  /** Opens the tree that the plan refers to, or both, from this browser's storage or the samples. */
  readonly reopen: (role?: TreeRole) => Promise<void>;
}

const statusKey = { student: 'studentStatus', teacher: 'teacherStatus' } as const;

function nameOf(source: TreeSource): string {
  switch (source.type) {
    case 'files':
      return source.files.length === 1 ? source.files[0]!.name : `${source.files.length} files`;
    case 'text':
    case 'url':
      return source.name;
    case 'stored':
      return source.reference.name;
  }
}

/** Actions that open and close models. */
export function createModelActions(parts: Parts): ModelActions {
  const { document, view, derived, engine } = parts;

  function setStatus(role: TreeRole, status: OpenStatus): void {
    derived.setState({ [statusKey[role]]: status });
  }

  function show(role: TreeRole, opened: OpenedTree): void {
    derived.setState({ [role]: opened, restoring: false });
    if (role === 'student') view.setState({ focus: [], openModules: firstOpen(opened), openRuns: new Set(), draft: null });
  }

  async function open(source: TreeSource, role: TreeRole): Promise<boolean> {
    const name = nameOf(source);
    setStatus(role, { type: 'opening', name, fraction: 0 });
    const result = await engine.call(
      'open-tree',
      { role, source },
      { onProgress: (fraction) => setStatus(role, { type: 'opening', name, fraction }) },
    );
    if (!result.ok) {
      setStatus(role, { type: 'failed', name, error: result.error });
      return false;
    }
    setStatus(role, { type: 'idle' });
    setTreeReference(parts, role, result.value.reference);
    show(role, result.value);
    return true;
  }

  /** The stored tree, else the sample of that name, else the status says that it is gone. */
  async function reopenOne(role: TreeRole): Promise<void> {
    const plan = selectPlan(document.getState());
    const reference = role === 'student' ? plan.tree : plan.teacher;
    if (!reference) return;
    const stored = await engine.call('open-tree', { role, source: { type: 'stored', reference } });
    if (stored.ok) {
      show(role, { ...stored.value, reference });
      return;
    }
    const again = reference.sample === null ? stored : await engine.call('open-tree', { role, source: sampleSource(reference.sample, reference.name) });
    if (again.ok) show(role, again.value);
    else setStatus(role, { type: 'failed', name: reference.name, error: again.error });
  }

  return {
    reopen: async (role) => {
      if (role !== 'teacher') await reopenOne('student');
      if (role !== 'student') await reopenOne('teacher');
    },
    actions: {
      openTree: (source, role = 'student') => open(source, role),
      openSample: (sample, role = 'student') => open(sampleSource(sample.id, sample.title), role),
      cancelOpening: () => engine.restart(),
      closeTeacher() {
        void engine.call('close-tree', { role: 'teacher' });
        setTreeReference(parts, 'teacher', null);
        derived.setState({ teacher: null });
      },
      dismissOpenStatus: (role = 'student') => setStatus(role, { type: 'idle' }),
    },
  };
}

function sampleSource(id: string, name: string): TreeSource {
  return { type: 'url', name, sample: id, url: new URL(`samples/${id}.json.gz`, window.document.baseURI).href };
}

/** Branches that start open: the root, and the children of a root with few of them. */
function firstOpen({ tree }: OpenedTree): ReadonlySet<number> {
  const opened = new Set([0]);
  const children: number[] = [];
  for (let child = 1; child < tree.size; child = tree.end[child]!) children.push(child);
  if (children.length <= 3) for (const child of children) opened.add(child);
  return opened;
}
