import { createStore, del, entries, get, promisifyRequest } from 'idb-keyval';
import { freshKey, type PlanRecord } from './plan-records.ts';

/** What other tabs are told of a plan that was saved or deleted. */
export interface PlanNews {
  readonly id: string;
  /** `null`: it was deleted. */
  readonly revision: string | null;
  readonly at: number;
}

/** Keeps plans in this browser. All but `saveNow` reject when the browser's storage fails. */
export interface PlanStorage {
  readonly list: () => Promise<readonly PlanRecord[]>;
  readonly load: (id: string) => Promise<PlanRecord | null>;
  /**
   * Saves a plan whose last known revision is `base` (`null`: it is new). When another tab has saved or deleted it since,
   * nothing is written and what is there is given (`null`: nothing).
   */
  readonly save: (
    record: PlanRecord,
    base: string | null,
  ) => Promise<{ readonly saved: true } | { readonly saved: false; readonly found: PlanRecord | null }>;
  readonly remove: (id: string) => Promise<void>;
  /**
   * Puts a plan aside at once, for a page that is about to close; it is taken in by the next `recover`. `bases` are the
   * revisions that it may replace: a save may still be under way.
   */
  readonly saveNow: (record: PlanRecord, bases: readonly (string | null)[]) => void;
  /** Takes in what was put aside. What another tab has overtaken becomes a plan of its own. */
  readonly recover: () => Promise<void>;
  /** Hears of what other tabs save and delete. */
  readonly watch: (hear: (news: PlanNews) => void) => void;
}

const prefix = 'plan:';
const urgentPrefix = 'espalier.urgent-plan.';

/** Plans in IndexedDB, one entry each; tabs tell each other over a channel. */
export function createPlanStorage(): PlanStorage {
  const store = createStore('espalier-plans', 'plans');
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('espalier-plans');
  const tell = (news: PlanNews): void => channel?.postMessage(news);

  /** Reads and writes in one transaction, so that no other tab comes between. */
  const save: PlanStorage['save'] = (record, base) =>
    store('readwrite', async (plans) => {
      const found = (await promisifyRequest<PlanRecord | undefined>(plans.get(prefix + record.id))) ?? null;
      if ((found?.revision ?? null) !== base) return { saved: false, found } as const;
      await promisifyRequest<IDBValidKey>(plans.put(record, prefix + record.id));
      tell({ id: record.id, revision: record.revision, at: record.changedAt });
      return { saved: true } as const;
    });

  return {
    save,
    async list() {
      const all = await entries<string, PlanRecord>(store);
      return all.filter(([key]) => key.startsWith(prefix)).map(([, record]) => record);
    },
    load: async (id) => (await get<PlanRecord>(prefix + id, store)) ?? null,
    async remove(id) {
      await del(prefix + id, store);
      tell({ id, revision: null, at: Date.now() });
    },
    saveNow(record, bases) {
      try {
        localStorage.setItem(urgentPrefix + record.id, JSON.stringify({ record, bases } satisfies UrgentSave));
      } catch {
        // Full or blocked: the last regular save stands.
      }
    },
    async recover() {
      for (const [key, { record, bases }] of readUrgent()) {
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
  };
}

interface UrgentSave {
  readonly record: PlanRecord;
  readonly bases: readonly (string | null)[];
}

function readUrgent(): readonly (readonly [key: string, save: UrgentSave])[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(urgentPrefix))
      .map((key) => [key, JSON.parse(localStorage.getItem(key) ?? '') as UrgentSave] as const);
  } catch {
    return [];
  }
}
