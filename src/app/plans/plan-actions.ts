import { findPlanExcess } from '../../core/plan/plan-limits.ts';
import { modes } from '../../core/config/mode.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import { commit } from '../../core/plan/commit.ts';
import type { CarriedTrees, PlanFile } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { PlanActions, PlanNotice, PlanOrigin, PlansStore } from '../../store/plans-store.ts';
import { initialView } from '../../store/view-store.ts';
import { setTreeReference } from '../history-actions.ts';
import type { ModelActions } from '../model-actions.ts';
import { nameCopy } from './name-copy.ts';
import type { Parts } from '../parts.ts';
import { isBlankPlan, isUntouchedPlan, type PlanRecord } from './plan-records.ts';
import { createPlanShelf, takenNames } from './plan-shelf.ts';
import type { PlanStorage } from './plan-storage.ts';
import { isStorageFailure, saveFailureOf } from './save-failure.ts';
import { planFile, type PlanSaver } from './saving.ts';
import { createPlanShow } from './show-plan.ts';

export interface PlanKeeping {
  readonly actions: PlanActions;
  /**
   * Opens a plan that came from outside as one of its own, with the trees it carries. `shown` is called once the page shows it
   * and keeps it; its models may still be opened then. A notice says where it is `from`; with null there is none. `false`: the page
   * does not show it, and a notice says why, or something else was asked for in the meantime.
   */
  readonly openForeign: (file: PlanFile, from: PlanOrigin | null, shown?: () => void) => Promise<boolean>;
  /** Takes over another tab's changes to the plan that is open here; `false` where that needs a choice by the user. */
  readonly catchUp: (id: string) => Promise<boolean>;
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
  const { document, view, derived } = parts;
  const shelf = createPlanShelf(plans, storage, saver);
  const { planOf, thin } = shelf;
  const { take, isLast, place, openModels, show, follow } = createPlanShow(parts, plans, saver, models, planOf);
  const notify = (notice: PlanNotice | null): void => plans.setState({ notice });

  /** The plan that cannot be stored; the user has been warned that leaving loses it. */
  let warnedOf: Plan | null = null;

  /**
   * Before another plan is shown: unsaved changes here must not be lost, even if another tab has the plan now. Gives
   * `false` when it cannot be stored: a notice says so, and a second attempt goes on.
   */
  async function flush(): Promise<boolean> {
    if (plans.getState().conflict && derived.getState().saveState !== 'saved') await keepMine();
    await saver.flush();
    const plan = selectPlan(document.getState());
    const isBroken = modes.some((mode) => view.getState().listTexts[mode]?.problem);
    const isLost = derived.getState().saveState === 'failed' && (isBroken || !isUntouchedPlan(plan));
    if (!isLost || warnedOf === plan) return true;
    warnedOf = plan;
    notify({ type: 'not-stored' });
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

  async function open(turn: number, record: PlanRecord | null, trees: CarriedTrees = {}): Promise<boolean> {
    const plan = record && (await planOf(record.text));
    if (!record || !plan) {
      notify(record ? { type: 'not-readable', name: record.name } : { type: 'gone' });
      await saver.refresh();
      return false;
    }
    return show(turn, plan, record, trees);
  }

  async function openForeign({ plan, trees }: PlanFile, from: PlanOrigin | null, shown: () => void = () => undefined): Promise<boolean> {
    const excess = findPlanExcess(plan);
    if (excess) {
      notify({ type: 'too-large', excess });
      return false;
    }
    if (!(await flush())) return false;
    const turn = take();
    const { known, kept } = await oneTabAtATime(async () => {
      const found = await shelf.findSame(plan);
      if (found) return { known: found, kept: null };
      const placed = await place(turn, plan, null);
      if (placed) shown();
      // The next tab that opens the same plan finds this one stored.
      if (placed) await saver.flush();
      return { known: null, kept: placed };
    });
    if (known) {
      const isOpen = known.id === plans.getState().openId && derived.getState().student !== null;
      shown();
      if (!isOpen && !(await open(turn, known, trees))) return false;
      if (from !== null) notify({ type: 'known', name: known.name, isOpen });
      return true;
    }
    if (!kept) return false;
    await openModels(turn, plan, kept, trees);
    if (from !== null) notify({ type: 'opened', name: plan.name, from, namesake: await shelf.findNamesake(plan) });
    await thin();
    return true;
  }

  const actions: PlanActions = {
    async openPlan(id) {
      if (!(await flush())) return;
      const turn = take();
      if (await open(turn, await storage.load(id))) notify(null);
      await thin();
    },
    async newPlan() {
      if (!(await flush())) return;
      const turn = take();
      const { tree, teacher } = selectPlan(document.getState());
      if (!(await show(turn, { ...createPlan(), tree, teacher }, null))) return;
      notify(null);
      await thin();
    },
    async startAnew() {
      const { modelChange } = derived.getState();
      if (!modelChange) return;
      const { name, tree, teacher } = selectPlan(document.getState());
      setTreeReference(parts, 'student', modelChange.before);
      const turn = take();
      if (!(await flush()) || !(await show(turn, { ...createPlan(), tree, teacher }, null))) {
        if (isLast(turn)) setTreeReference(parts, 'student', tree);
        return;
      }
      const { from, to } = modelChange;
      notify({ type: 'left-behind', name, from, to });
      await thin();
    },
    async closePlan() {
      if (!(await flush())) return;
      const turn = take();
      if (!(await show(turn, createPlan(), null))) return;
      await thin();
      view.setState({ openModules: initialView.openModules, searchText: '', searchType: null, treeFilter: null });
      await saver.refresh();
    },
    async openPlanText(text, source) {
      const { readPlanFile } = await planFile();
      const read = readPlanFile(text);
      if (read.ok) return openForeign(read.value, { type: 'text', source });
      notify({ type: 'text-refused', source, error: read.error });
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
      const turn = id === plans.getState().openId ? take() : null;
      if (turn !== null) await flush();
      const deleted = await shelf.remove(id);
      if (turn !== null) await show(turn, createPlan(), null);
      if (deleted) notify({ type: 'deleted', name: deleted.name, failure: null });
    },
    async bringBackPlan() {
      const { notice } = plans.getState();
      try {
        await shelf.bringBack();
        notify(null);
      } catch (error) {
        // Its only copy is still in this page: it can be tried again.
        if (notice?.type !== 'deleted' || !isStorageFailure(error)) throw error;
        notify({ ...notice, failure: saveFailureOf(error) });
      }
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
        if (conflict.type === 'deleted') await show(take(), createPlan(), null);
        else await open(take(), await storage.load(openId));
        return;
      }
      await keepMine();
    },
    dismissPlanNotice: () => notify(null),
  };

  return {
    actions,
    openForeign,
    async catchUp(id) {
      const record = await storage.load(id).catch(() => null);
      const plan = record && !record.isPutAside ? await planOf(record.text) : null;
      return record !== null && plan !== null && follow(plan, record);
    },
    async restore(id) {
      const turn = take();
      const record = await storage.load(id).catch(() => null);
      // If the user has started to open a model in the meantime, that wins.
      const isFree = isBlankPlan(selectPlan(document.getState())) && derived.getState().studentStatus.type !== 'opening';
      if (record && isFree) await open(turn, record);
    },
  };
}

/** Runs the work while no other tab of this browser runs such work; at once where the browser has no locks. */
async function oneTabAtATime<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
  return locks ? locks.request('espalier-open-plan', work) : work();
}
