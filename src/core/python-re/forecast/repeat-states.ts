/** The repeats around a place in a program, the innermost first, as far as they decide the next steps. */
export interface Repeats {
  readonly id: number;
  readonly outer: Repeats | null;
  /** Finished rounds; from the least on always the least, where there is no upper bound. */
  readonly count: number;
  /** Whether the text went on since this round began: an empty round is the last one. */
  readonly moved: boolean;
  /** The same, once a character was taken. */
  advanced: Repeats | null;
  readonly inner: Map<number, Repeats>;
}

/** Keeps one object for each state that repeats are in, so that its number identifies it. */
export class RepeatStates {
  readonly outermost: Repeats = { id: 0, outer: null, count: 0, moved: true, advanced: null, inner: new Map() };
  #size = 1;

  /** The state within a repeat. */
  nest(outer: Repeats, count: number, moved: boolean): Repeats {
    const key = count * 2 + (moved ? 1 : 0);
    const known = outer.inner.get(key);
    if (known) return known;
    const inner: Repeats = { id: this.#size++, outer, count, moved, advanced: null, inner: new Map() };
    outer.inner.set(key, inner);
    return inner;
  }

  /** The state once a character was taken. */
  advance(repeats: Repeats): Repeats {
    if (repeats.outer === null) return repeats;
    return (repeats.advanced ??= this.nest(this.advance(repeats.outer), repeats.count, true));
  }
}
