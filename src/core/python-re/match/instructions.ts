import type { CharacterSet } from '../unicode/character-set.ts';
import { isAsciiWord, isWord } from '../unicode/unicode.ts';

/** Instructions for the interpreter: an opcode, then its operands. */
export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharacterSet[];
  /** 128 bytes a set: 1 for each ASCII character that belongs. */
  readonly ascii: Uint8Array;
  readonly groupCount: number;
  /** Characters that a match takes at least: shorter texts are refused before anything is tried. */
  readonly least: number;
  /** Minor version of Python 3. */
  readonly minor: number;
}

// Opcodes with their operands. Targets are absolute.
/** code */
export const opLiteral = 0;
/** set */
export const opSet = 1;
/** anchor (see `anchorCode`) */
export const opAt = 2;
/** index of the mark */
export const opMark = 3;
/** target */
export const opJump = 4;
/** number of branches, then for each: target, literal or -1, set or -1 */
export const opBranch = 5;
/** set, least, most, tail */
export const opRepeatOne = 6;
/** set, least, most, tail */
export const opLazyOne = 7;
/** set, least, most, tail */
export const opPossessiveOne = 8;
/** address of the `until` */
export const opRepeat = 9;
/** least, most, body */
export const opUntil = 10;
/** least, most, body */
export const opLazyUntil = 11;
/** least, most, tail; body follows and ends in `opPossessiveEnd` */
export const opPossessive = 12;
export const opPossessiveEnd = 13;
/** tail; body follows and ends in `opAtomicEnd` */
export const opAtomic = 14;
export const opAtomicEnd = 15;
/** characters to go back, tail; body follows and ends in `opAssertEnd` */
export const opAssert = 16;
export const opAssertEnd = 17;
/** characters to go back, tail; body follows and ends in `opAssertNotEnd` */
export const opAssertNot = 18;
export const opAssertNotEnd = 19;
/** group, 0 exact, 1 ASCII or 2 Unicode case folding */
export const opReference = 20;
/** group, target when it took no part */
export const opCondition = 21;
export const opSuccess = 22;

/** No upper bound. */
export const unbounded = -1;

export const atBegin = 0;
export const atBeginLine = 1;
export const atEnd = 2;
export const atEndLine = 3;
export const atEndString = 4;
export const atBoundary = 5;
export const atNotBoundary = 6;
export const atAsciiBoundary = 7;
export const atNotAsciiBoundary = 8;

/** Position that no character has. */
export const nowhere = -1;

/** The first branch from `index` on that can begin with the next character (-1: there is none); -1 when there is none. */
export function branchFor({ code, sets }: Program, pc: number, index: number, character: number): number {
  const count = code[pc + 1]!;
  for (let i = index; i < count; i++) {
    const entry = pc + 2 + i * 3;
    const literal = code[entry + 1]!;
    if (literal >= 0 && literal !== character) continue;
    const set = code[entry + 2]!;
    if (set >= 0 && (character === nowhere || !has(sets[set]!, character))) continue;
    return i;
  }
  return -1;
}

/** Whether an anchor holds at a place of a text. `minor`: the minor version of Python 3. */
export function holdsAt(anchor: number, text: Int32Array, length: number, at: number, minor: number): boolean {
  switch (anchor) {
    case atBegin:
      return at === 0;
    case atBeginLine:
      return at === 0 || text[at - 1] === 10;
    case atEnd:
      return at === length || (at === length - 1 && text[at] === 10);
    case atEndLine:
      return at === length || text[at] === 10;
    case atEndString:
      return at === length;
    case atBoundary:
      return length > 0 && isBoundary(isWord, text, length, at);
    case atAsciiBoundary:
      return length > 0 && isBoundary(isAsciiWord, text, length, at);
    case atNotBoundary:
      return length > 0 ? !isBoundary(isWord, text, length, at) : minor >= 14;
    case atNotAsciiBoundary:
      return length > 0 ? !isBoundary(isAsciiWord, text, length, at) : minor >= 14;
    default:
      throw new Error(`unknown anchor ${anchor}`);
  }
}

function isBoundary(isWordCharacter: (code: number) => boolean, text: Int32Array, length: number, at: number): boolean {
  const before = at > 0 && isWordCharacter(text[at - 1]!);
  const after = at < length && isWordCharacter(text[at]!);
  return before !== after;
}

function has(set: CharacterSet, code: number): boolean {
  return code < 128 ? set.ascii[code] === 1 : set.beyond(code);
}
