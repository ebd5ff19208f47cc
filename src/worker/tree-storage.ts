import { createStore, del, get, keys, set } from 'idb-keyval';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { currentNote, type SentenceNote, type TreeNote } from '../core/module-tree/tree-note.ts';

/** Keeps trees in this browser, by digest. */
export interface TreeStorage {
  /** The stored tree, or `null`. Rejects when the browser's storage fails. */
  readonly load: (digest: string) => Promise<ModuleTree | null>;
  /** Stores a tree and forgets the oldest beyond `keptTrees`. Rejects when the browser's storage fails. */
  readonly save: (digest: string, tree: ModuleTree) => Promise<void>;
}

interface StoredTree {
  readonly tree: Omit<ModuleTree, 'notes'> & { readonly notes: readonly (TreeNote | SentenceNote)[] };
  readonly savedAt: number;
}

const keptTrees = 12;

/** Trees in IndexedDB; usable in a worker. `layout` names the stored format: other formats are not read. */
export function createIndexedTreeStorage(layout = 1): TreeStorage {
  const store = createStore(`espalier-trees-${layout}`, 'trees');
  return {
    async load(digest) {
      const stored = await get<StoredTree>(digest, store);
      if (stored === undefined) return null;
      // Trees that were stored before models had graphs lack the field.
      return { ...stored.tree, graph: stored.tree.graph ?? null, notes: stored.tree.notes.map(currentNote) };
    },
    async save(digest, tree) {
      await set(digest, { tree, savedAt: Date.now() } satisfies StoredTree, store);
      const digests = await keys<string>(store);
      if (digests.length <= keptTrees) return;
      const dated = await Promise.all(
        digests.map(async (key) => ({ key, savedAt: (await get<StoredTree>(key, store))?.savedAt ?? 0 })),
      );
      dated.sort((a, b) => b.savedAt - a.savedAt);
      for (const { key } of dated.slice(keptTrees)) await del(key, store);
    },
  };
}
