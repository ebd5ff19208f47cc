const tabKey = 'espalier.open-plan';
const lastKey = 'espalier.last-plan';
const none = '-';

/** The plan that this tab had open before a reload, else the one that any tab opened last; `null` for the start page. */
export function rememberedPlan(): string | null {
  try {
    const id = sessionStorage.getItem(tabKey) ?? localStorage.getItem(lastKey);
    return id === none ? null : id;
  } catch {
    return null;
  }
}

/** Notes the plan that this tab works on; `null` for none. */
export function rememberPlan(id: string | null): void {
  try {
    sessionStorage.setItem(tabKey, id ?? none);
    localStorage.setItem(lastKey, id ?? none);
  } catch {
    // The next visit then starts at the start page.
  }
}
