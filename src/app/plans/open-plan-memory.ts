const tabKey = 'espalier.open-plan';
const lastKey = 'espalier.last-plan';
const none = '-';

/** The plan that a tab worked on, and when, in milliseconds since 1970. */
export interface OpenPlanNote {
  readonly id: string;
  readonly at: number;
}

/**
 * The plan that this tab had open before a reload, else the one that any tab opened or saved last; `null` for the start page.
 * `stored` is the note that was stored with the last save: a browser that is killed may lose what it noted elsewhere.
 */
export function rememberedPlan(stored: OpenPlanNote | null): string | null {
  let noted: string | null = null;
  try {
    const ofTab = sessionStorage.getItem(tabKey);
    if (ofTab !== null) return ofTab === none ? null : ofTab;
    noted = localStorage.getItem(lastKey);
  } catch {
    // Blocked: the note of the last save counts.
  }
  // A note of an earlier version has no time.
  const [id = none, at = '0'] = noted?.split(' ') ?? [];
  if (stored !== null && stored.at > Number(at)) return stored.id;
  return id === none ? null : id;
}

/** Notes the plan that this tab works on; `null` for none. */
export function rememberPlan(id: string | null): void {
  try {
    sessionStorage.setItem(tabKey, id ?? none);
    localStorage.setItem(lastKey, `${id ?? none} ${Date.now()}`);
  } catch {
    // The next visit then opens the plan that was saved last.
  }
}
