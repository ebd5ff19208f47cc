import { expect, test, vi } from 'vitest';
import { createDerivedStore } from '../../../store/derived-store.ts';
import { createViewStore } from '../../../store/view-store.ts';
import { whenFound } from './when-found.ts';

const older = new Uint32Array([1]);
const newer = new Uint32Array([2]);

test('acts at once on matches that are known', () => {
  const derived = createDerivedStore();
  derived.setState({ matches: newer });
  const act = vi.fn();
  whenFound(derived, createViewStore(), ({ matches }) => act(matches));
  expect(act.mock.calls).toEqual([[newer]]);
});

test('waits for the matches of what is typed, and acts in turn', () => {
  const derived = createDerivedStore();
  derived.setState({ matches: older, isSearching: true });
  const acts: unknown[] = [];
  const view = createViewStore({ searchText: 'conv1' });
  whenFound(derived, view, ({ matches }) => acts.push(['first', matches]));
  whenFound(derived, view, ({ matches }) => acts.push(['second', matches]));
  derived.setState({ saveState: 'saving' });
  expect(acts).toEqual([]);
  derived.setState({ matches: newer, isSearching: false });
  derived.setState({ matches: older });
  expect(acts).toEqual([['first', newer], ['second', newer]]);
});

test('does not act on another search', () => {
  const derived = createDerivedStore();
  derived.setState({ isSearching: true });
  const view = createViewStore({ searchText: 'conv' });
  const act = vi.fn();
  whenFound(derived, view, act);
  view.setState({ searchText: 'conv1' });
  derived.setState({ matches: newer, isSearching: false });
  expect(act).not.toHaveBeenCalled();
});
