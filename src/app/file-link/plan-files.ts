import type { DerivedStore } from '../../store/derived-store.ts';
import type { PlansStore } from '../../store/plans-store.ts';

const key = 'espalier.plans-with-files';

/** Notes which plans have a file, so that a page without one fetches no code for files. */
export function notePlanFiles(ids: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // Full or blocked: the file is linked until the page is left.
  }
}

function hasFile(id: string): boolean {
  try {
    return localStorage.getItem(key)?.includes(JSON.stringify(id)) === true;
  } catch {
    return false;
  }
}

/** Links each plan that is opened to the file that it was saved to before, once its model is there: a script may ask for names of modules. */
export function linkFilesAgain(plans: PlansStore, derived: DerivedStore, linkAgain: (planId: string) => Promise<void>): void {
  let looked = -1;
  const look = (): void => {
    const { openId, opening } = plans.getState();
    if (openId === null || opening === looked || derived.getState().restoring) return;
    looked = opening;
    // If the code cannot be fetched, the plan is as it is without a file.
    if (hasFile(openId)) linkAgain(openId).catch(() => undefined);
  };
  // A plan is opened in several steps, all of one task.
  const lookSoon = (): void => queueMicrotask(look);
  plans.subscribe(lookSoon);
  derived.subscribe(lookSoon);
}
