import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPlan } from '../../core/plan/create-plan.ts';
import { writePlan } from '../../core/plan/plan-file.ts';
import { createPlanDatabase, SilentDatabase } from './plan-database.ts';
import { notStored, summarise, type PlanRecord } from './plan-records.ts';
import { createPlanStorage, type PlanNews, type PlanStorage } from './plan-storage.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';

function record(id: string, revision: string, name = id): PlanRecord {
  const plan = createPlan(name);
  return { ...summarise(id, plan, 1), text: writePlan(plan), broken: {}, revision, saved: null };
}

function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('espalier-plans');
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('not deleted'));
  });
}

/** Two tabs of one browser, each with its own connection. */
let tabs: readonly [PlanStorage, PlanStorage];

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', createMemoryStorage());
  tabs = [createPlanStorage(createPlanDatabase()), createPlanStorage(createPlanDatabase())];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('saving against what other tabs did', () => {
  test('a plan goes from revision to revision', async () => {
    const [here, there] = tabs;
    expect(await here.save(record('a', '1'), null)).toEqual({ saved: true });
    expect(await there.save(record('a', '2'), '1')).toEqual({ saved: true });
    expect((await here.load('a'))?.revision).toBe('2');
  });

  test('the plan that a tab works on is noted with its save, and only then', async () => {
    const [here, there] = tabs;
    expect(await here.lastOpen()).toBeNull();
    await here.save(record('a', '1'), null, true);
    await here.save(record('b', '1'), null);
    expect(await there.lastOpen()).toEqual({ id: 'a', at: 1 });
    await there.save(record('a', '3'), '2', true);
    await there.save(record('c', '1'), null, true);
    expect(await here.lastOpen()).toEqual({ id: 'c', at: 1 });
    expect((await here.list()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  test('a revision that was overtaken writes nothing and gives what is there', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    await there.save(record('a', '2'), '1');
    expect(await here.save(record('a', '3'), '1')).toMatchObject({ saved: false, found: { revision: '2' } });
    expect((await there.load('a'))?.revision).toBe('2');
  });

  test('a new plan does not replace one of the same id', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    expect(await there.save(record('a', '2'), null)).toMatchObject({ saved: false, found: { revision: '1' } });
  });

  test('a plan that another tab deleted is reported from one that went with the database', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    await there.remove('a');
    expect(await here.save(record('a', '2'), '1')).toEqual({ saved: false, found: null });
    await here.save(record('b', '1'), null);
    await deleteDatabase();
    expect(await here.save(record('b', '2'), '1')).toEqual({ saved: true });
  });

  test('after the database was deleted, a deletion by another tab is noticed again', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    await deleteDatabase();
    await here.save(record('a', '2'), '1');
    expect((await there.load('a'))?.revision).toBe('2');
    await there.remove('a');
    expect(await here.save(record('a', '3'), '2')).toEqual({ saved: false, found: null });
  });

  test('a database that another tab has made again first counts as deleted, too', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    await there.load('a');
    await deleteDatabase();
    await there.save(record('b', '1'), null);
    expect(await here.save(record('a', '2'), '1')).toEqual({ saved: true });
    expect((await here.list()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test('those who watch hear of a deleted database', async () => {
    const [here] = tabs;
    const hear = vi.fn();
    here.watchDeletion(hear);
    await here.save(record('a', '1'), null);
    await deleteDatabase();
    expect(hear).toHaveBeenCalledTimes(1);
  });

  test('other tabs hear of a save and of a deletion', async () => {
    const [here, there] = tabs;
    const heard: PlanNews[] = [];
    there.watch((news) => heard.push(news));
    await here.save(record('a', '1'), null);
    await here.remove('a');
    await vi.waitFor(() => expect(heard.map(({ id, revision }) => [id, revision])).toEqual([['a', '1'], ['a', null]]));
  });
});

describe('a copy that was put aside', () => {
  const write = async () => writePlan;

  test('becomes the plan when nobody has saved it since', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    here.saveNow(record('a', '2', 'later'), ['1']);
    expect(await there.load('a')).toMatchObject({ name: 'later', revision: '1', isPutAside: true });
    await there.recover(write);
    expect(await there.load('a')).toMatchObject({ name: 'later', revision: '2' });
    expect(localStorage.length).toBe(0);
  });

  test('becomes a plan of its own when another tab has overtaken it', async () => {
    const [here, there] = tabs;
    await here.save(record('a', '1'), null);
    here.saveNow(record('a', '2', 'mine'), ['1']);
    await there.save(record('a', '3', 'theirs'), '1');
    // The save of the other tab would forget the copy of its own; this one is of the tab that closed.
    here.saveNow(record('a', '2', 'mine'), ['1']);
    await there.recover(write);
    expect((await there.list()).map(({ name }) => name).toSorted()).toEqual(['mine', 'theirs']);
  });

  test('is written when the code comes, where it was put aside without', async () => {
    const [here] = tabs;
    const { text: _, ...rest } = record('a', '1');
    here.saveNow({ ...rest, plan: createPlan('a') }, [null]);
    expect(await here.list()).toEqual([]);
    await here.recover(write);
    expect((await here.load('a'))?.text).toBe(writePlan(createPlan('a')));
  });

  test('that is damaged hides no other, and is no reason to fail', async () => {
    const [here] = tabs;
    localStorage.setItem('espalier.urgent-plan.x', '{"record": ');
    here.saveNow(record('a', '1'), [null]);
    await here.recover(write);
    expect((await here.list()).map(({ id }) => id)).toEqual(['a']);
  });

  test('is read where the database refuses', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    const refused = createPlanStorage(createPlanDatabase());
    await expect(refused.save(record('a', '1'), null)).rejects.toThrow('refused');
    refused.saveNow(record('a', '1'), [null]);
    expect(await refused.load('a')).toMatchObject({ id: 'a', revision: notStored, isPutAside: true });
    expect((await refused.list()).map(({ id }) => id)).toEqual(['a']);
    await expect(refused.load('b')).rejects.toThrow('refused');
  });
});

describe('a database that never answers', () => {
  test('fails after five seconds, and after half a second from then on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.stubGlobal('indexedDB', { open: () => ({}) });
    const silent = createPlanStorage(createPlanDatabase());
    const outcomes: unknown[] = [];
    const save = () => void silent.save(record('a', '1'), null).catch((error: unknown) => outcomes.push(error));
    save();
    await vi.advanceTimersByTimeAsync(4999);
    expect(outcomes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(outcomes).toEqual([expect.any(SilentDatabase)]);
    save();
    await vi.advanceTimersByTimeAsync(500);
    expect(outcomes).toHaveLength(2);
  });
});
