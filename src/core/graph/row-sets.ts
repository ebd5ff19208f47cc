/** Disjoint sets of rows (modules), united step by step. */
export interface RowSets {
  /** Puts both rows, and all that are with them, into one set. */
  readonly unite: (a: number, b: number) => void;
  /** Makes sure that the row is in a set, alone if need be. */
  readonly add: (row: number) => void;
  /** All sets: rows ascending, sets by their first row. */
  readonly list: () => readonly (readonly number[])[];
}

/** Creates sets over rows `0 … size − 1`, all of them absent at first. */
export function createRowSets(size: number): RowSets {
  const parent = new Int32Array(size).fill(-1);

  function find(row: number): number {
    let top = row;
    while (parent[top] !== top) top = parent[top]!;
    for (let at = row; at !== top; ) {
      const next = parent[at]!;
      parent[at] = top;
      at = next;
    }
    return top;
  }

  function add(row: number): void {
    if (parent[row] === -1) parent[row] = row;
  }

  return {
    add,
    unite(a, b) {
      add(a);
      add(b);
      const first = find(a);
      const second = find(b);
      if (first !== second) parent[Math.max(first, second)] = Math.min(first, second);
    },
    list() {
      const sets = new Map<number, number[]>();
      for (let row = 0; row < size; row++) {
        if (parent[row] === -1) continue;
        const top = find(row);
        const set = sets.get(top);
        if (set === undefined) sets.set(top, [row]);
        else set.push(row);
      }
      return [...sets.values()];
    },
  };
}
