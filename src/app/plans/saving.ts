import type { Plan } from '../../core/plan/plan.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { PlansStore } from '../../store/plans-store.ts';
import { rememberPlan } from './open-plan-memory.ts';
import type { Parts } from '../parts.ts';
import { brokenTextsOf, freshKey, isBlankPlan, isUntouchedPlan, orderSummaries, summarise, type PlanRecord } from './plan-records.ts';
import { saveFailureOf } from './save-failure.ts';
import type { PlanNews, PlanStorage, PutAside } from './plan-storage.ts';
import type { SaveFailure } from '../../store/derived-store.ts';
import { typingPauses } from '../../store/typing-pauses.ts';

/** Reading and writing plans is loaded behind the first paint. */
export const planFile = () => import('../../core/plan/plan-file.ts');

/** Saves the plan of this tab while it changes, and tracks which state is saved. */
export interface PlanSaver {
  /** From here on this tab works on the record (`null`: on a plan that is not saved yet). */
  readonly follow: (record: PlanRecord | null) => void;
  /** Saves all unsaved changes; resolves when the saving has ended. */
  readonly flush: () => Promise<void>;
  /** Loads the code for saving, so that a page that is left afterwards saves its plan on the way out. */
  readonly prepare: () => void;
  /** Saves even if nothing changed, e.g. a plan that came from a file. */
  readonly saveSoon: () => void;
  /** Gives the plan an identity of its own and saves it: the other tab keeps the old one. */
  readonly saveAsNew: () => Promise<void>;
  /** Tries again to save changes that could not be saved. */
  readonly saveAgain: () => Promise<void>;
  /** The plan as the text of a file; rejects when the code that writes it cannot be fetched. */
  readonly textOfPlan: () => Promise<string>;
  /** Reads the plans of this browser into the store. */
  readonly refresh: () => Promise<void>;
}

/**
 * Saves the plan soon after each change, and at once when the page is left. When another tab has saved the plan, `catchUp` takes
 * that over; where it says `false`, the user is asked.
 */
export function createPlanSaver(
  { document, view, derived }: Parts,
  plans: PlansStore,
  storage: PlanStorage,
  catchUp: (id: string) => Promise<boolean>,
): PlanSaver {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writePlan: ((plan: Plan) => string) | null = null;
  /** The revision that this tab's state goes back to. */
  let base: string | null = null;
  /** Something was done in the plan that is open, in this visit or before. */
  let edited = false;
  /** The saving that was requested last, with its promise. */
  let saving: Promise<void> | null = null;
  /** The last message of another tab about the open plan. */
  let latest: PlanNews | null = null;
  /** The revision that was put aside when the page was left; the page may come back from the browser's cache of pages. */
  let putAside: string | null = null;
  /** The id under which this tab's changes are put aside while another tab has the plan and the user is asked. */
  let asideId: string | null = null;
  let underWay: { readonly revision: string; readonly done: Promise<void> } | null = null;

  function record(write: (plan: Plan) => string): PlanRecord {
    const { saved } = plans.getState();
    const plan = selectPlan(document.getState());
    return { ...recordWithoutText(plan), text: write(plan), saved: saved && { text: write(saved.plan), at: saved.at } };
  }

  function recordWithoutText(plan: Plan): Omit<PlanRecord, 'text'> {
    const time = Date.now();
    return {
      ...summarise(plans.getState().openId ?? freshKey(time), plan, time),
      broken: brokenTextsOf(view.getState().listTexts),
      revision: freshKey(time),
      edited,
      saved: null,
    };
  }

  /** The plan to put aside now: the code that writes plans may not have loaded yet. */
  function recordToPutAside(): PutAside {
    const plan = selectPlan(document.getState());
    return writePlan ? record(writePlan) : { ...recordWithoutText(plan), plan };
  }

  /** The other tab keeps the plan; the changes made here since become a plan of their own, if this page ends without an answer. */
  function putAsideAsOwn(): void {
    const written = recordToPutAside();
    asideId ??= freshKey(written.changedAt);
    storage.saveNow({ ...written, id: asideId }, [null]);
  }

  /** The question is answered: what was put aside for it is not needed any more. */
  function forgetOwn(): void {
    if (asideId !== null) storage.forgetPutAside(asideId);
    asideId = null;
  }

  /** Shows that the plan is not saved, and keeps a copy of it where the browser still takes one. */
  function failToSave(saveFailure: SaveFailure): void {
    derived.setState({ saveState: 'failed', saveFailure });
    const aside = recordToPutAside();
    if (plans.getState().openId === null) plans.setState({ openId: aside.id });
    rememberPlan(aside.id);
    storage.saveNow(aside, underWay ? [base, underWay.revision] : [base]);
  }

  function save(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const settled = write().finally(() => {
      if (saving === settled) saving = null;
    });
    saving = settled;
    return settled;
  }

  async function write(): Promise<void> {
    // Again after each wait: several changes may wait for the same save, and each builds on the one before.
    for (let waited = underWay; waited; waited = underWay) await waited.done;
    if (plans.getState().conflict) {
      putAsideAsOwn();
      return;
    }
    if (base === null && isBlankPlan(selectPlan(document.getState()))) {
      derived.setState({ saveState: 'saved', saveFailure: null });
      return;
    }
    derived.setState({ saveState: 'saving' });
    if (writePlan === null) {
      try {
        writePlan = (await planFile()).writePlan;
      } catch {
        failToSave('not-fetched');
        return;
      }
      // While the code came, another change may have begun to save.
      return write();
    }
    const written = record(writePlan);
    const isNew = plans.getState().openId === null;
    if (isNew) {
      plans.setState({ openId: written.id });
      rememberPlan(written.id);
    }
    const done = store(written);
    underWay = { revision: written.revision, done };
    await done;
    underWay = null;
  }

  async function store(written: PlanRecord): Promise<void> {
    const { opening } = plans.getState();
    try {
      const result = await storage.save(written, base, true);
      if (plans.getState().opening !== opening) return;
      if (result.saved) {
        base = written.revision;
        plans.setState(({ plans: all }) => ({
          plans: all && orderSummaries([...all.filter(({ id }) => id !== written.id), written]),
        }));
      } else if (putAside !== null && result.found?.revision === putAside) {
        // Another page has taken in the changes that were put aside here.
        base = putAside;
        await store(written);
        return;
      } else {
        plans.setState({
          conflict: result.found ? { type: 'changed', at: result.found.changedAt } : { type: 'deleted' },
        });
        putAsideAsOwn();
      }
      derived.setState({ saveState: result.saved && timer === null ? 'saved' : 'unsaved', saveFailure: null });
    } catch (error) {
      if (plans.getState().opening === opening) failToSave(saveFailureOf(error));
    }
  }

  function prepare(): void {
    if (writePlan !== null) return;
    // If this fails, the next save tries again and shows the failure.
    planFile().then((loaded) => (writePlan = loaded.writePlan)).catch(() => undefined);
  }

  function saveSoon(): void {
    if (document.getState().history.past.length > 0) prepare();
    derived.setState({ saveState: 'unsaved' });
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void save(), typingPauses.browser);
  }

  async function refresh(): Promise<void> {
    const all = await storage.list().catch(() => []);
    plans.setState({ plans: orderSummaries(all) });
  }

  document.subscribe((state, before) => {
    if (state.history.present === before.history.present) return;
    edited ||= state.history.past.length > 0;
    saveSoon();
  });
  view.subscribe(({ listTexts }, before) => {
    if (listTexts === before.listTexts) return;
    const isBroken = Object.values(listTexts).some((text) => text?.problem);
    const wasBroken = Object.values(before.listTexts).some((text) => text?.problem);
    if (isBroken || wasBroken) saveSoon();
  });
  addEventListener('pagehide', () => {
    if (derived.getState().saveState === 'saved') return;
    if (base === null && isBlankPlan(selectPlan(document.getState()))) return;
    if (plans.getState().conflict) return putAsideAsOwn();
    const written = recordToPutAside();
    rememberPlan(written.id);
    putAside = written.revision;
    storage.saveNow(written, underWay ? [base, underWay.revision] : [base]);
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) void lookForNews();
  });
  addEventListener('beforeunload', (event) => {
    if (derived.getState().saveState === 'failed' && !isUntouchedPlan(selectPlan(document.getState()))) event.preventDefault();
  });
  storage.watchDeletion(() => {
    // The database is gone with all its plans: this one is written again.
    base = null;
    if (!isBlankPlan(selectPlan(document.getState()))) saveSoon();
  });
  storage.watch((news) => {
    void refresh();
    if (news.id !== plans.getState().openId || news.revision === base) return;
    latest = news;
    void hearOf(news);
  });

  /** Looks for what other pages did with the open plan while this one was put away, and heard nothing. */
  async function lookForNews(): Promise<void> {
    const id = plans.getState().openId;
    if (id === null || base === null) return;
    const found = await storage.load(id).catch(() => undefined);
    await refresh();
    if (found === undefined || found?.isPutAside || plans.getState().openId !== id) return;
    const revision = found?.revision ?? null;
    if (revision === base || (revision !== null && revision === putAside)) return;
    latest = { id, revision, at: found?.changedAt ?? Date.now() };
    await hearOf(latest);
  }

  async function hearOf(news: PlanNews): Promise<void> {
    if (news.revision === null) {
      if (!edited && isUntouchedPlan(selectPlan(document.getState()))) {
        // The deleted plan was untouched, so nothing is lost; the next change here creates a new plan.
        base = null;
        plans.setState({ openId: null });
      } else plans.setState({ conflict: { type: 'deleted' } });
      return;
    }
    const isTaken = derived.getState().saveState === 'saved' && (await catchUp(news.id).catch(() => false));
    // Later news decide, or another plan is open here by now.
    if (isTaken || latest !== news || news.id !== plans.getState().openId || news.revision === base) return;
    plans.setState({ conflict: { type: 'changed', at: news.at } });
  }

  return {
    prepare,
    saveSoon,
    refresh,
    async flush() {
      while (timer !== null || saving) await (timer === null ? saving : save());
    },
    follow(next) {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      forgetOwn();
      base = next?.revision ?? null;
      edited = next?.edited ?? false;
      plans.setState({ openId: next?.id ?? null, conflict: null });
      rememberPlan(next?.id ?? null);
      derived.setState({ saveState: 'saved', saveFailure: null });
      if (next?.isPutAside) saveSoon();
    },
    async saveAgain() {
      await save();
    },
    async textOfPlan() {
      writePlan ??= (await planFile()).writePlan;
      return writePlan(selectPlan(document.getState()));
    },
    async saveAsNew() {
      base = null;
      plans.setState({ openId: null, conflict: null });
      await save();
      forgetOwn();
    },
  };
}
