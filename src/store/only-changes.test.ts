import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { onlyChanges } from './only-changes.ts';

test('readers hear of values that change, and of nothing else', () => {
  const list: readonly number[] = [1];
  const store = onlyChanges(createStore<{ list: readonly number[]; count?: number | undefined }>()(() => ({ list })));
  let heard = 0;
  store.subscribe(() => heard++);
  store.setState({ list });
  store.setState(() => ({ list }));
  store.setState({});
  expect(heard).toBe(0);
  store.setState({ list: [1] });
  store.setState(({ count = 0 }) => ({ count: count + 1 }));
  expect(heard).toBe(2);
  expect(store.getState()).toEqual({ list: [1], count: 1 });
  store.setState({ list }, true);
  expect(heard).toBe(3);
  expect(store.getState()).toEqual({ list });
});
