/**
 * A node with the obligations that must still hold for it to count, as one number:
 * `node + set of obligations × number of nodes`. The empty set is 0.
 */
export type Thread = number;

/** A lookahead under way: its threads must come to accept, or must not. */
export interface Obligation {
  readonly negated: boolean;
  readonly threads: readonly Thread[];
}

/** Numbers for obligations and for sets of them, so that a thread and its obligations are one number. */
export class Obligations {
  readonly #all: Obligation[] = [];
  readonly #ids = new Map<string, number>();
  readonly #sets: (readonly number[])[] = [[]];
  readonly #setIds = new Map<string, number>([['', 0]]);

  /** The obligation of an id. */
  at(id: number): Obligation {
    return this.#all[id]!;
  }

  /** The id of an obligation; equal obligations have one id. */
  idOf(obligation: Obligation): number {
    const key = `${obligation.negated ? '!' : '='}${obligation.threads.join(' ')}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#all.push(obligation) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  /** The number of a set of obligations, given by their ids in any order. */
  setOf(ids: readonly number[]): number {
    const sorted = [...new Set(ids)].sort((a, b) => a - b);
    const key = sorted.join(' ');
    let set = this.#setIds.get(key);
    if (set === undefined) {
      set = this.#sets.push(sorted) - 1;
      this.#setIds.set(key, set);
    }
    return set;
  }

  /** Ids of the obligations in a set, in ascending order. */
  membersOf(set: number): readonly number[] {
    return this.#sets[set]!;
  }
}
