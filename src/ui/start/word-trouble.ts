import type { Trouble } from '../../store/derived-store.ts';
import { isFetchFailure } from '../../worker/fetch-failure.ts';

/** A trouble in words: first the fact, then the next step. */
export function wordTrouble(trouble: Trouble): string {
  switch (trouble.type) {
    case 'tree-not-stored':
      return `This browser could not store ${trouble.model}: after a reload its file has to be opened again.`;
    case 'engine-crashed':
      return `The engine stopped and starts again. It reported: ${trouble.message}`;
    case 'engine-not-fetched':
      return 'The list is not resolved: the engine could not be fetched. Check the connection; any change or click tries again.';
    case 'part-not-fetched':
      return 'Nothing was changed: a part of this page could not be fetched. Check the connection, then do it again.';
    case 'near-misses-not-fetched':
      return 'Near misses of patterns are not shown: a part of this page could not be fetched. Check the connection; the next change of a pattern tries again.';
    case 'change-not-compared':
      return `It is not known which matches the plan for ${trouble.from} loses in ${trouble.to}: a part of this page could not be fetched.`;
    case 'fix-outdated':
      return 'The list has changed since this fix was offered, so it was not applied.';
    case 'not-copied':
      return 'Nothing was copied: the browser forbids it. It allows copying on https pages and on localhost.';
    case 'copied-without-text':
      return 'The JSON text has an error, so its changes are not in what was copied: this is the list as it was before.';
    case 'action-failed':
      return isFetchFailure(trouble.reason)
        ? `${trouble.action} did not work: a part of this page could not be fetched. Check the connection, then do it again.`
        : `${trouble.action} did not work: ${trouble.reason}`;
  }
}
