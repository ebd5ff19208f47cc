/** Slips of the hand in one name: more make it another name. */
const mostSlips = 2;

/**
 * The one candidate that a text was likely meant to be: the same but for case, `_` and `-`, else the nearest by letters
 * added, left out, taken for another or swapped. Numbers must agree; `null` when none is near or several are.
 */
export function nearestText(text: string, candidates: Iterable<string>): string | null {
  let nearest: { readonly text: string; readonly slips: number } | null = null;
  let isSingle = true;
  for (const candidate of candidates) {
    if (candidate === text) continue;
    const slips = slipsBetween(text, candidate);
    if (slips === null || (nearest && slips > nearest.slips)) continue;
    isSingle = nearest?.slips !== slips;
    nearest = { text: candidate, slips };
  }
  return isSingle ? (nearest?.text ?? null) : null;
}

/** How many slips lie between two texts; `null` for more than a text of that length is meant to bear. */
function slipsBetween(text: string, candidate: string): number | null {
  const [a, b] = [fold(text), fold(candidate)];
  if (a === b) return 0;
  const most = Math.min(mostSlips, Math.floor(a.length / 3));
  if (Math.abs(a.length - b.length) > most || digits(a) !== digits(b)) return null;
  const slips = distance(a, b);
  return slips <= most ? slips : null;
}

/** The slips between two texts, however short, as long as they are not more than `most`; else `null`. */
export function slipsAtMost(text: string, candidate: string, most: number): number | null {
  const [a, b] = [fold(text), fold(candidate)];
  const slips = Math.abs(a.length - b.length) > most ? null : distance(a, b);
  return slips !== null && slips <= most ? slips : null;
}

const fold = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '');
const digits = (text: string): string => text.replaceAll(/\D/g, '');

/** Optimal string alignment: letters added, left out, replaced, or two neighbours swapped. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
