import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commit } from '../../core/plan/commit.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import { readPlan } from '../../core/plan/plan-file.ts';
import { selectPlan } from '../../store/document-store.ts';
import { createPlansStore } from '../../store/plans-store.ts';
import { SilentDatabase } from './plan-database.ts';
import type { PlanRecord } from './plan-records.ts';
import { createPlanSaver } from './saving.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';
import { createTestParts, createTestStorage } from '../testing/saving-parts.ts';

/** A page with its saver; `pageEvents` are the events that the page itself gets. */
function openPage() {
  const parts = createTestParts();
  const plans = createPlansStore();
  const storage = createTestStorage();
  const catchUp = vi.fn(async () => false);
  const saver = createPlanSaver(parts, plans, storage, catchUp);
  const rename = (name: string) =>
    parts.document.setState(({ history }) => ({ history: commit(history, [{ type: 'set-name', name }], { time: Date.now() }) }));
  const stored = (): PlanRecord | undefined => [...storage.records.values()][0];
  return { ...parts, plans, storage, saver, catchUp, rename, stored, saveState: () => parts.derived.getState().saveState };
}

let pageEvents: EventTarget;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
  pageEvents = new EventTarget();
  vi.stubGlobal('addEventListener', pageEvents.addEventListener.bind(pageEvents));
  vi.stubGlobal('localStorage', createMemoryStorage());
  vi.stubGlobal('sessionStorage', createMemoryStorage());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a change', () => {
  test('is saved a quarter of a second later, and changes until then with it', async () => {
    const page = openPage();
    page.rename('a');
    expect(page.saveState()).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(249);
    expect(page.storage.records.size).toBe(0);
    page.rename('b');
    await vi.advanceTimersByTimeAsync(250);
    await page.saver.flush();
    expect(page.saveState()).toBe('saved');
    expect(page.stored()?.name).toBe('b');
    expect(readPlan(page.stored()!.text)).toMatchObject({ ok: true, value: { name: 'b' } });
    expect(page.plans.getState().openId).toBe(page.stored()?.id);
  });

  test('of a plan that holds nothing makes no record, and counts as saved', async () => {
    const page = openPage();
    page.saver.saveSoon();
    await page.saver.flush();
    expect(page.storage.records.size).toBe(0);
    expect(page.saveState()).toBe('saved');
  });

  test('while a save is under way is saved after it, onto its revision', async () => {
    const page = openPage();
    const release = page.storage.hold();
    page.rename('a');
    await vi.advanceTimersByTimeAsync(250);
    expect(page.saveState()).toBe('saving');
    page.rename('b');
    release();
    await page.saver.flush();
    expect(page.stored()?.name).toBe('b');
    expect(page.plans.getState().conflict).toBeNull();
  });
});

describe('several changes while one save takes long', () => {
  test('are saved one after the other, and none is taken for the change of another tab', async () => {
    const page = openPage();
    const release = page.storage.hold();
    for (const name of ['a', 'b', 'c']) {
      page.rename(name);
      await vi.advanceTimersByTimeAsync(250);
    }
    release();
    await page.saver.flush();
    expect(page.plans.getState().conflict).toBeNull();
    expect(page.stored()?.name).toBe('c');
    expect(page.saveState()).toBe('saved');
  });
});

describe('a save that fails', () => {
  test.each([
    ['full', new DOMException('full', 'QuotaExceededError')],
    ['silent', new SilentDatabase()],
    ['refused', new Error('refused')],
  ] as const)('%s: it is said, the plan is put aside, leaving asks, and the next try saves', async (failure, error) => {
    const page = openPage();
    page.storage.failure = error;
    page.rename('a');
    await page.saver.flush();
    expect(page.derived.getState()).toMatchObject({ saveState: 'failed', saveFailure: failure });
    expect(page.storage.aside.at(-1)?.name).toBe('a');
    const leaving = new Event('beforeunload', { cancelable: true });
    pageEvents.dispatchEvent(leaving);
    expect(leaving.defaultPrevented).toBe(true);
    page.storage.failure = null;
    await page.saver.saveAgain();
    expect(page.derived.getState()).toMatchObject({ saveState: 'saved', saveFailure: null });
    expect(page.stored()?.name).toBe('a');
  });
});

describe('a page that is left', () => {
  test('puts aside what is not saved, and nothing else', async () => {
    const page = openPage();
    page.rename('a');
    pageEvents.dispatchEvent(new Event('pagehide'));
    expect(page.storage.aside.map(({ name }) => name)).toEqual(['a']);
    await page.saver.flush();
    pageEvents.dispatchEvent(new Event('pagehide'));
    expect(page.storage.aside).toHaveLength(1);
  });

  test('with a conflict puts the work aside as a plan of its own', async () => {
    const page = openPage();
    page.rename('a');
    await page.saver.flush();
    const { id } = page.stored()!;
    page.rename('mine');
    page.storage.announce({ id, revision: 'theirs', at: 5 });
    expect(page.plans.getState().conflict).toEqual({ type: 'changed', at: 5 });
    pageEvents.dispatchEvent(new Event('pagehide'));
    expect(page.storage.aside.at(-1)).toMatchObject({ name: 'mine' });
    expect(page.storage.aside.at(-1)?.id).not.toBe(id);
  });
});

describe('what another tab does', () => {
  async function saved(name: string) {
    const page = openPage();
    page.rename(name);
    await page.saver.flush();
    return { page, id: page.stored()!.id };
  }

  test('is taken over where nothing is unsaved here', async () => {
    const { page, id } = await saved('a');
    page.catchUp.mockResolvedValue(true);
    page.storage.announce({ id, revision: '2', at: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(page.catchUp).toHaveBeenCalledWith(id);
    expect(page.plans.getState().conflict).toBeNull();
  });

  test('is a question where it cannot be taken over', async () => {
    const { page, id } = await saved('a');
    page.storage.announce({ id, revision: '2', at: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(page.plans.getState().conflict).toEqual({ type: 'changed', at: 5 });
  });

  test('is a question where something is unsaved here; until it is answered nothing is saved', async () => {
    const { page, id } = await saved('a');
    page.rename('b');
    page.storage.announce({ id, revision: '2', at: 5 });
    await page.saver.flush();
    expect(page.catchUp).not.toHaveBeenCalled();
    expect(page.plans.getState().conflict).toEqual({ type: 'changed', at: 5 });
    expect(page.stored()?.name).toBe('a');
    await page.saver.saveAsNew();
    expect([...page.storage.records.values()].map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('is a question that loses nothing if the browser is killed before the answer: what is done here is put aside', async () => {
    const { page, id } = await saved('a');
    page.storage.announce({ id, revision: '2', at: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(page.storage.aside).toEqual([]);
    for (const name of ['b', 'c']) {
      page.rename(name);
      await page.saver.flush();
    }
    const ids = new Set(page.storage.aside.map((record) => record.id));
    expect(page.storage.aside.at(-1)?.name).toBe('c');
    expect(ids.size).toBe(1);
    expect(ids.has(id)).toBe(false);
    // Once it is answered, nothing is left to come back as a plan of its own.
    await page.saver.saveAsNew();
    expect(page.storage.aside).toEqual([]);
    expect([...page.storage.records.values()].map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('concerns no other plan, nor what this tab saved itself', async () => {
    const { page, id } = await saved('a');
    page.storage.announce({ id: 'other', revision: '2', at: 5 });
    page.storage.announce({ id, revision: page.stored()!.revision, at: 5 });
    await vi.advanceTimersByTimeAsync(0);
    expect(page.catchUp).not.toHaveBeenCalled();
    expect(page.plans.getState().conflict).toBeNull();
  });

  test('is reported when it deletes the plan', async () => {
    const { page, id } = await saved('a');
    page.storage.announce({ id, revision: null, at: 5 });
    expect(page.plans.getState().conflict).toEqual({ type: 'deleted' });
  });

  test('deletes the whole database: the plan is written again', async () => {
    const { page, id } = await saved('a');
    page.storage.deleteDatabase();
    await page.saver.flush();
    expect(page.stored()).toMatchObject({ id, name: 'a' });
  });
});

describe('a page that comes back from the cache of pages', () => {
  const comeBack = () => pageEvents.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

  test('goes on with the plan that another page took in from what was put aside', async () => {
    const page = openPage();
    page.rename('a');
    await page.saver.flush();
    page.rename('b');
    pageEvents.dispatchEvent(new Event('pagehide'));
    const [aside] = page.storage.aside as PlanRecord[];
    page.storage.records.set(aside!.id, aside!);
    comeBack();
    page.rename('c');
    await page.saver.flush();
    expect(page.plans.getState().conflict).toBeNull();
    expect(page.stored()?.name).toBe('c');
    expect(page.saveState()).toBe('saved');
  });

  test('hears what another tab did in the meantime', async () => {
    const page = openPage();
    page.rename('a');
    await page.saver.flush();
    page.storage.records.set(page.stored()!.id, { ...page.stored()!, revision: 'theirs', changedAt: 7 });
    comeBack();
    await vi.waitFor(() => expect(page.catchUp).toHaveBeenCalledWith(page.stored()!.id));
    await vi.waitFor(() => expect(page.plans.getState().conflict).toEqual({ type: 'changed', at: 7 }));
  });

  test('says nothing where nothing happened', async () => {
    const page = openPage();
    page.rename('a');
    await page.saver.flush();
    comeBack();
    await vi.advanceTimersByTimeAsync(1);
    expect(page.catchUp).not.toHaveBeenCalled();
    expect(page.plans.getState().conflict).toBeNull();
  });
});

test('following another plan drops the timer of the one before', async () => {
  const page = openPage();
  page.rename('a');
  page.saver.follow(null);
  page.document.setState({ history: { present: createPlan(), past: [], future: [] } });
  page.saver.follow(null);
  await vi.advanceTimersByTimeAsync(1000);
  expect(page.storage.records.size).toBe(0);
  expect(selectPlan(page.document.getState()).name).toBe('');
});
