import type { EngineFailure } from './protocol.ts';

const fetchFailure = /dynamically imported module|importing a module script|preload/i;

/** Whether the message of an error says that code could not be fetched, in the words of any browser. */
export function isFetchFailure(message: string): boolean {
  return fetchFailure.test(message);
}

/** The failure of a call whose answer throws: code that cannot be fetched now may come at the next call. */
export function failureOf(error: unknown): EngineFailure {
  const message = error instanceof Error ? error.message : String(error);
  return isFetchFailure(message) ? { type: 'not-fetched', reason: message } : { type: 'crashed', message };
}
