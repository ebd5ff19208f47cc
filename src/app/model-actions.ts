import { modes } from '../core/config/mode.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { SampleId } from '../core/plan/sample-ids.ts';
import type { AppActions } from '../store/app-context.ts';
import type { OpenOptions } from '../store/open-options.ts';
import { nothingOfModel, type OpenStatus } from '../store/derived-store.ts';
import { selectPlan } from '../store/document-store.ts';
import type { EngineFailure, OpenedTree, TreeRole, TreeSource, TreeSurvey } from '../worker/protocol.ts';
import { setTreeReference } from './history-actions.ts';
import type { Parts } from './parts.ts';

type ModelActionNames =
  | 'openTree'
  | 'openSample'
  | 'settleOverlap'
  | 'takeRename'
  | 'dismissModelChange'
  | 'compareAgain'
  | 'cancelOpening'
  | 'closeTeacher'
  | 'dismissOpenStatus';

export interface ModelActions {
  readonly actions: Pick<AppActions, ModelActionNames>;
  /** Opens the tree that the plan refers to, or both, from this browser's storage or the samples. */
  readonly reopen: (role?: TreeRole) => Promise<void>;
  /** Stops any model that is being opened: another plan is about to be shown. */
  readonly abandon: () => void;
  /** Gives the open trees to an engine that was started again. */
  readonly handBack: () => Promise<void>;
}

const statusKey = { student: 'studentStatus', teacher: 'teacherStatus' } as const;
const roles = ['student', 'teacher'] as const;

function nameOf(source: TreeSource): string {
  switch (source.type) {
    case 'files':
      return source.files.length === 1 ? source.files[0]!.path : `${source.files.length} files`;
    case 'text':
    case 'url':
    case 'served':
      return source.name;
    case 'stored':
      return source.reference.name;
    case 'surveyed':
      return 'the model';
  }
}

/** Actions that open and close models. */
export function createModelActions(parts: Parts, edit: AppActions['edit']): ModelActions {
  const { document, view, derived, engine } = parts;
  /** Counts the openings of each role: only the last request counts. */
  const turns = { student: 0, teacher: 0 };
  /** Roles whose model is being reloaded because the plan refers to it. */
  const reopening = new Set<TreeRole>();

  function setStatus(role: TreeRole, status: OpenStatus): void {
    derived.setState({ [statusKey[role]]: status });
  }

  function isOpening(): boolean {
    return roles.some((role) => derived.getState()[statusKey[role]].type === 'opening');
  }

  /** Stops all that is being opened. */
  function stop(): void {
    for (const role of roles) turns[role]++;
    engine.restart();
  }

  function show(role: TreeRole, opened: OpenedTree): void {
    const before = derived.getState()[role];
    const isSame = before?.reference.digest === opened.reference.digest;
    derived.setState({ [role]: opened, restoring: false, ...(role === 'student' && !isSame ? nothingOfModel : {}) });
    // A trouble about the model of before.
    const trouble = derived.getState().trouble?.type;
    if (!isSame && (trouble === 'tree-not-stored' || trouble === 'change-not-compared')) derived.setState({ trouble: null });
    if (role !== 'student') return;
    if (isSame) view.setState({ lacksShown: true });
    else {
      const openModules = firstOpen(opened);
      view.setState({ focus: [], openModules, openRuns: new Set(), proposing: null, reveal: null, lacksShown: true });
    }
  }

  async function open(source: TreeSource, role: TreeRole, options: OpenOptions, name: string): Promise<boolean> {
    const interrupted = reopening.has(role);
    if (isOpening()) {
      const other = role === 'student' ? 'teacher' : 'student';
      setStatus(other, { type: 'idle' });
      stop();
      if (reopening.has(other)) void reopenOne(other);
    } else if (interrupted) stop();
    const turn = ++turns[role];
    const { use = 'open', limits = {} } = options;
    const onProgress = (fraction: number) => {
      if (turn === turns[role]) setStatus(role, { type: 'opening', name, fraction });
    };
    const failed = (error: EngineFailure) => {
      if (turn !== turns[role]) return false;
      setStatus(role, { type: 'failed', name, error, source, options });
      // The plan's own model was put off for this one.
      if (interrupted) void reopenOne(role);
      return false;
    };
    onProgress(0);
    let read = source;
    if (isSurveyed(use) && role === 'student' && derived.getState().student && source.type !== 'surveyed') {
      const survey = await engine.call('survey-tree', { source, limits }, { onProgress });
      if (!survey.ok) return failed(survey.error);
      if (turn !== turns[role]) return false;
      if (use !== 'complete' && isQuestion(survey.value, use)) {
        setStatus(role, { type: 'idle' });
        derived.setState({ overlap: { ...survey.value, name } });
        view.setState({ dialog: 'overlap' });
        return false;
      }
      read = { type: 'surveyed', how: use === 'complete' ? 'complete' : 'open' };
    }
    const result = await engine.call('open-tree', { role, source: read, limits }, { onProgress });
    if (!result.ok) return failed(result.error);
    if (turn !== turns[role]) return false;
    setStatus(role, { type: 'idle' });
    const before = { plan: selectPlan(document.getState()), opened: derived.getState().student };
    setTreeReference(parts, role, result.value.reference);
    show(role, result.value);
    if (role === 'student') void tellChange(turn, before.plan, before.opened, result.value);
    return true;
  }

  /** Compares once more, after a comparison that could not be made. */
  let again: (() => Promise<void>) | null = null;

  /** Shows the losses of a plan that was made for another model. */
  async function tellChange(turn: number, plan: Plan, opened: OpenedTree | null, now: OpenedTree): Promise<void> {
    derived.setState({ modelChange: null });
    const { tree: reference } = plan;
    const isUsed = modes.some((mode) => plan.lists[mode].length > 0);
    if (!isUsed || !reference || reference.digest === now.reference.digest) return;
    const before = opened?.reference.digest === reference.digest ? opened.tree : reference;
    const answer = await engine.call('model-change', { before, plan });
    if (!answer.ok && answer.error.type === 'not-fetched' && derived.getState().student === now) {
      again = () => tellChange(turn, plan, opened, now);
      derived.setState({ trouble: { type: 'change-not-compared', from: reference.name, to: now.reference.name } });
    }
    if (!answer.ok || !answer.value || derived.getState().student !== now || turn !== turns.student) return;
    const change = answer.value;
    if (change.lostCount + change.missing.length === 0) return;
    derived.setState({ modelChange: { from: reference.name, to: now.reference.name, before: reference, change } });
  }

  /** Whether a second model is looked at before it takes the place of the open one. */
  function isSurveyed(use: OpenOptions['use']): boolean {
    return use === 'choose' ? view.getState().mode === 'distillation' : use !== 'open';
  }

  /**
   * Whether the user is asked: completing is possible (`offer`), the model shares names with the open one (`ask`), or it can be
   * the teacher.
   */
  function isQuestion(survey: TreeSurvey, use: OpenOptions['use']): boolean {
    if (view.getState().mode === 'distillation' && !survey.same) return true;
    const own = derived.getState().student?.tree.lacks ?? [];
    const completes = survey.adds.length > 0 || survey.lacks.some((lack) => !own.includes(lack));
    return survey.overlaps && (completes || (use === 'ask' && !survey.same));
  }

  /** The stored tree, else the sample of that name, else the status says that it is gone. */
  async function reopenOne(role: TreeRole): Promise<void> {
    const plan = selectPlan(document.getState());
    const reference = role === 'student' ? plan.tree : plan.teacher;
    if (!reference) return;
    const turn = ++turns[role];
    const source: TreeSource = { type: 'stored', reference };
    const stored = await engine.call('open-tree', { role, source });
    if (turn !== turns[role]) return;
    if (stored.ok) {
      show(role, { ...stored.value, reference });
      return;
    }
    const again =
      reference.sample === null
        ? stored
        : await engine.call('open-tree', { role, source: sampleSource(reference.sample, reference.name) });
    if (turn !== turns[role]) return;
    if (again.ok) return show(role, again.value);
    const { name, unknownSample: sample } = reference;
    const error: EngineFailure = sample === undefined ? again.error : { type: 'unknown-sample', sample };
    setStatus(role, { type: 'failed', name, error, source: null, options: {} });
  }

  return {
    reopen: async (role) => {
      for (const each of role ? [role] : roles) {
        reopening.add(each);
        await reopenOne(each);
        reopening.delete(each);
      }
    },
    abandon() {
      if (isOpening() || reopening.size > 0) stop();
      for (const role of roles) setStatus(role, { type: 'idle' });
    },
    handBack: async () => {
      for (const role of roles) {
        const opened = derived.getState()[role];
        if (opened) await engine.call('hold-tree', { role, tree: opened.tree });
      }
    },
    actions: {
      openTree: (source, role = 'student', options = {}) => open(source, role, options, nameOf(source)),
      openSample: (sample, role = 'student') => open(sampleSource(sample.id, sample.title), role, { use: 'choose' }, sample.title),
      async settleOverlap(choice) {
        const { overlap } = derived.getState();
        derived.setState({ overlap: null });
        view.setState({ dialog: null });
        if (!overlap || choice === null) return false;
        const role = choice === 'teacher' ? 'teacher' : 'student';
        const how = choice === 'complete' ? 'complete' : 'open';
        return open({ type: 'surveyed', how }, role, {}, overlap.name);
      },
      takeRename({ rewrites, type, text }) {
        const label = `${type.startsWith('add') ? 'Add' : 'Remove'} ${text} in names and patterns`;
        edit({ type: 'rewrite-texts', rewrites, label });
        derived.setState({ modelChange: null });
        if (view.getState().dialog === 'model-change') view.setState({ dialog: null });
      },
      dismissModelChange: () => derived.setState({ modelChange: null }),
      compareAgain() {
        if (derived.getState().trouble?.type === 'change-not-compared') derived.setState({ trouble: null });
        void again?.();
      },
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

function sampleSource(id: SampleId, name: string): TreeSource {
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
