import { exportedList } from '../../core/plan/export-list.ts';
import { modes } from '../../core/config/mode.ts';
import { valuesEqual } from '../../core/config/value.ts';
import { commit } from '../../core/plan/commit.ts';
import { createHistory } from '../../core/plan/history.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { applyPlanEdit } from '../../core/plan/plan-edits.ts';
import { hasSameContent } from '../../core/plan/plan-file.ts';
import { rewriteListFile, rewritePlanFile } from '../../core/plan/rewrite-file.ts';
import { fail, succeed, type Result } from '../../core/result.ts';
import { selectPlan } from '../../store/document-store.ts';
import { noFileLink, type FileActions, type FileFault, type FileLinkStore, type FileProblem, type WriteFault } from '../../store/file-link-store.ts';
import type { PlansStore } from '../../store/plans-store.ts';
import { typingPauses } from '../../store/typing-pauses.ts';
import type { Parts } from '../parts.ts';
import type { PlanKeeping } from '../plans/plan-actions.ts';
import { readContent, type ContentOptions, type FileContent } from './file-content.ts';
import type { FileMemory } from './file-memory.ts';
import type { FilePort, FileText } from './file-port.ts';

/** The file's content when the file and the page last agreed. */
interface Base extends FileText {
  readonly content: FileContent;
}

export interface FollowOptions extends Omit<ContentOptions, 'tree'> {
  /** Write every change, without being asked to. */
  readonly savesAtOnce?: boolean;
  /** The browser's handle of the file, or `null` for none, where the next visit is to find the file again. */
  readonly handle?: FileSystemFileHandle | null;
}

interface Following {
  readonly port: FilePort;
  readonly options: FollowOptions;
  readonly opening: number;
  base: Base;
  /** The file's content while the user is asked. */
  theirs: Base | null;
  /** What this browser keeps of the file for the next visit. */
  kept: (FileText & { readonly planId: string }) | null;
}

export interface FileFollower extends Omit<FileActions, 'linkFile' | 'linkPlan'> {
  /** Binds the plan on show to a file whose content it has. */
  readonly follow: (port: FilePort, found: FileText, content: FileContent, options: FollowOptions) => void;
  /** The same for a file of an earlier visit, as it was then: it is looked at again, or the user is asked for the permission. */
  readonly followAgain: (port: FilePort, found: FileText, content: FileContent, options: FollowOptions) => Promise<void>;
  /** Reads the file of a port; the message names the fault. */
  readonly read: (port: FilePort, options: FollowOptions) => Promise<Result<FileText & { readonly content: FileContent }, FileFault>>;
  readonly showProblem: (problem: FileProblem | null) => void;
}

export interface FollowerParts extends Parts {
  readonly plans: PlansStore;
  readonly store: FileLinkStore;
  readonly keeping: () => Promise<PlanKeeping>;
}

/** Keeps the plan on show and its file in step. There is one file at a time. */
export function createFileFollower({ document, view, derived, engine, plans, store, keeping }: FollowerParts, memory: FileMemory): FileFollower {
  let following: Following | null = null;
  /** Ports that report changes: each is asked once to do so. */
  const watched = new WeakSet<FilePort>();
  const showProblem = (problem: FileProblem | null): void => store.setState({ problem });
  const planNow = (): Plan => selectPlan(document.getState());

  async function read(port: FilePort, options: FollowOptions): Promise<Result<Base, FileFault>> {
    try {
      const found = await port.read();
      const content = await readContent(engine, found.text, { ...options, tree: derived.getState().student?.tree ?? null });
      return content.ok ? succeed({ ...found, content: content.value }) : content;
    } catch (error) {
      return fail({ type: 'not-read', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Whether the open plan has the same content as the file. */
  function isInStep(content: FileContent): boolean {
    const plan = planNow();
    if (content.type === 'plan') return hasSameContent(content.plan, plan);
    return valuesEqual(exportedList(plan.lists[content.mode]), content.list);
  }

  function notice(): void {
    if (!following) return;
    if (plans.getState().opening !== following.opening) {
      // Another plan is on show: the file is not its file.
      following = null;
      store.setState(noFileLink);
      return;
    }
    keepForNextVisit(following);
    const isEdited = !isInStep(following.base.content);
    // The next comparison then finds the parts that did not change to be the same objects.
    if (!isEdited) following.base = { ...following.base, content: withPlan(following.base.content, planNow()) };
    if (isEdited !== store.getState().isEdited) store.setState({ isEdited });
    if (isEdited && following.options.savesAtOnce === true) saveSoon();
  }

  function keepForNextVisit({ port: { name }, options: { handle, mode, choice, given }, base: { text, revision }, kept }: Following): void {
    const { openId: planId } = plans.getState();
    if (!following || handle === undefined || planId === null) return;
    if (kept?.planId === planId && kept.text === text && kept.revision === revision) return;
    following.kept = { planId, text, revision };
    void memory.keep(planId, { name, text, revision, handle, mode, choice, given: [...given] });
  }

  let soon: ReturnType<typeof setTimeout> | undefined;

  /** Saves when the typing pauses; a list whose text is broken just now is saved when it is whole. */
  function saveSoon(): void {
    clearTimeout(soon);
    soon = setTimeout(() => {
      const isBroken = modes.some((mode) => view.getState().listTexts[mode]?.problem);
      if (!isBroken && store.getState().isEdited && !store.getState().isSaving) void save();
    }, typingPauses.file);
  }

  /** Shows the content of the file. Of a plan that was edited the old state stays among the plans. */
  async function take(base: Base, wasEdited: boolean): Promise<void> {
    if (!following) return;
    const { content } = base;
    if (content.type === 'plan' && wasEdited) {
      const { port, options } = following;
      const isOpen = await (await keeping()).openForeign({ plan: content.plan, trees: {} }, { type: 'disk', file: port.name });
      // Otherwise the old state stays open, and the question stays.
      if (isOpen) follow(port, base, content, options);
      return;
    }
    following.base = base;
    following.theirs = null;
    if (content.type === 'list') {
      const label = `Take the list of ${following.port.name}`;
      const change = { type: 'replace-list', mode: content.mode, list: content.list, label } as const;
      document.setState(({ history }) => ({ history: commit(history, [change], { time: Date.now() }) }));
    } else {
      document.setState(({ history }) => ({ history: createHistory(planWith(history.present, content)) }));
    }
    showProblem(null);
    notice();
  }

  let looks = 0;

  /** Looks at the file again. Of two looks at a time the later one counts. */
  async function look(): Promise<void> {
    const looked = following;
    if (!looked) return;
    const number = ++looks;
    const found = await read(looked.port, looked.options);
    if (following !== looked || number !== looks) return;
    if (!found.ok) return showProblem({ type: 'unreadable', name: looked.port.name, fault: found.error });
    if (found.value.revision === looked.base.revision) return store.getState().problem?.type === 'unreadable' ? showProblem(null) : undefined;
    const wasEdited = !isInStep(looked.base.content);
    if (isInStep(found.value.content)) {
      looked.base = found.value;
      looked.theirs = null;
      showProblem(null);
      notice();
    } else if (wasEdited) {
      looked.theirs = found.value;
      showProblem({ type: 'both-changed' });
    } else await take(found.value, false);
  }

  function textNow({ port, options, base }: Following): Result<string, WriteFault> {
    const plan = planNow();
    if (base.content.type === 'plan') return succeed(rewritePlanFile(base.text, plan));
    const { mode, choice } = base.content;
    const tree = derived.getState().student?.tree ?? null;
    const written = rewriteListFile(base.text, exportedList(plan.lists[mode]), { mode, choice, tree, given: options.given, fileName: port.name });
    return written.ok ? written : fail({ type: 'form', error: written.error });
  }

  async function save(): Promise<void> {
    const saved = following;
    if (!saved || store.getState().isSaving) return;
    if (saved.theirs) return showProblem({ type: 'both-changed' });
    const mode = saved.base.content.type === 'list' ? saved.base.content.mode : null;
    const broken = modes.find((candidate) => (mode === null || candidate === mode) && view.getState().listTexts[candidate]?.problem);
    if (broken) return showProblem({ type: 'not-written', fault: { type: 'broken-text', mode: broken } });
    const plan = planNow();
    const text = textNow(saved);
    if (!text.ok) return showProblem({ type: 'not-written', fault: text.error });
    store.setState({ isSaving: true });
    const outcome = await saved.port.write(text.value, saved.base.revision);
    store.setState({ isSaving: false });
    if (following !== saved) return;
    switch (outcome.type) {
      case 'written': {
        saved.base = { text: text.value, revision: outcome.revision, content: withPlan(saved.base.content, plan) };
        showProblem(null);
        return notice();
      }
      case 'changed':
        return look();
      case 'failed':
        return showProblem({ type: 'not-written', fault: { type: 'failed', reason: outcome.reason } });
    }
  }

  function follow(port: FilePort, found: FileText, content: FileContent, options: FollowOptions): void {
    const { opening } = plans.getState();
    following = { port, options, opening, base: { text: found.text, revision: found.revision, content }, theirs: null, kept: null };
    const mode = content.type === 'list' ? content.mode : null;
    store.setState({ file: { name: port.name, mode, writes: port.writes, opening }, problem: null, isSaving: false });
    if (!watched.has(port)) port.follow(() => void look());
    watched.add(port);
    notice();
  }

  document.subscribe(notice);
  plans.subscribe(notice);

  return {
    follow,
    read,
    showProblem,
    async followAgain(port, found, content, options) {
      follow(port, found, content, options);
      const asked = following;
      const isReadable = await port.isReadable();
      if (following !== asked) return;
      if (isReadable) await look();
      else showProblem({ type: 'not-allowed' });
    },
    saveFile: save,
    async settleFile(how) {
      const theirs = following?.theirs;
      if (!following || !theirs) return showProblem(null);
      if (how === 'take-theirs') return take(theirs, true);
      if (how === 'keep-mine') {
        // The next save replaces the current content.
        following.base = theirs;
        following.theirs = null;
        showProblem(null);
        return notice();
      }
      plans.setState({ onDisk: { plan: planWith(planNow(), theirs.content), at: Date.now() } });
      view.setState({ dialog: 'compare' });
    },
    async allowFile() {
      const asked = following;
      if (!asked || !(await asked.port.askAccess()) || following !== asked) return;
      showProblem(null);
      await look();
    },
    dismissFileProblem: () => showProblem(null),
  };
}

/** The content of the file when it holds this plan, or the plan's list. */
function withPlan(content: FileContent, plan: Plan): FileContent {
  return content.type === 'plan' ? { type: 'plan', plan } : { ...content, list: exportedList(plan.lists[content.mode]) };
}

/** The plan as it would be with the content of the file. */
export function planWith(plan: Plan, content: FileContent): Plan {
  if (content.type === 'plan') return { ...content.plan, tree: plan.tree, teacher: plan.teacher };
  return applyPlanEdit(plan, { type: 'replace-list', mode: content.mode, list: content.list });
}
