import { createStore, del, get, keys, set } from 'idb-keyval';
import type { Mode } from '../../core/config/mode.ts';
import { notePlanFiles } from './plan-files.ts';

/** A file that a plan is saved to, as this browser keeps it for the next visit. */
export interface KeptFile {
  readonly name: string;
  /** The text of the file when the file and the page last agreed. */
  readonly text: string;
  readonly revision: string;
  /** Where the browser can write to it. */
  readonly handle: FileSystemFileHandle | null;
  readonly mode: Mode | null;
  readonly choice: number | null;
  readonly given: readonly (readonly [string, string])[];
}

/** Keeps the files of plans in this browser. It never rejects: where the storage fails, a reload lets go of the file. */
export interface FileMemory {
  readonly keep: (planId: string, file: KeptFile) => Promise<void>;
  readonly find: (planId: string) => Promise<KeptFile | null>;
}

interface Stored {
  readonly file: KeptFile;
  readonly keptAt: number;
}

const keptFiles = 30;

/** Files in IndexedDB, which is the only storage that takes handles. The oldest beyond `keptFiles` are forgotten. */
export function createFileMemory(): FileMemory {
  const store = createStore('espalier-files', 'files');

  async function forgetOldest(): Promise<void> {
    const ids = await keys<string>(store);
    if (ids.length <= keptFiles) return notePlanFiles(ids);
    const dated = await Promise.all(ids.map(async (id) => ({ id, keptAt: (await get<Stored>(id, store))?.keptAt ?? 0 })));
    const byAge = dated.toSorted((a, b) => b.keptAt - a.keptAt).map(({ id }) => id);
    for (const id of byAge.slice(keptFiles)) await del(id, store);
    notePlanFiles(byAge.slice(0, keptFiles));
  }

  return {
    async keep(planId, file) {
      try {
        await set(planId, { file, keptAt: Date.now() } satisfies Stored, store);
        await forgetOldest();
      } catch {
        // Full or blocked: the file is linked until the page is left.
      }
    },
    find: async (planId) => (await get<Stored>(planId, store).catch(() => undefined))?.file ?? null,
  };
}
