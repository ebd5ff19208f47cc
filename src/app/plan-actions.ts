import { findPlanExcess } from '../core/plan/plan-limits.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { createPlan } from '../core/plan/create-plan.ts';
import { commit } from '../core/plan/commit.ts';
import { createHistory } from '../core/plan/history.ts';
import type { CarriedTrees, PlanFile } from '../core/plan/plan-file.ts';
import type { Plan } from '../core/plan/plan.ts';
import { initialDerived } from '../store/derived-store.ts';
import { selectPlan } from '../store/document-store.ts';
import type { PlanActions, PlanNotice, PlansStore } from '../store/plans-store.ts';
import { initialView, type ListText } from '../store/view-store.ts';
import { setTreeReference } from './history-actions.ts';
import type { ModelActions } from './model-actions.ts';
import { nameCopy } from './name-copy.ts';
import type { Parts } from './parts.ts';
import { isBlankPlan, isUntouchedPlan, type BrokenTexts, type PlanRecord } from './plan-records.ts';
import { createPlanShelf, takenNames } from './plan-shelf.ts';
import type { PlanStorage } from './plan-storage.ts';
import { planFile, type PlanSaver } from './saving.ts';

export interface PlanKeeping {
  readonly actions: PlanActions;
  /** Opens a plan that came from outside as one of its own, with the trees it carries. */
  readonly openForeign: (file: PlanFile, notice: string) => Promise<void>;
  /** Opens the plan of that identity at the start of a visit; nothing happens when it is gone. */
  readonly restore: (id: string) => Promise<void>;
}

/** Opens, closes and looks after the plans of this browser. */
export function createPlanKeeping(
  parts: Parts,
  plans: PlansStore,
  storage: PlanStorage,
  saver: PlanSaver,
  models: ModelActions,
): PlanKeeping {
  const { document, view, derived, engine } = parts;
  const shelf = createPlanShelf(plans, storage, saver);
  const { planOf, thin } = shelf;
  /** Counts what was asked to be shown: only what was asked for last is. */
  let asked = 0;
  const tell = (notice: PlanNotice | null): void => plans.setState({ notice });

  /** The plan that cannot be stored, of which the user was told that leaving loses it. */
  let warnedOf: Plan | null = null;

  /**
   * Before another plan is shown: what is unsaved here must not be lost, even if another tab has the plan now. Gives
   * `false` when it cannot be stored: the user is told, and whoever asks again knows.
   */
  async function flush(): Promise<boolean> {
    if (plans.getState().conflict && derived.getState().saveState !== 'saved') await keepMine();
    await saver.flush();
    const plan = selectPlan(document.getState());
    const isBroken = modes.some((mode) => view.getState().listTexts[mode]?.problem);
    const isLost = derived.getState().saveState === 'failed' && (isBroken || !isUntouchedPlan(plan));
    if (!isLost || warnedOf === plan) return true;
    warnedOf = plan;
    tell({
      tone: 'problem',
      text:
        'This browser could not store the plan, so it stays open: leaving it would lose what was done last. ' +
        'Download it from Share, or do the same again to leave it.',
    });
    return false;
  }

  async function keepMine(): Promise<void> {
    if (plans.getState().conflict?.type === 'changed') {
      rename(nameCopy(selectPlan(document.getState()).name, takenNames(plans)));
    }
    await saver.saveAsNew();
  }

  function rename(name: string): void {
    document.setState(({ history }) => ({ history: commit(history, [{ type: 'set-name', name }], { time: Date.now() }) }));
  }

  /** Shows a plan, unless another was asked for since `turn`; the model stays when the plan was made for it. */
  async function show(turn: number, plan: Plan, record: PlanRecord | null, trees: CarriedTrees = {}): Promise<boolean> {
    const texts = await brokenTexts(plan, record?.broken ?? {});
    const mode = modes.find((candidate) => plan.lists[candidate].length > 0 || texts[candidate]) ?? 'pruning';
    const saved = record?.saved ? await planOf(record.saved.text) : null;
    // What was done while the plan was read is saved before it is left.
    await saver.flush();
    if (turn !== asked) return false;
    models.abandon();
    const { student, teacher } = derived.getState();
    const keepsStudent = student !== null && student.reference.digest === plan.tree?.digest;
    const keepsTeacher = teacher !== null && teacher.reference.digest === plan.teacher?.digest;
    if (teacher && !keepsTeacher) void engine.call('close-tree', { role: 'teacher' });
    derived.setState({
      lists: initialDerived.lists,
      listIds: initialDerived.listIds,
      explanations: [],
      preview: null,
      modelChange: null,
      overlap: null,
      ...(keepsStudent ? {} : { student: null, studentStatus: { type: 'idle' } }),
      ...(keepsTeacher ? {} : { teacher: null, teacherStatus: { type: 'idle' } }),
    });
    document.setState({ history: createHistory(plan) });
    view.setState({ mode, listTexts: texts, draft: null, focus: [], collapsedSubConfigs: new Set(), dialog: null, renamingPlan: false });
    plans.setState(({ opening }) => ({
      opening: opening + 1,
      opened: { plan, at: Date.now() },
      saved: saved && record?.saved ? { plan: saved, at: record.saved.at } : null,
    }));
    saver.follow(record);
    derived.setState({ restoring: plan.tree !== null && !keepsStudent });
    const texted = [
      ['student', trees.tree, plan.tree?.name, keepsStudent] as const,
      ['teacher', trees.teacher, plan.teacher?.name, keepsTeacher] as const,
    ];
    for (const [role, text, name = 'model', keeps] of texted) {
      if (keeps || turn !== asked) continue;
      if (text !== undefined) await models.actions.openTree({ type: 'text', name, text }, role);
      else await models.reopen(role);
    }
    if (turn === asked) derived.setState({ restoring: false });
    return true;
  }

  async function open(turn: number, record: PlanRecord | null, trees: CarriedTrees = {}): Promise<boolean> {
    const plan = record && (await planOf(record.text));
    if (!record || !plan) {
      const text = record
        ? `${record.name || 'The plan'} cannot be read by this version of Espalier. It stays stored.`
        : 'That plan is gone: it was deleted in another tab.';
      tell({ tone: 'problem', text });
      await saver.refresh();
      return false;
    }
    return show(turn, plan, record, trees);
  }

  async function openForeign({ plan, trees }: PlanFile, notice: string): Promise<void> {
    const excess = findPlanExcess(plan);
    if (excess) {
      const { wordPlanExcess } = await import('../ui/import-export/import-wording.ts');
      tell({ tone: 'problem', text: `The plan was not opened. ${wordPlanExcess(excess)} The command line takes it: espalier check.` });
      return;
    }
    if (!(await flush())) return;
    const turn = ++asked;
    const known = await shelf.findSame(plan);
    if (known) {
      const title = known.name || 'The plan';
      const isOpen = known.id === plans.getState().openId && derived.getState().student !== null;
      if (!isOpen && !(await open(turn, known, trees))) return;
      tell({ tone: 'info', text: isOpen ? `${title} is open already.` : `${title} is among your plans already and was opened.` });
      return;
    }
    if (!(await show(turn, plan, null, trees))) return;
    saver.saveSoon();
    tell({ tone: 'info', text: notice });
    await thin();
  }

  const actions: PlanActions = {
    async openPlan(id) {
      if (!(await flush())) return;
      const turn = ++asked;
      if (await open(turn, await storage.load(id))) tell(null);
      await thin();
    },
    async newPlan() {
      if (!(await flush())) return;
      const turn = ++asked;
      const { tree, teacher } = selectPlan(document.getState());
      if (!(await show(turn, { ...createPlan(), tree, teacher }, null))) return;
      tell(null);
      saver.saveSoon();
      await thin();
    },
    async startAnew() {
      const { modelChange } = derived.getState();
      if (!modelChange) return;
      const { name, tree, teacher } = selectPlan(document.getState());
      setTreeReference(parts, 'student', modelChange.before);
      const turn = ++asked;
      if (!(await flush()) || !(await show(turn, { ...createPlan(), tree, teacher }, null))) {
        if (turn === asked) setTreeReference(parts, 'student', tree);
        return;
      }
      const { from, to } = modelChange;
      tell({ tone: 'info', text: `${name || 'The plan'} stays with ${from} among your plans. This is a new one for ${to}.` });
      saver.saveSoon();
      await thin();
    },
    async closePlan() {
      if (!(await flush())) return;
      const turn = ++asked;
      if (!(await show(turn, createPlan(), null))) return;
      await thin();
      view.setState({ openModules: initialView.openModules, searchText: '', searchType: null });
      await saver.refresh();
    },
    async openPlanText(text, source) {
      const { readPlanFile } = await planFile();
      const read = readPlanFile(text);
      if (read.ok) {
        const { name } = read.value.plan;
        await openForeign(read.value, `${name || source} was opened as a plan of its own. Your other plans are as they were.`);
        return true;
      }
      const { wordPlanError } = await import('../ui/import-export/import-wording.ts');
      tell({ tone: 'problem', text: `${source} was not opened. ${wordPlanError(read.error)}` });
      return false;
    },
    async renamePlan(id, name) {
      if (id === plans.getState().openId) rename(name);
      else await shelf.rename(id, name);
    },
    async duplicatePlan(id) {
      if (id === plans.getState().openId) await flush();
      await shelf.duplicate(id);
    },
    async deletePlan(id) {
      if (id === plans.getState().openId) {
        const turn = ++asked;
        await flush();
        await show(turn, createPlan(), null);
      }
      const deleted = await shelf.remove(id);
      if (deleted) tell({ tone: 'info', text: `${deleted.name || 'The untitled plan'} was deleted.`, deletedId: id });
    },
    async bringBackPlan() {
      tell(null);
      await shelf.bringBack();
    },
    async keepState(plan = selectPlan(document.getState())) {
      plans.setState({ saved: { plan, at: Date.now() } });
      saver.saveSoon();
      await flush();
    },
    async readPlan(id) {
      const record = await storage.load(id);
      return record && planOf(record.text);
    },
    async settleConflict(how) {
      const { openId, conflict } = plans.getState();
      if (!openId || !conflict) return;
      if (how === 'take-saved') {
        if (conflict.type === 'deleted') await show(++asked, createPlan(), null);
        else await open(++asked, await storage.load(openId));
        return;
      }
      await keepMine();
    },
    dismissPlanNotice: () => tell(null),
  };

  return {
    actions,
    openForeign,
    async restore(id) {
      const turn = ++asked;
      const record = await storage.load(id).catch(() => null);
      // Who opens a model meanwhile wants that.
      const isFree = isBlankPlan(selectPlan(document.getState())) && derived.getState().studentStatus.type !== 'opening';
      if (record && isFree) await open(turn, record);
    },
  };
}

/** The broken texts of a record as the editor holds them. */
async function brokenTexts(plan: Plan, broken: BrokenTexts): Promise<Readonly<Record<Mode, ListText | null>>> {
  const texts: Record<Mode, ListText | null> = { ...initialView.listTexts };
  const held = modes.filter((mode) => broken[mode]);
  if (held.length === 0) return texts;
  const { readListText } = await import('../monaco/read-list-text.ts');
  for (const mode of held) {
    const { text, overtaken } = broken[mode]!;
    const read = readListText(text);
    if (!read.ok) texts[mode] = { text, list: plan.lists[mode], problem: read.error, overtaken };
  }
  return texts;
}
