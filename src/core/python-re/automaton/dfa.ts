import { atAsciiBoundary, atBegin, atBeginLine, atBoundary, atEnd, atEndLine, atEndString } from '../match/instructions.ts';
import {
  acceptNode, aheadNode, anchorNode, AutomatonTooLarge, behindNode, classifyCharacters, notAheadNode, notBehindNode, readNode,
  splitNode, type Nfa,
} from './nfa-graph.ts';
import { Obligations, type Thread } from './obligations.ts';
import { isAsciiWord } from '../unicode/unicode.ts';

/** The state in which nothing can match any more. */
const deadState = 0;
/** The state in which the name matches with any rest. */
const matchedState = 1;

const mostStates = 6000;

const unknown = -1;
/** In place of the next character: nothing follows. */
const nothing = -2;

/** The content of a state: its threads, and the facts about the position. */
interface State {
  readonly threads: readonly Thread[];
  readonly behinds: readonly (readonly Thread[])[];
  /** Lookbehinds that hold here. */
  readonly holds: readonly boolean[];
  readonly isBegin: boolean;
  readonly afterWord: boolean;
}

/** Where a closure is taken. */
interface Place {
  readonly isBegin: boolean;
  readonly afterWord: boolean;
  /** `unknown`, `nothing`, or whether a word character comes next (0 or 1). */
  readonly next: number;
  readonly holds: readonly boolean[];
}

interface Closure {
  threads: Thread[];
  /** Whether some thread accepts and owes nothing. */
  accepts: boolean;
}

const noThreads: readonly Thread[] = [];

/**
 * A deterministic automaton, worked out as far as names lead into it. A state is the set of nodes where a match
 * may be. Lookaheads run along as obligations of the threads that met them; lookbehinds run along from every place.
 */
export class LazyDfa {
  /** Class of each ASCII character; no set of the automaton distinguishes characters of one class. */
  readonly classOf: Uint8Array;
  readonly classCount: number;
  /**
   * A row for each state: for each class of characters the row that it leads to, then 1 or 0 for whether a name
   * that ends here matches; -1 where it is not known yet. Replaced as it grows.
   */
  table: Int32Array;
  /** The row before the first character. */
  readonly start: number;
  /** In rows up to this one, the rest of the name does not matter. */
  readonly lastFinalRow: number;

  /** Entries in a row. */
  readonly #width: number;
  readonly #nfa: Nfa;
  readonly #nodeCount: number;
  /** A character of each class. */
  readonly #sample: readonly number[];
  readonly #states: State[] = [];
  readonly #rows = new Map<string, number>();
  readonly #obligations = new Obligations();
  /** When a node was last visited, and the number of the closure under way. */
  #seen: Uint32Array;
  #stamp = 0;
  /** Nodes that may still be visited. */
  #work: number;

  /** Throws `AutomatonTooLarge`, here and later, once it has visited `work` nodes. */
  constructor(nfa: Nfa, work: number) {
    this.#nfa = nfa;
    this.#work = work;
    this.#nodeCount = nfa.kind.length;
    this.#seen = new Uint32Array(this.#nodeCount);
    const { classOf, sample } = classifyCharacters(nfa);
    this.classOf = classOf;
    this.classCount = sample.length;
    this.#sample = sample;
    this.#width = this.classCount + 1;
    this.lastFinalRow = matchedState * this.#width;
    this.table = new Int32Array(64 * this.#width).fill(-1);
    const dead: State = { threads: noThreads, behinds: [], holds: [], isBegin: false, afterWord: false };
    this.#states.push(dead, dead);
    this.table.fill(deadState, 0, this.#width);
    this.table.fill(this.lastFinalRow, this.#width, 2 * this.#width);
    this.table[this.lastFinalRow + this.classCount] = 1;
    const { behinds, holds } = this.#behindsAt([], true, false);
    this.start = this.#enter([nfa.start], behinds, { isBegin: true, afterWord: false, next: unknown, holds });
  }

  /** The row after one more character, given by its class. Throws `AutomatonTooLarge`. */
  step(row: number, characterClass: number): number {
    const state = this.#states[row / this.#width]!;
    const character = this.#sample[characterClass]!;
    const isWord = isAsciiWord(character);
    const read = state.behinds.map((threads) => this.#read(threads, character, null));
    const { behinds, holds } = this.#behindsAt(read, false, isWord);
    const place = { isBegin: false, afterWord: isWord, next: unknown, holds };
    const resolved = this.#close(state.threads, { ...placeOf(state), next: isWord ? 1 : 0 });
    const context = { state, character, next: place, stepped: new Map<number, number | boolean>() };
    const to = resolved.accepts
      ? this.lastFinalRow
      : this.#enter(this.#read(resolved.threads, character, context), behinds, place);
    this.table[row + characterClass] = to;
    return to;
  }

  /** 1 when a name that ends in this row matches, else 0. Throws `AutomatonTooLarge`. */
  end(row: number): number {
    const state = this.#states[row / this.#width]!;
    const verdict = this.#acceptsAtEnd(state.threads, { ...placeOf(state), next: nothing }) ? 1 : 0;
    this.table[row + this.classCount] = verdict;
    return verdict;
  }

  /** The row of the state that some threads make at a place. */
  #enter(threads: readonly Thread[], behinds: State['behinds'], place: Place): number {
    const closure = this.#close(threads, place);
    const { isBegin, holds } = place;
    if (closure.accepts) return this.lastFinalRow;
    if (closure.threads.length === 0) return deadState;
    const afterWord = place.afterWord && this.#nfa.hasBoundaries;
    const flags = (isBegin ? 'b' : '') + (afterWord ? 'w' : '') + holds.map(Number).join('');
    const key = `${flags}|${closure.threads.join(' ')}|${behinds.map((set) => set.join(' ')).join('|')}`;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#states.length >= mostStates) throw new AutomatonTooLarge();
    const row = this.#states.length * this.#width;
    this.#states.push({ threads: closure.threads, behinds, holds, isBegin, afterWord });
    this.#rows.set(key, row);
    if (row + this.#width > this.table.length) {
      const grown = new Int32Array(this.table.length * 2).fill(-1);
      grown.set(this.table);
      this.table = grown;
    }
    return row;
  }

  /** The lookbehinds at a place: their threads, started at that place, and which hold. */
  #behindsAt(before: State['behinds'], isBegin: boolean, isWord: boolean): Pick<State, 'behinds' | 'holds'> {
    const holds: boolean[] = [];
    const behinds = this.#nfa.behinds.map((start, i) => {
      const place = { isBegin, afterWord: isWord, next: unknown, holds };
      const closure = this.#close([...(before[i] ?? []), start], place);
      holds.push(closure.accepts);
      return closure.threads;
    });
    return { behinds, holds };
  }

  /** The threads after reading a character. */
  #read(threads: readonly Thread[], character: number, context: ReadContext | null): Thread[] {
    const { kind, out, data, sets } = this.#nfa;
    const read: Thread[] = [];
    for (const thread of threads) {
      this.#count();
      const node = thread % this.#nodeCount;
      const isAccept = kind[node] === acceptNode;
      if (!isAccept && (kind[node] !== readNode || sets[data[node]!]![character] !== 1)) continue;
      const duties = (thread - node) / this.#nodeCount;
      const to = isAccept ? node : out[node]!;
      if (duties === 0) {
        read.push(to);
        continue;
      }
      const left = context && this.#stepDuties(duties, context);
      if (left !== null) read.push(to + left * this.#nodeCount);
    }
    return read;
  }

  /** The duties that remain after a character; `null` when one has failed. */
  #stepDuties(duties: number, context: ReadContext): number | null {
    const left: number[] = [];
    for (const id of this.#obligations.membersOf(duties)) {
      let outcome = context.stepped.get(id);
      if (outcome === undefined) context.stepped.set(id, (outcome = this.#stepObligation(id, context)));
      if (outcome === false) return null;
      if (outcome !== true) left.push(outcome);
    }
    return this.#obligations.setOf(left);
  }

  /** An obligation after a character: met, failed, or its new state. */
  #stepObligation(id: number, context: ReadContext): number | boolean {
    const { negated, threads } = this.#obligations.at(id);
    const { state, character, next } = context;
    const resolved = this.#close(threads, { ...placeOf(state), next: isAsciiWord(character) ? 1 : 0 });
    if (resolved.accepts) return !negated;
    return this.#judge(negated, this.#close(this.#read(resolved.threads, character, context), next));
  }

  /** Met, failed, or a new obligation. */
  #judge(negated: boolean, { accepts, threads }: Closure): number | boolean {
    if (accepts) return !negated;
    if (threads.length === 0) return negated;
    return this.#obligations.idOf({ negated, threads });
  }

  #acceptsAtEnd(threads: readonly Thread[], place: Place): boolean {
    const closure = this.#close(threads, place);
    if (closure.accepts) return true;
    return closure.threads.some((thread) => {
      const node = thread % this.#nodeCount;
      if (this.#nfa.kind[node] !== acceptNode) return false;
      return this.#obligations.membersOf((thread - node) / this.#nodeCount).every((id) => {
        const obligation = this.#obligations.at(id);
        return this.#acceptsAtEnd(obligation.threads, place) !== obligation.negated;
      });
    });
  }

  /**
   * Follows everything that can be followed without reading. The rest are reading nodes, accepting ones that
   * owe something, and, while the next character is unknown, anchors that ask for it.
   */
  #close(seeds: readonly Thread[], place: Place): Closure {
    const { kind, out, data } = this.#nfa;
    const count = this.#nodeCount;
    const closure: Closure = { threads: [], accepts: false };
    const stamp = ++this.#stamp;
    const seen = this.#seen;
    const seenOwing = new Set<Thread>();
    const pending = [...seeds];
    for (let thread = pending.pop(); thread !== undefined; thread = pending.pop()) {
      if (thread < count) {
        if (seen[thread] === stamp) continue;
        seen[thread] = stamp;
      } else {
        if (seenOwing.has(thread)) continue;
        seenOwing.add(thread);
      }
      this.#count();
      const node = thread % count;
      const owed = thread - node;
      switch (kind[node]!) {
        case readNode:
          closure.threads.push(thread);
          break;
        case splitNode:
          pending.push(data[node]! + owed, out[node]! + owed);
          break;
        case anchorNode: {
          const holds = holdsAt(data[node]!, place, this.#nfa.boundsEmpty);
          if (holds === null) closure.threads.push(thread);
          else if (holds) pending.push(out[node]! + owed);
          break;
        }
        case aheadNode:
        case notAheadNode: {
          const begun = this.#begin(data[node]!, place);
          const outcome = this.#judge(kind[node] === notAheadNode, begun);
          if (outcome === false) break;
          if (outcome === true) pending.push(out[node]! + owed);
          else pending.push(out[node]! + this.#obligations.setOf([...this.#obligations.membersOf(owed / count), outcome]) * count);
          break;
        }
        case behindNode:
          if (place.holds[data[node]!] === true) pending.push(out[node]! + owed);
          break;
        case notBehindNode:
          if (place.holds[data[node]!] !== true) pending.push(out[node]! + owed);
          break;
        case acceptNode:
          if (owed === 0) closure.accepts = true;
          else closure.threads.push(thread);
          break;
        default:
          throw new Error(`unknown node ${kind[node]}`);
      }
    }
    closure.threads.sort((a, b) => a - b);
    if (seenOwing.size > 0) closure.threads = this.#needed(closure.threads);
    return closure;
  }

  /** A lookahead at its first place. The marks of the closure that asks are kept from it. */
  #begin(node: number, place: Place): Closure {
    const seen = this.#seen;
    this.#seen = new Uint32Array(this.#nodeCount);
    const closure = this.#close([node], { ...place, next: unknown });
    this.#seen = seen;
    return closure;
  }

  /** Leaves out threads that owe all that another thread at the same node owes, and more. */
  #needed(threads: readonly Thread[]): Thread[] {
    const count = this.#nodeCount;
    const byNode = new Map<number, Thread[]>();
    for (const thread of threads) {
      const node = thread % count;
      const others = byNode.get(node);
      if (others) others.push(thread);
      else byNode.set(node, [thread]);
    }
    return threads.filter((thread) => {
      const node = thread % count;
      const duties = this.#obligations.membersOf((thread - node) / count);
      return !byNode.get(node)!.some((other) => {
        const owed = this.#obligations.membersOf((other - node) / count);
        this.#count();
        return owed.length < duties.length && owed.every((id) => duties.includes(id));
      });
    });
  }

  #count(): void {
    if (--this.#work < 0) throw new AutomatonTooLarge();
  }
}

/** The inputs for a step of one state's obligations over one character. */
interface ReadContext {
  readonly state: State;
  readonly character: number;
  readonly next: Place;
  readonly stepped: Map<number, number | boolean>;
}

function placeOf({ isBegin, afterWord, holds }: State): Omit<Place, 'next'> {
  return { isBegin, afterWord, holds };
}

/** Whether an anchor holds; `null` when that takes the next character. */
function holdsAt(anchor: number, { isBegin, afterWord, next }: Place, boundsEmpty: boolean): boolean | null {
  if (anchor === atBegin || anchor === atBeginLine) return isBegin;
  if (next === unknown) return null;
  if (anchor === atEnd || anchor === atEndLine || anchor === atEndString) return next === nothing;
  // Before Python 3.14, neither anchor holds in an empty name.
  if (isBegin && next === nothing && !boundsEmpty) return false;
  const isBoundary = afterWord !== (next === 1);
  return anchor === atBoundary || anchor === atAsciiBoundary ? isBoundary : !isBoundary;
}
