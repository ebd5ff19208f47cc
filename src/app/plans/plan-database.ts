import type { UseStore } from 'idb-keyval';

const databaseName = 'espalier-plans';
const storeName = 'plans';

/** Milliseconds after which a database that does not answer counts as one that never will. */
const patience = 5000;
/** The same once it has been silent: nobody waits for it twice. */
const shortPatience = 500;

/** The database answers neither yes nor no. */
export class SilentDatabase extends Error {
  constructor() {
    super('The database of this browser does not answer.');
    this.name = 'SilentDatabase';
  }
}

/** The plans of this browser in IndexedDB. */
export interface PlanDatabase {
  /**
   * Runs one transaction, as idb-keyval asks for it. Resolves when the transaction is *complete*: a request can succeed and its
   * transaction fail, as when the disk is full. Rejects with the browser's error, or with `SilentDatabase`.
   */
  readonly use: UseStore;
  /** Counts how often the database was deleted while this page was open. Right within a transaction. */
  readonly deletions: () => number;
  /** Hears when someone deletes the database. */
  readonly watchDeletion: (hear: () => void) => void;
}

/** Opens the database when it is first used, and again after it was closed or deleted. */
export function createPlanDatabase(): PlanDatabase {
  let opening: Promise<IDBDatabase> | null = null;
  let hasOpened = false;
  let deletions = 0;
  let isSilent = false;
  const hearers: (() => void)[] = [];

  function open(): Promise<IDBDatabase> {
    opening ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(databaseName);
      request.onupgradeneeded = () => {
        // It was there before: it has been deleted without a word, as with the data of a site.
        if (hasOpened) deletions++;
        request.result.createObjectStore(storeName);
      };
      request.onerror = () => reject(request.error ?? new Error('The database could not be opened.'));
      request.onsuccess = () => {
        hasOpened = true;
        const database = request.result;
        database.onclose = () => (opening = null);
        database.onversionchange = ({ newVersion }) => {
          // An open connection would block a deletion, or a newer version of this page, until this page is left.
          opening = null;
          database.close();
          if (newVersion !== null) return;
          hasOpened = false;
          deletions++;
          for (const hear of hearers) hear();
        };
        resolve(database);
      };
    });
    opening.catch(() => (opening = null));
    return opening;
  }

  /** `signal` ends the work: an abandoned plan must not be stored later. */
  async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
    const database = await open();
    signal.throwIfAborted();
    const transaction = database.transaction(storeName, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
    const complete = new Promise<void>((resolve, reject) => {
      const refuse = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', refuse);
    });
    complete.catch(() => undefined);
    signal.addEventListener('abort', () => {
      try {
        transaction.abort();
      } catch {
        // It is complete already.
      }
    });
    const result = await work(transaction.objectStore(storeName));
    await complete;
    return result;
  }

  return {
    deletions: () => deletions,
    watchDeletion: (hear) => void hearers.push(hear),
    async use(mode, work) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const given = new AbortController();
      const silence = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          reject(new SilentDatabase());
          given.abort();
        }, isSilent ? shortPatience : patience);
      });
      try {
        const running = run(mode, work, given.signal);
        running.catch(() => undefined);
        const result = await Promise.race([running, silence]);
        isSilent = false;
        return result;
      } catch (error) {
        if (error instanceof SilentDatabase) {
          isSilent = true;
          opening = null;
        }
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
