import type { readImport as ReadImport } from '../core/plan/import-list.ts';

/** Replaces the reading of lists that are imported: in a report nobody can import one, and the code for scripts is large. */
export const readImport: typeof ReadImport = () => {
  throw new Error('A report imports no lists.');
};
