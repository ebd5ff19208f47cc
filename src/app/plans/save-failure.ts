import type { SaveFailure } from '../../store/derived-store.ts';
import { SilentDatabase } from './plan-database.ts';

/** Whether an error is the browser's storage failing. */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof DOMException || error instanceof SilentDatabase;
}

/** Why the storage of this browser failed. */
export function saveFailureOf(error: unknown): SaveFailure {
  if (error instanceof SilentDatabase) return 'silent';
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'refused';
}
