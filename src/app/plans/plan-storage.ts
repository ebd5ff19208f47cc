import { del, entries, get, promisifyRequest } from 'idb-keyval';
import type { Plan } from '../../core/plan/plan.ts';
import type { OpenPlanNote } from './open-plan-memory.ts';
import { createPlanDatabase, type PlanDatabase } from './plan-database.ts';
import { freshKey, notStored, type PlanRecord } from './plan-records.ts';

/** The message to other tabs about a plan that was saved or deleted. */
export interface PlanNews {
  readonly id: string;
  /** `null`: it was deleted. */
  readonly revision: string | null;
  readonly at: number;
}

/**
 * Keeps plans in this browser. `save`, `remove` and `recover` reject when the browser's storage fails; `list` and `load` then give
 * the records that were put aside.
 */
export interface PlanStorage {
  readonly list: () => Promise<readonly PlanRecord[]>;
  readonly load: (id: string) => Promise<PlanRecord | null>;
  /**
   * Saves a plan whose last known revision is `base` (`null`: it is new). When another tab has saved or deleted it since,
   * nothing is written and the present record is given (`null`: none). `isOpen`: this tab works on it, which is noted for `lastOpen`.
   */
  readonly save: (
    record: PlanRecord,
    base: string | null,
    isOpen?: boolean,
  ) => Promise<{ readonly saved: true } | { readonly saved: false; readonly found: PlanRecord | null }>;
  /** The plan that a tab saved last while it worked on it; `null` for none. */
  readonly lastOpen: () => Promise<OpenPlanNote | null>;
  readonly remove: (id: string) => Promise<void>;
  /**
   * Puts a plan aside at once, for a page that is about to close; it is taken in by the next `recover`. `bases` are the
   * revisions that it may replace: a save may still be under way.
   */
  readonly saveNow: (record: PutAside, bases: readonly (string | null)[]) => void;
  /** Forgets a plan that was put aside. */
  readonly forgetPutAside: (id: string) => void;
  /**
   * Takes in records that were put aside. A record that another tab has overtaken becomes a plan of its own. `write` is asked for where a plan was
   * put aside before its code was there.
   */
  readonly recover: (write: () => Promise<(plan: Plan) => string>) => Promise<void>;
  /** Reports plans that other tabs save and delete. */
  readonly watch: (hear: (news: PlanNews) => void) => void;
  /** Hears when the database of this browser is deleted. */
  readonly watchDeletion: (hear: () => void) => void;
}

/** A record to put aside. Where the code that writes plans has not been fetched, the plan is kept in place of its text. */
export type PutAside = PlanRecord | (Omit<PlanRecord, 'text'> & { readonly plan: Plan });

const prefix = 'plan:';
const openKey = 'last-open';
const urgentPrefix = 'espalier.urgent-plan.';

/** Plans in IndexedDB, one entry each; tabs inform each other over a channel. */
export function createPlanStorage(database: PlanDatabase = createPlanDatabase()): PlanStorage {
  const store = database.use;
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('espalier-plans');
  const announce = (news: PlanNews): void => channel?.postMessage(news);
  /** For each plan that this tab has read or written, how often the database had been deleted by then. */
  const seen = new Map<string, number>();
  const note = (id: string): void => void seen.set(id, database.deletions());

  /** Reads and writes in one transaction, so that no other tab comes between. */
  const save: PlanStorage['save'] = async (record, base, isOpen = false) => {
    const result = await store('readwrite', async (plans) => {
      const found = (await promisifyRequest<PlanRecord | undefined>(plans.get(prefix + record.id))) ?? null;
      // A plan that went with the whole database was not deleted by another tab.
      const isGone = found === null && (seen.get(record.id) ?? database.deletions()) !== database.deletions();
      if (!isGone && (found?.revision ?? notStored) !== (base ?? notStored)) return { saved: false, found } as const;
      await promisifyRequest<IDBValidKey>(plans.put(record, prefix + record.id));
      if (isOpen) await promisifyRequest<IDBValidKey>(plans.put({ id: record.id, at: record.changedAt } satisfies OpenPlanNote, openKey));
      return { saved: true } as const;
    });
    if (result.saved) {
      note(record.id);
      announce({ id: record.id, revision: record.revision, at: record.changedAt });
      forgetUrgent(record.id);
    }
    return result;
  };

  return {
    save,
    async list() {
      const all = await entries<string, PlanRecord>(store).catch(() => []);
      const stored = all.filter(([key]) => key.startsWith(prefix)).map(([, record]) => record);
      const aside = readUrgent().flatMap(([, { record }]) => ('text' in record ? [record] : []));
      return [...stored, ...aside.filter(({ id }) => !stored.some((record) => record.id === id))];
    },
    async load(id) {
      const found = await get<PlanRecord>(prefix + id, store).catch((error: unknown) => {
        if (asideOf(id)) return undefined;
        throw error;
      });
      if (found) note(id);
      const aside = asideOf(id);
      // A plan that another tab has stored since is newer.
      const isNewer = aside && (found === undefined || aside.bases.includes(found.revision));
      return isNewer ? { ...aside.record, revision: found?.revision ?? notStored, isPutAside: true } : (found ?? null);
    },
    lastOpen: async () => (await get<OpenPlanNote>(openKey, store)) ?? null,
    async remove(id) {
      await del(prefix + id, store);
      forgetUrgent(id);
      announce({ id, revision: null, at: Date.now() });
    },
    saveNow(record, bases) {
      try {
        localStorage.setItem(urgentPrefix + record.id, JSON.stringify({ record, bases } satisfies UrgentSave));
      } catch {
        // Full or blocked: the last regular save stays valid.
      }
    },
    forgetPutAside: forgetUrgent,
    async recover(write) {
      for (const [key, { record: aside, bases }] of readUrgent()) {
        const record = 'text' in aside ? aside : await withText(aside, write);
        // So that it can be read even where the database refuses.
        if (record !== aside) localStorage.setItem(key, JSON.stringify({ record, bases } satisfies UrgentSave));
        const revision = (await get<PlanRecord>(prefix + record.id, store))?.revision ?? null;
        if (revision !== record.revision) {
          const replaces = bases.includes(revision);
          await save(replaces ? record : { ...record, id: freshKey(Date.now()) }, replaces ? revision : null);
        }
        localStorage.removeItem(key);
      }
    },
    watch(hear) {
      channel?.addEventListener('message', (event: MessageEvent<PlanNews>) => hear(event.data));
    },
    watchDeletion: database.watchDeletion,
  };
}

async function withText(
  { plan, ...record }: Exclude<PutAside, PlanRecord>,
  write: () => Promise<(plan: Plan) => string>,
): Promise<PlanRecord> {
  return { ...record, text: (await write())(plan) };
}

interface UrgentSave {
  readonly record: PutAside;
  readonly bases: readonly (string | null)[];
}

/** The copy of a plan that was put aside and that can be read. */
function asideOf(id: string): { readonly record: PlanRecord; readonly bases: UrgentSave['bases'] } | null {
  const found = readUrgent().find(([, { record }]) => record.id === id)?.[1];
  return found && 'text' in found.record ? { record: found.record, bases: found.bases } : null;
}

/** Removes a copy that was put aside: a newer one has been saved since. */
function forgetUrgent(id: string): void {
  try {
    localStorage.removeItem(urgentPrefix + id);
  } catch {
    // Blocked: then nothing was put aside.
  }
}

function readUrgent(): readonly (readonly [key: string, save: UrgentSave])[] {
  let keys: readonly string[];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(urgentPrefix));
  } catch {
    return [];
  }
  return keys.flatMap((key) => {
    try {
      return [[key, JSON.parse(localStorage.getItem(key) ?? '') as UrgentSave] as const];
    } catch {
      // A damaged copy hides no other.
      return [];
    }
  });
}
