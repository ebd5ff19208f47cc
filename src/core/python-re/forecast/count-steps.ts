import {
  branchFor, holdsAt, opAssert, opAssertEnd, opAssertNot, opAssertNotEnd, opAt, opAtomic, opAtomicEnd, opBranch, opJump, opCondition, opLazyOne, opLazyUntil, opLiteral, opMark, opPossessive, opPossessiveEnd, opPossessiveOne, opReference, opRepeat, opRepeatOne, opSet, opSuccess, opUntil, unbounded, type Program,
} from '../match/instructions.ts';
import { RepeatStates, type Repeats } from './repeat-states.ts';

/** Nested calls after which counting is given up, well before the stack runs out. */
const deepest = 1200;

/** Steps of one name; `isLeast` when they are counted up to the first reference or condition. */
export interface StepCount {
  readonly steps: number;
  readonly isLeast: boolean;
}

/**
 * Counts the steps that the interpreter takes for a name without taking them (rule P20). The continuation from a place in
 * the program, at a place in the name, is the same each time, and so are its steps: each such state is worked out
 * once, however often backtracking comes back to it. The content of groups is not part of a state, so that counting ends
 * where a reference or condition asks for it.
 */
export class StepCounter {
  /** States that were worked out; set it to 0 at will. */
  states = 0;

  readonly #program: Program;
  readonly #known = new Map<number, number>();
  #costs: number[] = [];
  /** Where the state ends; -1 when it fails. */
  #ends: number[] = [];
  #repeats = new RepeatStates();
  #text: Int32Array = new Int32Array(0);
  #length = 0;
  #depth = 0;
  #limit = 0;
  #isGivenUp = false;
  /** A reference or condition was met: everything under way ends as if the whole had matched. */
  #isCut = false;
  /** End of the part that was counted last, -1 when it failed. */
  #end = -1;

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * Steps for one name of code points.
   * @param limit of states
   * @returns `null` where they cannot be counted within the limit
   */
  count(text: Int32Array, length: number, limit: number): StepCount | null {
    if (length < this.#program.least) return { steps: 0, isLeast: false };
    this.#text = text;
    this.#length = length;
    this.#known.clear();
    this.#costs = [];
    this.#ends = [];
    this.#repeats = new RepeatStates();
    this.#depth = 0;
    this.#limit = this.states + limit;
    this.#isGivenUp = false;
    this.#isCut = false;
    try {
      const cost = this.#visit(0, 0, this.#repeats.outermost);
      if (this.#isGivenUp) return null;
      return { steps: this.#end < 0 ? cost + 1 : cost, isLeast: this.#isCut };
    } catch (error) {
      // How much of the stack is left is not known: below a deep caller, or in a worker, less nesting fits.
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** Follows the program up to the next choice, and through it. */
  #visit(pc: number, at: number, repeats: Repeats): number {
    const { code, minor } = this.#program;
    let cost = 0;
    for (;;) {
      cost++;
      switch (code[pc]!) {
        case opLiteral:
        case opSet:
          if (!this.#takes(pc, at)) return this.#fail(cost);
          at++;
          repeats = this.#repeats.advance(repeats);
          pc += 2;
          continue;
        case opMark:
          pc += 2;
          continue;
        case opJump:
          pc = code[pc + 1]!;
          continue;
        case opAt:
          if (!holdsAt(code[pc + 1]!, this.#text, this.#length, at, minor)) return this.#fail(cost);
          pc += 2;
          continue;
        case opReference:
        case opCondition:
          this.#isCut = true;
          this.#end = at;
          return cost;
        case opSuccess:
        case opPossessiveEnd:
        case opAtomicEnd:
        case opAssertEnd:
        case opAssertNotEnd:
          this.#end = at;
          return cost;
        case opPossessiveOne: {
          const taken = this.#run(pc, at);
          cost += taken >> 3;
          if (taken < code[pc + 2]!) return this.#fail(cost);
          at += taken;
          if (taken > 0) repeats = this.#repeats.advance(repeats);
          pc = code[pc + 4]!;
          continue;
        }
        case opAtomic:
          cost += this.#visit(pc + 2, at, repeats);
          if (this.#isCut) return cost;
          if (this.#end < 0) return this.#fail(cost + 1);
          if (this.#end > at) repeats = this.#repeats.advance(repeats);
          at = this.#end;
          pc = code[pc + 1]!;
          continue;
        case opAssert: {
          const begin = at - code[pc + 1]!;
          if (begin < 0) return this.#fail(cost);
          cost += this.#visit(pc + 3, begin, repeats);
          if (this.#isCut) return cost;
          if (this.#end < 0) return this.#fail(cost + 1);
          pc = code[pc + 2]!;
          continue;
        }
        case opAssertNot: {
          const begin = at - code[pc + 1]!;
          if (begin >= 0) {
            cost += this.#visit(pc + 3, begin, repeats);
            if (this.#isCut) return cost;
            if (this.#end >= 0) return this.#fail(cost);
            cost++;
          }
          pc = code[pc + 2]!;
          continue;
        }
        case opPossessive: {
          cost += this.#possessive(pc, at, repeats);
          if (this.#isCut) return cost;
          if (this.#end < 0) return this.#fail(cost);
          if (this.#end > at) repeats = this.#repeats.advance(repeats);
          at = this.#end;
          pc = code[pc + 3]!;
          continue;
        }
        default:
          return cost - 1 + this.#choose(pc, at, repeats);
      }
    }
  }

  /** A choice, worked out once for each state. */
  #choose(pc: number, at: number, repeats: Repeats): number {
    const key = (repeats.id * this.#program.code.length + pc) * (this.#length + 1) + at;
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.#end = this.#ends[known]!;
      return this.#costs[known]!;
    }
    if (this.#isGivenUp || this.states >= this.#limit || this.#depth > deepest) {
      this.#isGivenUp = true;
      return this.#fail(0);
    }
    this.states++;
    this.#depth++;
    const cost = this.#work(pc, at, repeats);
    this.#depth--;
    this.#known.set(key, this.#costs.length);
    this.#costs.push(cost);
    this.#ends.push(this.#end);
    return cost;
  }

  #work(pc: number, at: number, repeats: Repeats): number {
    switch (this.#program.code[pc]!) {
      case opBranch:
        return this.#branch(pc, at, repeats);
      case opRepeatOne:
        return this.#repeatOne(pc, at, repeats);
      case opLazyOne:
        return this.#lazyOne(pc, at, repeats);
      case opRepeat:
        return this.#tried(1, this.#program.code[pc + 1]!, at, this.#repeats.nest(repeats, -1, true));
      case opUntil:
        return this.#until(pc, at, repeats);
      case opLazyUntil:
        return this.#lazyUntil(pc, at, repeats);
      default:
        this.#isGivenUp = true;
        return this.#fail(0);
    }
  }

  /** Steps so far, plus the steps of the rest, plus one step back when the rest fails. */
  #tried(before: number, pc: number, at: number, repeats: Repeats): number {
    const cost = before + this.#visit(pc, at, repeats);
    return this.#end < 0 ? cost + 1 : cost;
  }

  #branch(pc: number, at: number, repeats: Repeats): number {
    const character = at < this.#length ? this.#text[at]! : -1;
    let cost = 1;
    for (let index = 0; ; index++) {
      index = branchFor(this.#program, pc, index, character);
      if (index < 0) return this.#fail(cost);
      cost = this.#tried(cost, this.#program.code[pc + 2 + index * 3]!, at, repeats);
      if (this.#end >= 0) return cost;
    }
  }

  #repeatOne(pc: number, at: number, repeats: Repeats): number {
    const { code } = this.#program;
    const least = code[pc + 2]!;
    const tail = code[pc + 4]!;
    const wanted = code[tail] === opLiteral ? code[tail + 1]! : null;
    const taken = this.#run(pc, at);
    let cost = 1 + (taken >> 3);
    for (let count = taken; count >= least; count--) {
      const next = at + count;
      if (wanted !== null && (next >= this.#length || this.#text[next] !== wanted)) continue;
      cost = this.#tried(cost, tail, next, count > 0 ? this.#repeats.advance(repeats) : repeats);
      if (this.#end >= 0) return cost;
    }
    return this.#fail(cost);
  }

  #lazyOne(pc: number, at: number, repeats: Repeats): number {
    const { code } = this.#program;
    const least = code[pc + 2]!;
    const taken = this.#run(pc, at);
    if (taken < least) return this.#fail(1);
    let cost = 1;
    for (let count = least; count <= taken; count++) {
      cost = this.#tried(cost, code[pc + 4]!, at + count, count > 0 ? this.#repeats.advance(repeats) : repeats);
      if (this.#end >= 0) return cost;
    }
    return this.#fail(cost);
  }

  #until(pc: number, at: number, repeats: Repeats): number {
    const { code } = this.#program;
    const outer = repeats.outer!;
    const count = repeats.count + 1;
    const most = code[pc + 2]!;
    if (count < code[pc + 1]!) return this.#tried(1, code[pc + 3]!, at, this.#repeats.nest(outer, count, repeats.moved));
    let cost = 1;
    if ((most === unbounded || count < most) && repeats.moved) {
      const kept = most === unbounded ? code[pc + 1]! : count;
      cost = this.#tried(cost, code[pc + 3]!, at, this.#repeats.nest(outer, kept, false));
      if (this.#end >= 0) return cost;
    }
    return this.#tried(cost, pc + 4, at, outer);
  }

  #lazyUntil(pc: number, at: number, repeats: Repeats): number {
    const { code } = this.#program;
    const outer = repeats.outer!;
    const count = repeats.count + 1;
    const most = code[pc + 2]!;
    if (count < code[pc + 1]!) return this.#tried(1, code[pc + 3]!, at, this.#repeats.nest(outer, count, repeats.moved));
    const cost = this.#tried(1, pc + 4, at, outer);
    if (this.#end >= 0) return cost;
    if ((most !== unbounded && count >= most) || !repeats.moved) return this.#fail(cost);
    const kept = most === unbounded ? code[pc + 1]! : count;
    return this.#tried(cost, code[pc + 3]!, at, this.#repeats.nest(outer, kept, false));
  }

  /** Rounds that are kept once they are done; the step of the instruction itself is not counted. */
  #possessive(pc: number, at: number, repeats: Repeats): number {
    const { code } = this.#program;
    const least = code[pc + 1]!;
    const most = code[pc + 2]!;
    this.#end = at;
    if (least === 0 && most === 0) return 0;
    let cost = 0;
    for (let count = 0; ; ) {
      const isLeast = count < least;
      cost += this.#visit(pc + 4, at, repeats);
      const end = this.#end;
      if (this.#isCut) return cost;
      if (end < 0) {
        this.#end = isLeast ? -1 : at;
        return cost + 1;
      }
      count++;
      if (count >= least && ((most !== unbounded && count >= most) || (!isLeast && end === at))) return cost;
      if (end > at) repeats = this.#repeats.advance(repeats);
      at = end;
      if (this.states + cost > this.#limit && least > this.#length) this.#isGivenUp = true;
      if (this.#isGivenUp) return this.#fail(cost);
    }
  }

  /** How many characters in a row a single-character repeat takes. */
  #run(pc: number, at: number): number {
    const most = this.#program.code[pc + 3]!;
    const limit = most === unbounded || most > this.#length - at ? this.#length : at + most;
    let end = at;
    while (end < limit && this.#takes(pc, end)) end++;
    return end - at;
  }

  /** Whether a literal or the set of an instruction takes the character. */
  #takes(pc: number, at: number): boolean {
    if (at >= this.#length) return false;
    const { code, sets, ascii } = this.#program;
    const character = this.#text[at]!;
    const operand = code[pc + 1]!;
    if (code[pc] === opLiteral) return character === operand;
    return character < 128 ? ascii[operand * 128 + character] === 1 : sets[operand]!.beyond(character);
  }

  #fail(cost: number): number {
    this.#end = -1;
    return cost;
  }
}
