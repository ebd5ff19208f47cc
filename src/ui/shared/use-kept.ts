import { useRef } from 'react';

/** A selector that gives the value of before as long as the new one says the same, so that nothing renders again. */
export function useKept<State, Value>(
  select: (state: State) => Value,
  equal: (a: Value, b: Value) => boolean,
): (state: State) => Value {
  const kept = useRef<{ readonly value: Value; last: Value }>(null);
  return (state) => {
    const value = select(state);
    const before = kept.current;
    // Most often nothing has changed: then nothing is compared.
    if (before && (Object.is(before.last, value) || equal(before.value, value))) {
      before.last = value;
      return before.value;
    }
    kept.current = { value, last: value };
    return value;
  };
}

/** Whether two lists hold the same items; `same` compares items that were created again. */
export function sameItems<Item>(
  a: readonly Item[],
  b: readonly Item[],
  same: (a: Item, b: Item) => boolean = Object.is,
): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at]!));
}
