/** Path of a Chromium, or `null` when none is found. Throws when ESPALIER_BROWSER names a missing file. */
export function findBrowser(): Promise<string | null>;
/** As `findBrowser`, but tries to get one first; throws with a way out when none can be had. */
export function ensureBrowser(): Promise<string>;
