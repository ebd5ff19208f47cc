import type { Plan } from '../../core/plan/plan.ts';
import type { PlansStore } from '../../store/plans-store.ts';
import { nameCopy } from './name-copy.ts';
import { freshKey, isUntouchedPlan, summarise, type PlanRecord } from './plan-records.ts';
import type { PlanStorage } from './plan-storage.ts';
import { planFile, type PlanSaver } from './saving.ts';
import { isSamePlan, mayBeUntouched, plansToForget, type UntouchedPlan } from './untouched-plans.ts';

/** How often a plan is renamed anew because another tab has saved it in between. */
const mostTries = 5;

/** The plans that this browser keeps, except for the open one. */
export interface PlanShelf {
  /** The plan of a record's text; null where this version cannot read it. */
  readonly planOf: (text: string) => Promise<Plan | null>;
  /** The plan of this browser with that content, the one that is open first. */
  readonly findSame: (plan: Plan) => Promise<PlanRecord | null>;
  /** The plan of that name for the same model that was changed last, but not the one that is open; null for a plan without a name. */
  readonly findNamesake: (plan: Plan) => Promise<string | null>;
  /** Forgets plans that nobody touched but the latest of them. */
  readonly thin: () => Promise<void>;
  /** Renames a plan that is not open. */
  readonly rename: (id: string, name: string) => Promise<void>;
  readonly duplicate: (id: string) => Promise<void>;
  /** Deletes a plan and returns it; null when it was gone already. */
  readonly remove: (id: string) => Promise<PlanRecord | null>;
  /** Restores the plan that was deleted last. */
  readonly bringBack: () => Promise<void>;
}

/** The names of the plans in this browser. */
export function takenNames(plans: PlansStore): readonly string[] {
  return (plans.getState().plans ?? []).map(({ name }) => name);
}

/** Looks after the plans that this browser keeps. */
export function createPlanShelf(plans: PlansStore, storage: PlanStorage, saver: PlanSaver): PlanShelf {
  let deleted: PlanRecord | null = null;

  async function planOf(text: string): Promise<Plan | null> {
    const read = (await planFile()).readPlan(text);
    return read.ok ? read.value : null;
  }

  async function findSame(plan: Plan): Promise<PlanRecord | null> {
    const { openId } = plans.getState();
    const alike = (await storage.list().catch(() => [])).filter(
      (record) => record.name === plan.name && Object.keys(record.broken).length === 0,
    );
    for (const record of alike.toSorted((a, b) => Number(b.id === openId) - Number(a.id === openId))) {
      const kept = await planOf(record.text);
      if (kept && isSamePlan(kept, plan)) return record;
    }
    return null;
  }

  async function findNamesake({ name, tree }: Plan): Promise<string | null> {
    const { openId } = plans.getState();
    const alike = (await storage.list().catch(() => [])).filter((record) => name !== '' && record.name === name && record.id !== openId);
    for (const { id, text } of alike.toSorted((a, b) => b.changedAt - a.changedAt)) {
      const kept = await planOf(text);
      if (kept && kept.tree?.digest === tree?.digest) return id;
    }
    return null;
  }

  async function thin(): Promise<void> {
    const records = await storage.list().catch(() => []);
    const untouched: UntouchedPlan[] = [];
    for (const record of records) {
      if (record.id === plans.getState().openId || !mayBeUntouched(record)) continue;
      const plan = await planOf(record.text);
      if (plan && isUntouchedPlan(plan)) untouched.push({ record, digest: plan.tree?.digest ?? null });
    }
    const forgotten = plansToForget(untouched);
    for (const { id, revision } of forgotten) {
      // Another tab may have changed it in the meantime.
      if ((await storage.load(id).catch(() => null))?.revision === revision) await storage.remove(id);
    }
    if (forgotten.length > 0) await saver.refresh();
  }

  return {
    planOf,
    findSame,
    findNamesake,
    thin,
    async rename(id, name) {
      const { writePlan } = await planFile();
      // A tab that works on the plan may save it in between: then what it saved is renamed.
      for (let isSaved = false, tries = 0; !isSaved && tries < mostTries; tries++) {
        const record = await storage.load(id);
        const plan = record && (await planOf(record.text));
        if (!record || !plan) break;
        const text = writePlan({ ...plan, name });
        isSaved = (await storage.save({ ...record, name, text, revision: freshKey(Date.now()) }, record.revision)).saved;
      }
      await saver.refresh();
    },
    async duplicate(id) {
      const record = await storage.load(id);
      const plan = record && (await planOf(record.text));
      if (!record || !plan) return;
      const { writePlan } = await planFile();
      const time = Date.now();
      const name = nameCopy(plan.name || (record.model ?? ''), takenNames(plans));
      const copy = { ...plan, name };
      await storage.save(
        { ...record, ...summarise(freshKey(time), copy, time), text: writePlan(copy), revision: freshKey(time) },
        null,
      );
      await saver.refresh();
    },
    async remove(id) {
      deleted = await storage.load(id);
      await storage.remove(id);
      await saver.refresh();
      return deleted;
    },
    async bringBack() {
      if (deleted) await storage.save(deleted, null);
      deleted = null;
      await saver.refresh();
    },
  };
}
