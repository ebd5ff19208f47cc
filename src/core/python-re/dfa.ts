import { alphabetSize, type Nfa } from './nfa.ts';

/** Verdict of a state: what is known once it is reached. */
const open = 0;
/** Matches whatever follows: `re.match` does not look at the end. */
const matched = 1;
/** Nothing that follows can match. */
const dead = 2;

/** A deterministic automaton that is worked out as far as names lead into it. */
export interface LazyDfa {
  /** State before the first character. */
  readonly start: number;
  /** `open`, `matched` or `dead`, by state. */
  readonly verdictOf: (state: number) => 0 | 1 | 2;
  /** Whether a name that ends in this state matches. */
  readonly matchesAtEnd: (state: number) => boolean;
  /** The state after reading a character below 128. */
  readonly step: (state: number, character: number) => number;
  /** `table[state * 128 + character]`, -1 where it was not needed yet; changes identity as it grows. */
  readonly table: () => Int32Array;
  readonly verdicts: () => Uint8Array;
  readonly ends: () => Uint8Array;
}

const mostStates = 20_000;

/** Creates the automaton of an NFA. Work per new transition is linear in the NFA; states are shared by all names. */
export function createLazyDfa(nfa: Nfa): LazyDfa {
  let capacity = 64;
  let table = new Int32Array(capacity * alphabetSize).fill(-1);
  let verdicts = new Uint8Array(capacity);
  let ends = new Uint8Array(capacity);
  let sets: Int32Array[] = [];
  let ids = new Map<string, number>();
  const seen = new Int32Array(nfa.kind.length);
  let stamp = 0;

  /** Reading states that `seeds` lead to without reading, ascending; whether acceptance is among them. */
  function close(seeds: Iterable<number>, atBegin: boolean, atEnd: boolean): { reads: number[]; accepts: boolean } {
    stamp++;
    const reads: number[] = [];
    let accepts = false;
    const pending = [...seeds];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (state < 0 || seen[state] === stamp) continue;
      seen[state] = stamp;
      switch (nfa.kind[state]!) {
        case 'read':
          reads.push(state);
          break;
        case 'split':
          pending.push(nfa.other[state]!, nfa.out[state]!);
          break;
        case 'at-begin':
          if (atBegin) pending.push(nfa.out[state]!);
          break;
        case 'at-end':
          if (atEnd) pending.push(nfa.out[state]!);
          else reads.push(state);
          break;
        case 'accept':
          accepts = true;
          break;
      }
    }
    return { reads: reads.toSorted((a, b) => a - b), accepts };
  }

  function intern(seeds: readonly number[], atBegin: boolean): number {
    const { reads, accepts } = close(seeds, atBegin, false);
    const key = accepts ? 'matched' : reads.join(' ');
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = sets.length;
    if (id >= capacity) grow();
    sets.push(accepts ? new Int32Array(0) : Int32Array.from(reads));
    ids.set(key, id);
    verdicts[id] = accepts ? matched : reads.length === 0 ? dead : open;
    ends[id] = accepts || close(reads, atBegin, true).accepts ? 1 : 0;
    return id;
  }

  function grow(): void {
    capacity *= 2;
    const grownTable = new Int32Array(capacity * alphabetSize).fill(-1);
    grownTable.set(table);
    table = grownTable;
    const grownVerdicts = new Uint8Array(capacity);
    grownVerdicts.set(verdicts);
    verdicts = grownVerdicts;
    const grownEnds = new Uint8Array(capacity);
    grownEnds.set(ends);
    ends = grownEnds;
  }

  const start = intern([nfa.start], true);

  return {
    start,
    verdictOf: (state) => verdicts[state]! as 0 | 1 | 2,
    matchesAtEnd: (state) => ends[state] === 1,
    step(state, character) {
      const known = table[state * alphabetSize + character]!;
      if (known >= 0) return known;
      if (sets.length > mostStates) throw new RangeError('The automaton has grown too large.');
      const seeds: number[] = [];
      for (const read of sets[state]!) {
        if (nfa.kind[read] === 'read' && nfa.classes[read]![character] === 1) seeds.push(nfa.out[read]!);
      }
      const next = intern(seeds, false);
      table[state * alphabetSize + character] = next;
      return next;
    },
    table: () => table,
    verdicts: () => verdicts,
    ends: () => ends,
  };
}
