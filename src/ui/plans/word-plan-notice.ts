import type { PlanNotice, PlanOrigin } from '../../store/plans-store.ts';
import { wordPlanError, wordPlanExcess } from './plan-error-wording.ts';
import { saveFailureWords } from './save-failure-wording.ts';
import { wordFragmentError } from './share-wording.ts';
import { wordLeftOut, wordListsLeft } from './word-left-out.ts';

/** A notice about plans in words, and whether it wants attention. Names come from plans: show it as text. */
export function wordPlanNotice(notice: PlanNotice): { readonly text: string; readonly isProblem: boolean } {
  switch (notice.type) {
    case 'opened':
      return info(`${wordOpened(notice.name, notice.from)}${notice.namesake === null ? '' : ' One of them has the same name and differs.'}`);
    case 'known': {
      const title = notice.name || 'The plan';
      return info(notice.isOpen ? `${title} is open already.` : `${title} is among your plans already and was opened.`);
    }
    case 'left-behind':
      return info(`${notice.name || 'The plan'} stays with ${notice.from} among your plans. This is a new one for ${notice.to}.`);
    case 'new-version':
      return info('A new version of Espalier is ready. Your plan and your model stay when you reload the page.');
    case 'deleted': {
      const title = notice.name || 'The untitled plan';
      if (notice.failure === null) return info(`${title} was deleted.`);
      return problem(`${title} could not be brought back. ${saveFailureWords[notice.failure]} As long as this page is open, you can try again.`);
    }
    case 'not-stored':
      return problem(
        'This browser could not store the plan, so it stays open: leaving it would lose the last changes. ' +
          'Download it from Share, or do the same again to leave it.',
      );
    case 'gone':
      return problem('That plan is gone: it was deleted in another tab.');
    case 'not-readable':
      return problem(`${notice.name || 'The plan'} cannot be read by this version of Espalier. It stays stored.`);
    case 'too-large':
      return problem(`The plan was not opened. ${wordPlanExcess(notice.excess)} The command line takes it: espalier check.`);
    case 'text-refused':
      return problem(`${notice.source} was not opened. ${wordPlanError(notice.error)}`);
    case 'link-refused':
      return problem(`The link was not opened. ${wordFragmentError(notice.error)}`);
    case 'left-out':
      return problem(`${wordBefore(notice.after)}${wordLeftOut(notice)}`);
    case 'lists-left':
      return problem(`${wordBefore(notice.after)}${wordListsLeft(notice.names)}`);
    case 'part-not-fetched':
      return problem('The part for plans could not be fetched. Check the connection and try again.');
    case 'storage-failed':
      return problem(`Nothing was changed. ${saveFailureWords[notice.failure]}`);
    case 'link-not-fetched':
      return problem(
        'The plan of the link was not opened: a part of this page could not be fetched. ' +
          'Check the connection, then reload the page; its address still holds the link.',
      );
    default:
      return notice satisfies never;
  }
}

/** The notice that comes first, with the space after it. */
function wordBefore(notice: PlanNotice | null): string {
  return notice === null ? '' : `${wordPlanNotice(notice).text} `;
}

function wordOpened(name: string, from: PlanOrigin): string {
  switch (from.type) {
    case 'link':
      return `${name || 'The plan of the link'} was opened from a link as a plan of its own. Your other plans are as they were.`;
    case 'text':
      return `${name || from.source} was opened as a plan of its own. Your other plans are as they were.`;
    case 'disk':
      return `${from.file} was opened as it is on disk. Your own state stays among your plans.`;
  }
}

function info(text: string): { readonly text: string; readonly isProblem: boolean } {
  return { text, isProblem: false };
}

function problem(text: string): { readonly text: string; readonly isProblem: boolean } {
  return { text, isProblem: true };
}
