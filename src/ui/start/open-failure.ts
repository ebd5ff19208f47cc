import { formatCount } from '../../core/text/format-count.ts';
import { describeReadError } from '../../core/readers/messages/read-error-wording.ts';
import { defaultReadLimits, limitToRaise, readCeilings, type ReadError, type ReadLimits } from '../../core/readers/messages/read-error.ts';
import type { OpenOptions } from '../../store/open-options.ts';
import type { OpenStatus } from '../../store/derived-store.ts';
import type { EngineFailure, TreeSource } from '../../worker/protocol.ts';

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
        remedy: 'Your lists are safe. Open the file of the model again to see their modules.',
      };
    case 'unknown-sample':
      return {
        title: `This version of Espalier does not have the sample of the plan${name === '' ? '' : `, ${shorten(name)}`}.`,
        place: `sample: ${shorten(JSON.stringify(failure.sample))}`,
        remedy: 'Your lists are safe. Open a file of the model or choose another sample to see their modules.',
      };
    case 'unreachable':
      return {
        title: `${name} could not be fetched.`,
        place: `${failure.url}: ${failure.reason}`,
        remedy: 'Check that the server which serves this page still runs, then try again.',
      };
    case 'not-fetched':
      return {
        title: `${name} could not be opened: a part of this page could not be fetched.`,
        place: failure.reason,
        remedy: 'Check the connection, or that the server of this page still runs, then try again.',
      };
    case 'cancelled':
    case 'superseded':
      return { title: `Opening ${name} was stopped.`, place: '', remedy: 'The model that was open stays open.' };
    case 'no-tree':
    case 'no-list':
    case 'crashed':
      return {
        title: `The engine stopped while it opened ${name}.`,
        place: failure.type === 'crashed' ? failure.message : '',
        remedy: 'The model that was open stays open. A file too large for the memory of this browser ends like this.',
      };
  }
}

/** Characters shown of a text that a plan from elsewhere holds. */
const shownOfText = 80;

function shorten(text: string): string {
  return text.length > shownOfText ? `${text.slice(0, shownOfText)} …` : text;
}

/** Another try with a limit raised. */
export interface LargerTry {
  readonly label: string;
  readonly source: TreeSource;
  readonly options: OpenOptions;
}

const units: Readonly<Record<keyof ReadLimits, string>> = {
  maxModules: 'modules',
  maxNameUnits: 'characters of names',
  maxDepth: 'levels',
  maxBytes: 'MB in memory',
  maxUnreadLines: 'lines',
};

/** The try that gets past the limit that an opening ran into; `null` where none would. */
export function largerTry(status: Extract<OpenStatus, { readonly type: 'failed' }>): LargerTry | null {
  const { error, source, options } = status;
  if (source === null || 'code' in error || error.type !== 'unreadable') return null;
  const key = limitToRaise(error.error);
  if (key === null) return null;
  const again = (limit: number) => ({ ...options, limits: { ...options.limits, [key]: limit } });
  if (key === 'maxUnreadLines') return { label: 'Open without these lines', source, options: again(readCeilings[key]) };
  const before = options.limits?.[key] ?? defaultReadLimits[key];
  const limit = Math.min(before * 10, readCeilings[key]);
  const shown = key === 'maxBytes' ? limit / 1_000_000 : limit;
  return {
    label: `Open anyway, up to ${formatCount(shown)} ${units[key]}`,
    source,
    options: again(limit),
  };
}
