import type { StoreApi } from 'zustand/vanilla';

/**
 * A store that says nothing where nothing changes: a change whose values are the present ones reaches nobody. Each letter of a pattern
 * would otherwise ask every reader of the store again for what it knows.
 */
export function onlyChanges<State extends object>(store: StoreApi<State>): StoreApi<State> {
  const { setState } = store;
  const change = (next: State | Partial<State> | ((state: State) => State | Partial<State>), replace?: boolean): void => {
    const state = store.getState();
    const values = typeof next === 'function' ? next(state) : next;
    const keys = Object.keys(values) as (keyof State)[];
    if (replace === true) setState(values as State, true);
    else if (keys.some((key) => !Object.is(state[key], values[key]))) setState(values);
  };
  return { ...store, setState: change };
}
