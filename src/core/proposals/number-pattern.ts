import { groupBy } from '../text/group-by.ts';

/**
 * Alternatives, joined by bars and without brackets around them, that match exactly these texts of ASCII digits:
 * `0–5` → `[0-5]`, `3–60` → `[3-9]|[1-5]\d|60`. Texts are distinct; leading zeros are kept apart.
 */
export function writeNumbers(texts: readonly string[]): string {
  const byLength = groupBy(texts, (text) => text.length);
  const lengths = [...byLength.keys()].toSorted((a, b) => a - b);
  const folded = lengths.map((length) => writeEqualLength(byLength.get(length)!)).join('|');
  const plain = texts.toSorted((a, b) => a.length - b.length || compare(a, b)).join('|');
  // Bars need brackets around them, a lone class does not.
  return plain.length < folded.length && folded.includes('|') ? plain : folded;
}

/** Digits that go on alike share one class. */
function writeEqualLength(texts: readonly string[]): string {
  if (texts[0] === '') return '';
  const byRest = new Map<string, { digits: string; rests: readonly string[] }>();
  const byDigit = groupBy(texts, (text) => text.charAt(0));
  for (const digit of [...byDigit.keys()].toSorted(compare)) {
    const rests = byDigit.get(digit)!.map((text) => text.slice(1)).toSorted(compare);
    const key = rests.join();
    const group = byRest.get(key);
    if (group) group.digits += digit;
    else byRest.set(key, { digits: digit, rests });
  }
  return [...byRest.values()]
    .map(({ digits, rests }) => {
      const rest = writeEqualLength(rests);
      return digitClass(digits) + (rest.includes('|') ? `(${rest})` : rest);
    })
    .join('|');
}

/** A class of ascending digits: `3` → `3`, `0123` → `[0-3]`, all ten → `\d`. */
function digitClass(digits: string): string {
  if (digits.length === 1) return digits;
  if (digits.length === 10) return '\\d';
  let text = '';
  for (let at = 0; at < digits.length; ) {
    let end = at;
    while (Number(digits[end + 1]) === Number(digits[end]) + 1) end++;
    text += end - at > 1 ? `${digits[at]}-${digits[end]}` : digits.slice(at, end + 1);
    at = end + 1;
  }
  return `[${text}]`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
