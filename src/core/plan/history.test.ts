import { commit, mostSteps } from './commit.ts';
import { describe, expect, it } from 'vitest';
import { createPlan } from './create-plan.ts';
import {
  changeThroughout,
  createHistory,
  redo,
  redoLabel,
  undo,
  undoLabel,
  type History,
} from './history.ts';

function rename(history: History, name: string, time: number, coalesceKey?: string): History {
  const options = coalesceKey === undefined ? { time } : { time, coalesceKey };
  return commit(history, [{ type: 'set-name', name }], options);
}

const start = createHistory(createPlan('zero'));

describe('undo and redo', () => {
  it('goes back and forth, naming what it does', () => {
    const one = rename(start, 'one', 0);
    const two = commit(one, [{ type: 'add-sub-config', mode: 'pruning' }], { time: 1 });
    expect([undoLabel(start), redoLabel(start)]).toEqual([null, null]);
    expect([undoLabel(two), redoLabel(two)]).toEqual(['Add a sub-config', null]);
    const back = undo(two);
    expect(back.present).toBe(one.present);
    expect([undoLabel(back), redoLabel(back)]).toEqual(['Rename the plan', 'Add a sub-config']);
    expect(undo(back).present).toBe(start.present);
    expect(redo(redo(undo(back))).present).toBe(two.present);
    expect(undo(start)).toBe(start);
    expect(redo(two)).toBe(two);
  });

  it('forgets the future at a new edit', () => {
    const back = undo(rename(rename(start, 'one', 0), 'two', 1));
    const other = rename(back, 'three', 2);
    expect(redoLabel(other)).toBeNull();
    expect(undo(other).present.name).toBe('one');
  });

  it('makes one step of edits that belong together, named after the first that changes something', () => {
    const history = commit(
      start,
      [
        { type: 'set-name', name: 'zero' },
        { type: 'set-python', python: '3.8' },
        { type: 'add-sub-config', mode: 'pruning' },
      ],
      { time: 0 },
    );
    expect(undoLabel(history)).toBe('Use Python 3.8');
    expect(undo(history).present).toBe(start.present);
  });

  it('leaves the history as it is when nothing changes', () => {
    const future = undo(rename(start, 'one', 0));
    expect(rename(future, 'zero', 1)).toBe(future);
  });
});

describe('coalescing', () => {
  it.each<[string, readonly (readonly [name: string, time: number, key: string | undefined])[], number]>([
    ['typing in one field', [['a', 0, 'name'], ['ab', 900, 'name'], ['abc', 1900, 'name']], 1],
    ['a pause of more than a second', [['a', 0, 'name'], ['ab', 1001, 'name']], 2],
    ['another field', [['a', 0, 'name'], ['ab', 10, 'other']], 2],
    ['edits without a key', [['a', 0, undefined], ['ab', 10, undefined]], 2],
    ['a key after none', [['a', 0, undefined], ['ab', 10, 'name']], 2],
  ])('%s', (_, edits, steps) => {
    let history = start;
    for (const [name, time, key] of edits) history = rename(history, name, time, key);
    expect(history.past).toHaveLength(steps);
    expect(history.present.name).toBe(edits.at(-1)?.[0]);
  });

  it('begins a new step after undo and redo', () => {
    const one = rename(start, 'a', 0, 'name');
    expect(rename(redo(undo(one)), 'ab', 10, 'name').past).toHaveLength(2);
    const two = rename(rename(start, 'x', 0), 'y', 1, 'name');
    expect(rename(undo(two), 'z', 2, 'name').past).toHaveLength(2);
  });
});

it('keeps a bounded number of steps', () => {
  let history = start;
  for (let i = 0; i < mostSteps + 20; i++) history = rename(history, `name ${i}`, i);
  expect(history.past).toHaveLength(mostSteps);
  for (let i = 0; i < mostSteps + 20; i++) history = undo(history);
  expect(history.present.name).toBe('name 19');
  expect(history.future).toHaveLength(mostSteps);
});

it('changes what is no edit in every plan that was and will be', () => {
  const tree = { name: 'resnet18', moduleCount: 69, digest: 'ff', sample: null };
  const middle = undo(rename(rename(start, 'one', 0), 'two', 1));
  const changed = changeThroughout(middle, (plan) => ({ ...plan, tree }));
  expect([undo(changed), changed, redo(changed)].map(({ present }) => [present.name, present.tree])).toEqual([
    ['zero', tree],
    ['one', tree],
    ['two', tree],
  ]);
});
