import { toAsciiLower, toLower } from '../unicode/unicode.ts';
import {
  branchFor, holdsAt, nowhere, opAssert, opAssertEnd, opAssertNot, opAssertNotEnd, opAt, opAtomic, opAtomicEnd, opBranch,
  opCondition, opJump, opLazyOne, opLazyUntil, opLiteral, opMark, opPossessive, opPossessiveEnd, opPossessiveOne, opReference,
  opRepeat, opRepeatOne, opSet, opSuccess, opUntil, unbounded, type Program,
} from './instructions.ts';

/** Outcome of one attempt; `'budget'` when it took more steps than allowed. */
export type Outcome = 'match' | 'no-match' | 'budget';

// Work left for the moment when everything after a choice has failed. Each frame is its saved marks, their number, its fields,
// its kind.
const frameBranch = 0;
const frameRepeatOne = 1;
const frameLazyOne = 2;
const frameRepeat = 3;
const frameUntilLeast = 4;
const frameUntilMore = 5;
const frameUntilTail = 6;
const frameLazyTail = 7;
const frameLazyMore = 8;
const frameAtomic = 9;
const frameAssert = 10;
const frameAssertNot = 11;
const framePossessiveLeast = 12;
const framePossessiveMore = 13;

/** Largest number of fields of a frame, its kind and number of marks included. */
const widestFrame = 12;

/**
 * Runs a program over one text at a time, backtracking with the bookkeeping of Python's own engine, its oddities
 * of group marks in some versions included (rules P13–P16). It keeps its own stack, so that no text is too long.
 */
export class Interpreter {
  /** The text, as code points; fill it before `run`. */
  text: Int32Array = new Int32Array(256);
  length = 0;
  /** Steps taken since it was last set to 0; see `secondsPerStep`. */
  steps = 0;
  /** End of the last match. */
  end = 0;

  readonly #program: Program;
  readonly #marks: Int32Array;
  #lastMark = -1;
  #stack = new Int32Array(1024);
  #repeatCount = new Int32Array(64);
  #repeatLast = new Int32Array(64);
  #repeatOuter = new Int32Array(64);

  constructor(program: Program) {
    this.#program = program;
    this.#marks = new Int32Array(Math.max(1, program.groupCount * 2));
  }

  /** Takes a text in. */
  load(text: string): void {
    this.#reserve(text.length);
    let length = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      this.text[length++] = code;
    }
    this.length = length;
  }

  /** Takes an ASCII text in. */
  loadBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    const { text } = this;
    for (let i = from; i < to; i++) text[i - from] = bytes[i]!;
    this.length = to - from;
  }

  #reserve(length: number): void {
    if (length > this.text.length) this.text = new Int32Array(length * 2);
  }

  /** The place of a group of the last match; `null` when it took no part. `group` counts from 1. */
  group(group: number): readonly [number, number] | null {
    const mark = (group - 1) * 2;
    if (mark + 1 > this.#lastMark) return null;
    const start = this.#marks[mark]!;
    const end = this.#marks[mark + 1]!;
    return start === nowhere || end === nowhere ? null : [start, end];
  }

  /** Matches from `start`; with `whole`, up to the end of the text only. Stops after `budget` steps. */
  run(start: number, whole: boolean, budget: number): Outcome {
    const { code, sets, ascii, minor, least: leastLength } = this.#program;
    const { text, length } = this;
    if (length - start < leastLength) return 'no-match';
    const marks = this.#marks;
    let stack = this.#stack;
    let repeatCount = this.#repeatCount;
    let repeatLast = this.#repeatLast;
    let repeatOuter = this.#repeatOuter;
    const keepsMarks = minor >= 11;
    const reserve = widestFrame + marks.length;
    let lastMark = -1;
    let top = 0;
    let pc = 0;
    let at = start;
    /** Innermost repeat under way, and how many there are. */
    let repeat = -1;
    let repeats = 0;
    /** Top of the innermost frame that ends in a definite answer. */
    let fence = 0;
    let steps = 0;
    let failing = false;

    for (;;) {
      if (++steps > budget) {
        this.steps += steps;
        return 'budget';
      }
      if (top + reserve > stack.length) {
        const grown = new Int32Array(stack.length * 2 + reserve);
        grown.set(stack);
        stack = this.#stack = grown;
      }
      if (!failing) {
        switch (code[pc]!) {
          case opLiteral:
            if (at < length && text[at] === code[pc + 1]) {
              at++;
              pc += 2;
            } else failing = true;
            continue;

          case opSet: {
            if (at < length) {
              const set = code[pc + 1]!;
              const character = text[at]!;
              if (character < 128 ? ascii[set * 128 + character] === 1 : sets[set]!.beyond(character)) {
                at++;
                pc += 2;
                continue;
              }
            }
            failing = true;
            continue;
          }

          case opMark: {
            const mark = code[pc + 1]!;
            if (mark > lastMark) {
              for (let i = lastMark + 1; i < mark; i++) marks[i] = nowhere;
              lastMark = mark;
            }
            marks[mark] = at;
            pc += 2;
            continue;
          }

          case opJump:
            pc = code[pc + 1]!;
            continue;

          case opAt:
            if (holdsAt(code[pc + 1]!, text, length, at, minor)) pc += 2;
            else failing = true;
            continue;

          case opBranch:
            break;

          case opRepeatOne:
          case opPossessiveOne: {
            const most = code[pc + 3]!;
            const limit = most === unbounded || most > length - at ? length : at + most;
            const first = at;
            const set = code[pc + 1]!;
            const row = set * 128;
            while (at < limit) {
              const character = text[at]!;
              if (character < 128 ? ascii[row + character] !== 1 : !sets[set]!.beyond(character)) break;
              at++;
            }
            steps += (at - first) >> 3;
            if (at - first < code[pc + 2]!) {
              failing = true;
              continue;
            }
            if (code[pc] === opPossessiveOne) {
              pc = code[pc + 4]!;
              continue;
            }
            // Falls out of the switch with the number of characters taken.
            stack[top] = at - first;
            break;
          }

          case opLazyOne: {
            const least = code[pc + 2]!;
            const first = at;
            const set = code[pc + 1]!;
            if (least > length - at) {
              failing = true;
              continue;
            }
            while (at - first < least) {
              const character = text[at]!;
              if (character < 128 ? ascii[set * 128 + character] !== 1 : !sets[set]!.beyond(character)) break;
              at++;
            }
            if (at - first < least) {
              failing = true;
              continue;
            }
            top = this.#save(stack, top, lastMark, keepsMarks && repeat >= 0);
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = least;
            stack[top++] = lastMark;
            stack[top++] = frameLazyOne;
            pc = code[pc + 4]!;
            continue;
          }

          case opRepeat: {
            if (repeats === repeatCount.length) {
              repeatCount = this.#repeatCount = doubled(repeatCount);
              repeatLast = this.#repeatLast = doubled(repeatLast);
              repeatOuter = this.#repeatOuter = doubled(repeatOuter);
            }
            repeatCount[repeats] = -1;
            repeatLast[repeats] = nowhere;
            repeatOuter[repeats] = repeat;
            stack[top++] = 0;
            stack[top++] = repeat;
            stack[top++] = frameRepeat;
            repeat = repeats++;
            pc = code[pc + 1]!;
            continue;
          }

          case opUntil: {
            const count = repeatCount[repeat]! + 1;
            if (count < code[pc + 1]!) {
              repeatCount[repeat] = count;
              stack[top++] = 0;
              stack[top++] = repeat;
              stack[top++] = count;
              stack[top++] = frameUntilLeast;
              pc = code[pc + 3]!;
              continue;
            }
            const most = code[pc + 2]!;
            if ((most === unbounded || count < most) && at !== repeatLast[repeat]) {
              repeatCount[repeat] = count;
              top = this.#save(stack, top, lastMark, true);
              stack[top++] = pc;
              stack[top++] = at;
              stack[top++] = count;
              stack[top++] = lastMark;
              stack[top++] = repeat;
              stack[top++] = repeatLast[repeat]!;
              stack[top++] = frameUntilMore;
              repeatLast[repeat] = at;
              pc = code[pc + 3]!;
              continue;
            }
            stack[top++] = 0;
            stack[top++] = repeat;
            stack[top++] = frameUntilTail;
            repeat = repeatOuter[repeat]!;
            pc += 4;
            continue;
          }

          case opLazyUntil: {
            const count = repeatCount[repeat]! + 1;
            if (count < code[pc + 1]!) {
              repeatCount[repeat] = count;
              stack[top++] = 0;
              stack[top++] = repeat;
              stack[top++] = count;
              stack[top++] = frameUntilLeast;
              pc = code[pc + 3]!;
              continue;
            }
            const outer = repeatOuter[repeat]!;
            top = this.#save(stack, top, lastMark, outer >= 0);
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = count;
            stack[top++] = lastMark;
            stack[top++] = repeat;
            stack[top++] = frameLazyTail;
            repeat = outer;
            pc += 4;
            continue;
          }

          case opPossessive: {
            const least = code[pc + 1]!;
            const isMore = least === 0;
            if (isMore && code[pc + 2] === 0) {
              pc = code[pc + 3]!;
              continue;
            }
            top = this.#save(stack, top, lastMark, isMore);
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = 0;
            stack[top++] = lastMark;
            stack[top++] = repeat;
            stack[top++] = repeats;
            stack[top++] = fence;
            stack[top++] = isMore ? framePossessiveMore : framePossessiveLeast;
            fence = top;
            pc += 4;
            continue;
          }

          case opPossessiveEnd: {
            // The fence is the frame of this iteration: drop all choices made since.
            top = fence;
            const count = stack[top - 6]! + 1;
            const last = stack[top - 7]!;
            const wasMore = stack[top - 1] === framePossessiveMore;
            const begin = stack[top - 8]!;
            repeat = stack[top - 4]!;
            repeats = stack[top - 3]!;
            fence = stack[top - 2]!;
            top -= 8;
            top -= stack[top - 1]! + 1;
            const most = code[begin + 2]!;
            const isLeast = count < code[begin + 1]!;
            if (!isLeast && ((most !== unbounded && count >= most) || (wasMore && at === last))) {
              pc = code[begin + 3]!;
              continue;
            }
            top = this.#save(stack, top, lastMark, !isLeast);
            stack[top++] = begin;
            stack[top++] = at;
            stack[top++] = count;
            stack[top++] = lastMark;
            stack[top++] = repeat;
            stack[top++] = repeats;
            stack[top++] = fence;
            stack[top++] = isLeast ? framePossessiveLeast : framePossessiveMore;
            fence = top;
            pc = begin + 4;
            continue;
          }

          case opAtomic:
            stack[top++] = 0;
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = repeat;
            stack[top++] = repeats;
            stack[top++] = fence;
            stack[top++] = frameAtomic;
            fence = top;
            pc += 2;
            continue;

          case opAssert: {
            const back = code[pc + 1]!;
            if (at < back) {
              failing = true;
              continue;
            }
            stack[top++] = 0;
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = repeat;
            stack[top++] = repeats;
            stack[top++] = fence;
            stack[top++] = frameAssert;
            fence = top;
            at -= back;
            pc += 3;
            continue;
          }

          case opAssertNot: {
            const back = code[pc + 1]!;
            if (at < back) {
              pc = code[pc + 2]!;
              continue;
            }
            top = this.#save(stack, top, lastMark, keepsMarks && repeat >= 0);
            stack[top++] = lastMark;
            stack[top++] = pc;
            stack[top++] = at;
            stack[top++] = repeat;
            stack[top++] = repeats;
            stack[top++] = fence;
            stack[top++] = frameAssertNot;
            fence = top;
            at -= back;
            pc += 3;
            continue;
          }

          case opAtomicEnd:
          case opAssertEnd:
          case opAssertNotEnd: {
            const kind = code[pc]!;
            top = fence;
            const begin = stack[top - 6]!;
            repeat = stack[top - 4]!;
            repeats = stack[top - 3]!;
            fence = stack[top - 2]!;
            if (kind === opAtomicEnd) pc = code[begin + 1]!;
            else if (kind === opAssertEnd) {
              at = stack[top - 5]!;
              pc = code[begin + 2]!;
            } else failing = true;
            top -= kind === opAssertNotEnd ? 7 : 6;
            top -= stack[top - 1]! + 1;
            continue;
          }

          case opReference: {
            const mark = code[pc + 1]! * 2;
            if (mark >= lastMark) {
              failing = true;
              continue;
            }
            const from = marks[mark]!;
            const to = marks[mark + 1]!;
            if (from === nowhere || to === nowhere || to < from || to - from > length - at) {
              failing = true;
              continue;
            }
            const fold = code[pc + 2]!;
            for (let i = from; i < to && !failing; i++, at++) {
              const character = text[i]!;
              const other = text[at]!;
              if (character === other || fold === 0) failing = character !== other;
              else if (fold === 1) failing = toAsciiLower(character) !== toAsciiLower(other);
              else failing = toLower(character) !== toLower(other);
            }
            pc += 3;
            continue;
          }

          case opCondition: {
            const mark = code[pc + 1]! * 2;
            const from = marks[mark]!;
            const to = marks[mark + 1]!;
            const isSet = mark < lastMark && from !== nowhere && to !== nowhere && to >= from;
            pc = isSet ? pc + 3 : code[pc + 2]!;
            continue;
          }

          case opSuccess:
            if (whole && at !== length) {
              failing = true;
              continue;
            }
            this.steps += steps;
            this.end = at;
            this.#lastMark = lastMark;
            return 'match';

          default:
            throw new Error(`unknown opcode ${code[pc]}`);
        }

        // A branch or a repeated character is entered like it is resumed.
        if (code[pc] === opBranch) {
          const index = branchFor(this.#program, pc, 0, at < length ? text[at]! : nowhere);
          if (index < 0) {
            failing = true;
            continue;
          }
          top = this.#save(stack, top, lastMark, repeat >= 0);
          stack[top++] = pc;
          stack[top++] = index + 1;
          stack[top++] = at;
          stack[top++] = lastMark;
          stack[top++] = frameBranch;
          pc = code[pc + 2 + index * 3]!;
        } else {
          let count = stack[top]!;
          const least = code[pc + 2]!;
          const tail = code[pc + 4]!;
          if (code[tail] === opLiteral) {
            const wanted = code[tail + 1]!;
            while (count >= least && (at >= length || text[at] !== wanted)) {
              at--;
              count--;
            }
            if (count < least) {
              failing = true;
              continue;
            }
          }
          top = this.#save(stack, top, lastMark, keepsMarks && repeat >= 0);
          stack[top++] = pc;
          stack[top++] = at;
          stack[top++] = count;
          stack[top++] = lastMark;
          stack[top++] = frameRepeatOne;
          pc = tail;
        }
        continue;
      }

      if (top === 0) {
        this.steps += steps;
        return 'no-match';
      }
      switch (stack[--top]!) {
        case frameBranch: {
          lastMark = stack[--top]!;
          at = stack[--top]!;
          const tried = stack[--top]!;
          pc = stack[--top]!;
          top = this.#restore(stack, top);
          const index = branchFor(this.#program, pc, tried, at < length ? text[at]! : nowhere);
          if (index < 0) continue;
          top = this.#save(stack, top, lastMark, repeat >= 0);
          stack[top++] = pc;
          stack[top++] = index + 1;
          stack[top++] = at;
          stack[top++] = lastMark;
          stack[top++] = frameBranch;
          pc = code[pc + 2 + index * 3]!;
          failing = false;
          continue;
        }

        case frameRepeatOne: {
          lastMark = stack[--top]!;
          let count = stack[--top]! - 1;
          at = stack[--top]! - 1;
          pc = stack[--top]!;
          top = this.#restore(stack, top);
          const least = code[pc + 2]!;
          const tail = code[pc + 4]!;
          if (code[tail] === opLiteral) {
            const wanted = code[tail + 1]!;
            while (count >= least && (at >= length || text[at] !== wanted)) {
              at--;
              count--;
            }
          }
          if (count < least) continue;
          top = this.#save(stack, top, lastMark, keepsMarks && repeat >= 0);
          stack[top++] = pc;
          stack[top++] = at;
          stack[top++] = count;
          stack[top++] = lastMark;
          stack[top++] = frameRepeatOne;
          pc = tail;
          failing = false;
          continue;
        }

        case frameLazyOne: {
          const savedMark = stack[--top]!;
          const count = stack[--top]! + 1;
          at = stack[--top]!;
          pc = stack[--top]!;
          top = this.#restore(stack, top);
          if (keepsMarks) lastMark = savedMark;
          if (at >= length) continue;
          const set = code[pc + 1]!;
          const character = text[at]!;
          if (character < 128 ? ascii[set * 128 + character] !== 1 : !sets[set]!.beyond(character)) continue;
          lastMark = savedMark;
          const most = code[pc + 3]!;
          if (most !== unbounded && count > most) continue;
          at++;
          top = this.#save(stack, top, lastMark, keepsMarks && repeat >= 0);
          stack[top++] = pc;
          stack[top++] = at;
          stack[top++] = count;
          stack[top++] = lastMark;
          stack[top++] = frameLazyOne;
          pc = code[pc + 4]!;
          failing = false;
          continue;
        }

        case frameRepeat:
          repeat = stack[--top]!;
          repeats--;
          top--;
          continue;

        case frameUntilLeast: {
          const count = stack[--top]!;
          repeatCount[stack[--top]!] = count - 1;
          top--;
          continue;
        }

        case frameUntilMore: {
          const last = stack[--top]!;
          const current = stack[--top]!;
          repeatLast[current] = last;
          lastMark = stack[--top]!;
          repeatCount[current] = stack[--top]! - 1;
          at = stack[--top]!;
          pc = stack[--top]! + 4;
          top = this.#restore(stack, top);
          stack[top++] = 0;
          stack[top++] = current;
          stack[top++] = frameUntilTail;
          repeat = repeatOuter[current]!;
          failing = false;
          continue;
        }

        case frameUntilTail:
          repeat = stack[--top]!;
          top--;
          continue;

        case frameLazyTail: {
          repeat = stack[--top]!;
          lastMark = stack[--top]!;
          const count = stack[--top]!;
          at = stack[--top]!;
          pc = stack[--top]!;
          top = this.#restore(stack, top);
          const most = code[pc + 2]!;
          if ((most !== unbounded && count >= most) || at === repeatLast[repeat]) continue;
          repeatCount[repeat] = count;
          stack[top++] = 0;
          stack[top++] = repeat;
          stack[top++] = count;
          stack[top++] = repeatLast[repeat]!;
          stack[top++] = frameLazyMore;
          repeatLast[repeat] = at;
          pc = code[pc + 3]!;
          failing = false;
          continue;
        }

        case frameLazyMore: {
          const last = stack[--top]!;
          const count = stack[--top]!;
          const current = stack[--top]!;
          repeatLast[current] = last;
          repeatCount[current] = count - 1;
          top--;
          continue;
        }

        case frameAtomic:
        case frameAssert:
          fence = stack[--top]!;
          top -= 4;
          top--;
          continue;

        case frameAssertNot: {
          fence = stack[--top]!;
          repeats = stack[--top]!;
          repeat = stack[--top]!;
          at = stack[--top]!;
          pc = code[stack[--top]! + 2]!;
          const savedMark = stack[--top]!;
          top = this.#restore(stack, top);
          if (keepsMarks) lastMark = savedMark;
          failing = false;
          continue;
        }

        case framePossessiveLeast:
          fence = stack[--top]!;
          top -= 6;
          top--;
          continue;

        case framePossessiveMore:
          fence = stack[--top]!;
          repeats = stack[--top]!;
          repeat = stack[--top]!;
          lastMark = stack[--top]!;
          top--;
          at = stack[--top]!;
          pc = code[stack[--top]! + 3]!;
          top = this.#restore(stack, top);
          failing = false;
          continue;

        default:
          throw new Error(`unknown frame ${stack[top]}`);
      }
    }
  }

  /** Pushes the marks up to `lastMark`, or none, and their number. */
  #save(stack: Int32Array, top: number, lastMark: number, wanted: boolean): number {
    // Before 3.11 a first mark without a second was forgotten.
    const count = wanted && (lastMark !== 0 || this.#program.minor >= 11) ? lastMark + 1 : 0;
    const marks = this.#marks;
    for (let i = 0; i < count; i++) stack[top + i] = marks[i]!;
    stack[top + count] = count;
    return top + count + 1;
  }

  /** Pops marks that `#save` pushed. */
  #restore(stack: Int32Array, top: number): number {
    const count = stack[top - 1]!;
    const marks = this.#marks;
    const from = top - 1 - count;
    for (let i = 0; i < count; i++) marks[i] = stack[from + i]!;
    return from;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
