import { isAsciiWord } from '../unicode/unicode.ts';

/** Characters that the automaton reads: ASCII without line feeds. */
export const alphabetSize = 128;

/** Reads a character of the set `data`, then `out`. */
export const readNode = 0;
/** `out` or `data`. */
export const splitNode = 1;
/** `out` where the anchor `data` holds. */
export const anchorNode = 2;
/** `out` where the lookahead that begins at `data` holds. */
export const aheadNode = 3;
/** `out` where the lookahead that begins at `data` fails. */
export const notAheadNode = 4;
/** `out` where the lookbehind number `data` holds. */
export const behindNode = 5;
/** `out` where the lookbehind number `data` fails. */
export const notBehindNode = 6;
export const acceptNode = 7;

/** A nondeterministic automaton, its nodes as columns. */
export interface Nfa {
  readonly kind: readonly number[];
  readonly out: readonly number[];
  readonly data: readonly number[];
  readonly start: number;
  /** First nodes of the lookbehinds; inner ones come first. */
  readonly behinds: readonly number[];
  /** One byte for each ASCII character: 1 where it belongs. */
  readonly sets: readonly Uint8Array[];
  /** Whether some node asks for a word boundary. */
  readonly hasBoundaries: boolean;
  /** Whether `\\B` holds in an empty name. */
  readonly boundsEmpty: boolean;
  /** `false` when it accepts more than the pattern, because parts that are not regular were widened. */
  readonly exact: boolean;
}

/** Nodes of the largest automaton that is built. */
export const mostNodes = 60_000;

/** Thrown when the automaton grows beyond use. */
export class AutomatonTooLarge extends Error {}

/** Groups the characters that no set of the automaton distinguishes. */
export function classifyCharacters(nfa: Nfa): { readonly classOf: Uint8Array; readonly sample: readonly number[] } {
  const classOf = new Uint8Array(alphabetSize);
  const ids = new Map<string, number>();
  const sample: number[] = [];
  for (let character = 0; character < alphabetSize; character++) {
    let key = nfa.hasBoundaries && isAsciiWord(character) ? 'w' : '';
    for (const set of nfa.sets) key += set[character];
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = sample.length));
      sample.push(character);
    }
    classOf[character] = id;
  }
  return { classOf, sample };
}
