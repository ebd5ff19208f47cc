/** Parts of a title that a query matched, as [start, end) pairs in order. */
export type MatchedParts = readonly (readonly [start: number, end: number])[];

/** How well a title matches: the lower tier is the better, and no other rule overrules it. */
export interface TitleMatch {
  readonly tier: number;
  readonly parts: MatchedParts;
}

/** Tiers, the best first. */
export const tiers = { exact: 0, start: 1, wordStart: 2, inside: 3, words: 4, also: 5, letters: 6 } as const;

/**
 * Matches a query with a title, in either case: the whole title, its start, the start of a word, anywhere inside,
 * every word of the query somewhere, and last the query's letters in order. `null` when not even the letters are there.
 */
export function matchTitle(query: string, title: string): TitleMatch | null {
  const wanted = fold(query.trim());
  const text = fold(title);
  if (wanted === '') return { tier: tiers.exact, parts: [] };
  const at = findAtWord(text, wanted);
  if (at !== null) {
    const tier = at === 0 ? (text === wanted ? tiers.exact : tiers.start) : startsWord(text, at) ? tiers.wordStart : tiers.inside;
    return { tier, parts: [[at, at + wanted.length]] };
  }
  const words = wanted.split(/\s+/);
  if (words.length > 1) {
    const parts = words.map((word): readonly [number, number] | null => {
      const found = findAtWord(text, word);
      return found === null ? null : [found, found + word.length];
    });
    if (parts.every((part) => part !== null)) return { tier: tiers.words, parts: joinParts(parts) };
  }
  return matchLetters(wanted.replaceAll(/\s+/g, ''), text);
}

/** Lower case, and `sparse_ratio` as two words; without a change of length, so that places stay. */
function fold(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll('_', ' ');
}

/** The first place that starts a word, else the first place at all. */
function findAtWord(text: string, wanted: string): number | null {
  const first = text.indexOf(wanted);
  if (first < 0) return null;
  for (let at = first; at >= 0; at = text.indexOf(wanted, at + 1)) if (startsWord(text, at)) return at;
  return first;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);
}

/** Letters in order, each where a word starts if it can be: `swo` finds `Switch Off`. */
function matchLetters(wanted: string, text: string): TitleMatch | null {
  // Two letters are in everything: they say nothing.
  if (wanted.length < 3) return null;
  const places: number[] = [];
  let from = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, from);
    if (next < 0) return null;
    // On from the last letter, else the start of a later word, as long as the rest can still follow.
    const atWord = next === from && places.length > 0 ? next : laterWord(text, letter, next);
    places.push(canFollow(wanted.slice(places.length + 1), text, atWord + 1) ? atWord : next);
    from = places.at(-1)! + 1;
  }
  // Letters scattered about are chance: at least half start a word or follow each other.
  const good = places.filter((place, index) => startsWord(text, place) || place === places[index - 1]! + 1).length;
  if (good * 2 < places.length) return null;
  return { tier: tiers.letters, parts: joinParts(places.map((place) => [place, place + 1])) };
}

function laterWord(text: string, letter: string, from: number): number {
  for (let at = from; at >= 0; at = text.indexOf(letter, at + 1)) if (startsWord(text, at)) return at;
  return from;
}

function canFollow(rest: string, text: string, from: number): boolean {
  let at = from;
  for (const letter of rest) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Parts in order, touching ones as one. */
function joinParts(parts: MatchedParts): MatchedParts {
  const joined: [number, number][] = [];
  for (const [start, end] of parts.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** The parts of a title that lie within a piece of it, counted from where the piece starts. */
export function partsWithin(parts: MatchedParts, start: number, end: number): MatchedParts {
  return parts
    .map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start] as const)
    .filter(([from, to]) => from < to);
}
