const key = 'espalier.palette';
const most = 8;

/** Ids of the entries chosen last in the palette, the latest first; none where storage is blocked. */
export function recentIds(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Notes that something was chosen. */
export function noteChosen(id: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([id, ...recentIds().filter((other) => other !== id)].slice(0, most)));
  } catch {
    // The order then stays as it is.
  }
}
