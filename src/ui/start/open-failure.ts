import { describeReadError } from '../../core/readers/read-error-wording.ts';
import type { ReadError } from '../../core/readers/read-error.ts';
import type { EngineFailure } from '../../worker/protocol.ts';

export interface WordedFailure {
  readonly title: string;
  readonly place: string;
  readonly remedy: string;
}

/** Words for a model that could not be opened. `name` is the file, sample or "pasted text". */
export function wordOpenFailure(name: string, failure: ReadError | EngineFailure): WordedFailure {
  if ('code' in failure) return describeReadError(failure);
  switch (failure.type) {
    case 'unreadable':
      return describeReadError(failure.error);
    case 'not-stored':
      return {
        title: `${name} is no longer stored in this browser.`,
        place: '',
        remedy: 'Your lists are safe. Open the file of the model again to see what they select.',
      };
    case 'unreachable':
      return {
        title: `${name} could not be fetched.`,
        place: `${failure.url}: ${failure.reason}`,
        remedy: 'Check that the server which serves this page still runs, then try again.',
      };
    case 'cancelled':
    case 'superseded':
      return { title: `Opening ${name} was stopped.`, place: '', remedy: 'The model that was open stays open.' };
    case 'no-tree':
    case 'crashed':
      return {
        title: `The engine stopped while it opened ${name}.`,
        place: failure.type === 'crashed' ? failure.message : '',
        remedy: 'The model that was open stays open. A file too large for the memory of this browser ends like this.',
      };
  }
}
