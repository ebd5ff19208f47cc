import { flagBits, type Category, type Flags, type PatternNode, type SetItem } from './ast.ts';
import { isCased, isDigit, isSpace, isWord, sameUpper, toLower, toUpper } from './unicode.ts';

/** Whether a character (by its code point) is one that a node of the pattern matches. */
export type CharacterTest = (code: number) => boolean;

export type CharacterNode = Extract<PatternNode, { readonly type: 'literal' | 'not-literal' | 'any' | 'set' }>;

/** Whether a node matches exactly one character. */
export function isCharacterNode(node: PatternNode): node is CharacterNode {
  return node.type === 'literal' || node.type === 'not-literal' || node.type === 'any' || node.type === 'set';
}

/** The test of a one-character node under the flags that hold at its place (rules P7–P9). */
export function testOf(node: CharacterNode, flags: Flags): CharacterTest {
  const ascii = (flags & flagBits.ascii) !== 0;
  const ignoreCase = (flags & flagBits.ignoreCase) !== 0;
  switch (node.type) {
    case 'any':
      return (flags & flagBits.dotAll) === 0 ? (code) => code !== 10 : () => true;
    case 'literal':
      return literalTest(node.code, ignoreCase, ascii);
    case 'not-literal': {
      const test = literalTest(node.code, ignoreCase, ascii);
      return (code) => !test(code);
    }
    case 'set': {
      const test = setTest(node.items, ignoreCase, ascii);
      return node.negated ? (code) => !test(code) : test;
    }
  }
}

function literalTest(wanted: number, ignoreCase: boolean, ascii: boolean): CharacterTest {
  if (!ignoreCase || !isCased(wanted, ascii)) return (code) => code === wanted;
  const lower = toLower(wanted, ascii);
  const others = ascii ? undefined : sameUpper.get(lower);
  if (!others) return (code) => toLower(code, ascii) === lower;
  return (code) => {
    const folded = toLower(code, ascii);
    return folded === lower || others.includes(folded);
  };
}

function setTest(items: readonly SetItem[], ignoreCase: boolean, ascii: boolean): CharacterTest {
  const folds = ignoreCase && items.some((item) => hasCased(item, ascii));
  if (!folds) return anyOf(items.map((item) => plainTest(item, ascii)));
  const test = anyOf(items.map((item) => foldedTest(item, ascii)));
  return (code) => test(toLower(code, ascii));
}

function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  const [first, second] = tests;
  if (tests.length === 1) return first!;
  if (tests.length === 2) return (code) => first!(code) || second!(code);
  return (code) => tests.some((test) => test(code));
}

function hasCased(item: SetItem, ascii: boolean): boolean {
  switch (item.type) {
    case 'literal':
      return isCased(item.code, ascii);
    case 'range':
      if (item.high > 0xffff) return true;
      for (let code = item.low; code <= item.high; code++) if (isCased(code, ascii)) return true;
      return false;
    case 'category':
      return false;
  }
}

function plainTest(item: SetItem, ascii: boolean): CharacterTest {
  switch (item.type) {
    case 'literal':
      return (code) => code === item.code;
    case 'range':
      return (code) => code >= item.low && code <= item.high;
    case 'category':
      return categoryTest(item.category, ascii);
  }
}

/** The test for a character that was put into lower case. */
function foldedTest(item: SetItem, ascii: boolean): CharacterTest {
  if (item.type === 'category') return categoryTest(item.category, ascii);
  const low = item.type === 'literal' ? item.code : item.low;
  const high = item.type === 'literal' ? item.code : item.high;
  if (high > 0xffff) {
    // Past the BMP CPython keeps the range as it is and tries the character and its upper case.
    if (item.type === 'literal') return (code) => code === item.code;
    return (code) => (code >= low && code <= high) || inRange(toUpper(code), low, high);
  }
  const folded = new Set<number>();
  for (let code = low; code <= high; code++) {
    const lower = toLower(code, ascii);
    folded.add(lower);
    if (!ascii) for (const other of sameUpper.get(lower) ?? []) folded.add(other);
  }
  return (code) => folded.has(code);
}

function inRange(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}

function categoryTest(category: Category, ascii: boolean): CharacterTest {
  switch (category) {
    case 'digit':
      return (code) => isDigit(code, ascii);
    case 'not-digit':
      return (code) => !isDigit(code, ascii);
    case 'space':
      return (code) => isSpace(code, ascii);
    case 'not-space':
      return (code) => !isSpace(code, ascii);
    case 'word':
      return (code) => isWord(code, ascii);
    case 'not-word':
      return (code) => !isWord(code, ascii);
  }
}
