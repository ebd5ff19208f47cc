import { flagBits, type Category, type Flags, type PatternNode, type SetItem } from '../parse/ast.ts';
import {
  capitalsOf,
  hasCased,
  isAsciiCased,
  isAsciiDigit,
  isAsciiSpace,
  isAsciiWord,
  isCased,
  isDigit,
  isSpace,
  isWord,
  sameCaseAs,
  toAsciiLower,
  toLower,
  toUpper,
} from './unicode.ts';

/** A set of the characters that can be at one place of a name. */
export interface CharacterSet {
  /** 1 for each ASCII character that belongs. */
  readonly ascii: Uint8Array;
  /** Whether a character beyond ASCII belongs. */
  readonly beyond: (code: number) => boolean;
  /** The only character, when it is one and case counts. */
  readonly literal: number | null;
  /** Whether Python compares characters as they are (and may therefore look ahead for them). */
  readonly exact: boolean;
}

/** A node that matches one character. */
export type CharacterNode = Extract<PatternNode, { type: 'literal' | 'not-literal' | 'any' | 'set' }>;

type Test = (code: number) => boolean;

/** How Python folds case under some flags; `null` when case counts. */
interface Folding {
  readonly lower: (code: number) => number;
  readonly isCased: Test;
  /** Other lower-case characters that are equivalent to `lower`. */
  readonly same: (lower: number) => readonly number[];
  /** Characters whose lower case it is, itself left out. */
  readonly capitals: (lower: number) => readonly number[];
  readonly anyCased: (low: number, high: number) => boolean;
}

/** Whether a node matches exactly one character. */
export function isCharacter(node: PatternNode): node is CharacterNode {
  return node.type === 'literal' || node.type === 'not-literal' || node.type === 'any' || node.type === 'set';
}

/** Sets of ASCII literals and of `.`, which patterns are full of. */
const commonSets = new Map<string, CharacterSet>();

/** Resolves a one-character node under the flags that hold there, as Python 3.`minor` compiles it (rule P12). */
export function characterSet(node: CharacterNode, flags: Flags, minor: number): CharacterSet {
  if (node.type === 'set' || (node.type !== 'any' && node.code >= 128)) return resolve(node, flags, minor);
  const relevant = flags & (flagBits.ignoreCase | flagBits.unicode | flagBits.dotAll);
  const key = `${node.type} ${node.type === 'any' ? '' : node.code} ${relevant} ${minor < 9}`;
  let set = commonSets.get(key);
  if (!set) commonSets.set(key, (set = resolve(node, flags, minor)));
  return set;
}

function resolve(node: CharacterNode, flags: Flags, minor: number): CharacterSet {
  const folding = foldingOf(flags, minor);
  switch (node.type) {
    case 'any':
      return build((flags & flagBits.dotAll) !== 0 ? () => true : (code) => code !== 10, null, false);
    case 'literal':
      if (!folding?.isCased(node.code)) return build((code) => code === node.code, node.code, true);
      return build(foldedLiteral(node.code, folding), null, false);
    case 'not-literal':
      if (!folding?.isCased(node.code)) return build((code) => code !== node.code, null, false);
      return build(negate(foldedLiteral(node.code, folding)), null, false);
    case 'set': {
      const { test, folded } = folding
        ? foldedSet(node.items, flags, minor, folding)
        : { test: plainSet(node.items, flags), folded: false };
      return build(node.negated ? negate(test) : test, null, !folded);
    }
  }
}

/** How two characters are compared where a group is repeated by reference. */
export function foldReference(flags: Flags): 'exact' | 'ascii' | 'unicode' {
  if ((flags & flagBits.ignoreCase) === 0) return 'exact';
  return (flags & flagBits.unicode) !== 0 ? 'unicode' : 'ascii';
}

/** Whether a character belongs to `\w` under the flags. */
function wordTest(flags: Flags): Test {
  return (flags & flagBits.unicode) !== 0 ? isWord : isAsciiWord;
}

function build(test: Test, literal: number | null, exact: boolean): CharacterSet {
  const ascii = new Uint8Array(128);
  for (let code = 0; code < 128; code++) ascii[code] = test(code) ? 1 : 0;
  return { ascii, beyond: test, literal, exact };
}

function negate(test: Test): Test {
  return (code) => !test(code);
}

function foldingOf(flags: Flags, minor: number): Folding | null {
  if ((flags & flagBits.ignoreCase) === 0) return null;
  if ((flags & flagBits.unicode) === 0) return asciiFolding;
  return {
    lower: toLower,
    isCased,
    same: (lower) => sameCaseAs(lower, minor),
    capitals: capitalsOf,
    anyCased: hasCased,
  };
}

const asciiFolding: Folding = {
  lower: toAsciiLower,
  isCased: isAsciiCased,
  same: () => [],
  capitals: (lower) => (lower >= 97 && lower <= 122 ? [lower - 32] : []),
  anyCased: (low, high) => (low <= 90 && high >= 65) || (low <= 122 && high >= 97),
};

function foldedLiteral(code: number, folding: Folding): Test {
  const lower = folding.lower(code);
  const wanted = new Set([lower, ...folding.same(lower)]);
  return (other) => wanted.has(folding.lower(other));
}

function plainSet(items: readonly SetItem[], flags: Flags): Test {
  const tests = items.map((item): Test => {
    switch (item.type) {
      case 'literal':
        return (code) => code === item.code;
      case 'range':
        return (code) => code >= item.low && code <= item.high;
      case 'category':
        return categoryTest(item.category, flags);
    }
  });
  return anyOf(tests);
}

/**
 * A set under the flag `i`. Python fills a map of lower-case characters and looks up the lower case of each character that it
 * reads, unless the set holds nothing that has a case. Beyond the first 65,536 characters it lowers less.
 */
function foldedSet(
  items: readonly SetItem[],
  flags: Flags,
  minor: number,
  folding: Folding,
): { readonly test: Test; readonly folded: boolean } {
  let folded = false;
  const tests = items.map((item): Test => {
    switch (item.type) {
      case 'literal': {
        const lower = folding.lower(item.code);
        if (lower > 0xffff) {
          if (minor < 14 || folding.isCased(item.code)) folded = true;
          const kept = minor >= 14 ? lower : item.code;
          return (code) => code === kept;
        }
        if (folding.isCased(item.code)) folded = true;
        const wanted = new Set([lower, ...folding.same(lower)]);
        return (code) => wanted.has(code);
      }
      case 'range': {
        if (item.high > 0xffff || folding.anyCased(item.low, item.high)) folded = true;
        return foldedRange(item.low, item.high, folding, minor < 14 || (flags & flagBits.unicode) !== 0);
      }
      case 'category':
        return categoryTest(item.category, flags);
    }
  });
  const test = anyOf(tests);
  return folded ? { test: (code) => test(folding.lower(code)), folded } : { test: plainSet(items, flags), folded };
}

/** Whether a lower-case character is the lower case of one in the range, or as good as one. */
function foldedRange(low: number, high: number, folding: Folding, triesUpper: boolean): Test {
  const isIn: Test = (code) => code >= low && code <= high;
  const isLowerOfOne: Test = (code) =>
    (isIn(code) && folding.lower(code) === code) || folding.capitals(code).some(isIn);
  return (code) => {
    if (code <= 0xffff && (isLowerOfOne(code) || folding.same(code).some(isLowerOfOne))) return true;
    return high > 0xffff && (isIn(code) || (triesUpper && isIn(toUpper(code))));
  };
}

function anyOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (first && !second) return first;
  return (code) => tests.some((test) => test(code));
}

function categoryTest(category: Category, flags: Flags): Test {
  const unicode = (flags & flagBits.unicode) !== 0;
  switch (category) {
    case 'digit':
      return unicode ? isDigit : isAsciiDigit;
    case 'not-digit':
      return negate(unicode ? isDigit : isAsciiDigit);
    case 'space':
      return unicode ? isSpace : isAsciiSpace;
    case 'not-space':
      return negate(unicode ? isSpace : isAsciiSpace);
    case 'word':
      return wordTest(flags);
    case 'not-word':
      return negate(wordTest(flags));
  }
}
