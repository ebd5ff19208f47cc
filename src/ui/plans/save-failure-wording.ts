import type { SaveFailure } from '../../store/derived-store.ts';

/** Why this browser did not store something, as a sentence. */
export const saveFailureWords: Readonly<Record<SaveFailure, string>> = {
  full: 'The storage of this browser is full.',
  refused: 'This browser refuses to store it, as in some private windows.',
  silent: 'The storage of this browser does not answer.',
  'not-fetched': 'A part of this page could not be fetched. Check the connection.',
};
