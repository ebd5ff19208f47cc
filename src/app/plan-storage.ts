import { createStore, del, get, set } from 'idb-keyval';

/** Keeps the text of the plan that is open in this browser. */
export interface PlanStorage {
  /** The saved plan, or `null` when there is none. Rejects when the browser's storage fails. */
  readonly load: () => Promise<string | null>;
  /** Rejects when the browser's storage fails. */
  readonly save: (text: string) => Promise<void>;
  /** Saves at once, for a page that is about to close. */
  readonly saveNow: (text: string) => void;
}

const key = 'open-plan';
const urgentKey = 'espalier.open-plan';

/** The plan in IndexedDB; what is written while the page closes waits in localStorage until the next visit. */
export function createPlanStorage(): PlanStorage {
  const store = createStore('espalier-plans', 'plans');
  return {
    async load() {
      const urgent = readUrgent();
      if (urgent !== null) {
        await set(key, urgent, store).then(clearUrgent, () => undefined);
        return urgent;
      }
      return (await get<string>(key, store)) ?? null;
    },
    async save(text) {
      if (text === '') await del(key, store);
      else await set(key, text, store);
      clearUrgent();
    },
    saveNow(text) {
      try {
        localStorage.setItem(urgentKey, text);
      } catch {
        // Full or blocked: the last regular save stands.
      }
    },
  };
}

function readUrgent(): string | null {
  try {
    return localStorage.getItem(urgentKey);
  } catch {
    return null;
  }
}

function clearUrgent(): void {
  try {
    localStorage.removeItem(urgentKey);
  } catch {
    // Nothing was stored then.
  }
}
