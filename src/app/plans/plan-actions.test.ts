import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commit } from '../../core/plan/commit.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import { writePlan } from '../../core/plan/plan-file.ts';
import { selectPlan } from '../../store/document-store.ts';
import { createPlansStore } from '../../store/plans-store.ts';
import { wordPlanNotice } from '../../ui/plans/word-plan-notice.ts';
import type { ModelActions } from '../model-actions.ts';
import { createPlanKeeping } from './plan-actions.ts';
import { createPlanSaver } from './saving.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';
import { createTestParts, createTestStorage } from '../testing/saving-parts.ts';

function openPage() {
  const parts = createTestParts();
  const plans = createPlansStore();
  const storage = createTestStorage();
  const saver = createPlanSaver(parts, plans, storage, (id) => keeping.catchUp(id));
  const models = { reopen: async () => undefined, abandon: () => undefined } as unknown as ModelActions;
  const keeping = createPlanKeeping(parts, plans, storage, saver, models);
  const rename = (name: string) =>
    parts.document.setState(({ history }) => ({ history: commit(history, [{ type: 'set-name', name }], { time: Date.now() }) }));
  return {
    ...parts,
    ...keeping,
    ...keeping.actions,
    plans,
    storage,
    saver,
    rename,
    name: () => selectPlan(parts.document.getState()).name,
    names: () => [...storage.records.values()].map(({ name }) => name).toSorted(),
    notice: () => {
      const { notice } = plans.getState();
      return notice && wordPlanNotice(notice).text;
    },
  };
}

const file = (name: string) => ({ plan: createPlan(name), trees: {} });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('localStorage', createMemoryStorage());
  vi.stubGlobal('sessionStorage', createMemoryStorage());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('opening a plan', () => {
  test('saves the one that is left, and shows the other without steps to undo', async () => {
    const page = openPage();
    page.rename('first');
    await page.saver.flush();
    const first = page.plans.getState().openId!;
    await page.openForeign(file('second'), { type: 'link' });
    page.rename('second, changed');
    await page.openPlan(first);
    expect(page.name()).toBe('first');
    expect(page.document.getState().history.past).toEqual([]);
    expect(page.names()).toEqual(['first', 'second, changed']);
  });

  test('that is gone says so and leaves the open one', async () => {
    const page = openPage();
    page.rename('first');
    await page.openPlan('gone');
    expect(page.name()).toBe('first');
    expect(page.notice()).toBe('That plan is gone: it was deleted in another tab.');
  });

  test('that cannot be read says so and keeps it stored', async () => {
    const page = openPage();
    page.rename('first');
    await page.saver.flush();
    const [record] = [...page.storage.records.values()];
    page.storage.records.set('odd', { ...record!, id: 'odd', name: 'Odd', text: '{"format": "compression-plan", "version": 99}' });
    await page.openPlan('odd');
    expect(page.notice()).toBe('Odd cannot be read by this version of Espalier. It stays stored.');
    expect(page.storage.records.has('odd')).toBe(true);
  });

  test('asks once when the open one cannot be stored, and leaves it when asked again', async () => {
    const page = openPage();
    page.rename('first');
    await page.saver.flush();
    const first = page.plans.getState().openId!;
    await page.openForeign(file('second'), { type: 'link' });
    page.storage.failure = new Error('refused');
    page.rename('not stored');
    await page.openPlan(first);
    expect(page.name()).toBe('not stored');
    expect(page.notice()).toContain('could not store the plan');
    await page.openPlan(first);
    expect(page.name()).toBe('first');
  });
});

describe('a plan from outside', () => {
  test('becomes one of its own, stored before its models are opened', async () => {
    const page = openPage();
    const shown = vi.fn(() => expect(page.name()).toBe('from afar'));
    await page.openForeign(file('from afar'), { type: 'link' }, shown);
    expect(shown).toHaveBeenCalledTimes(1);
    expect(page.names()).toEqual(['from afar']);
    expect(page.notice()).toBe('from afar was opened from a link as a plan of its own. Your other plans are as they were.');
  });

  test('that is there already is opened instead of copied', async () => {
    const page = openPage();
    await page.openForeign(file('from afar'), { type: 'link' });
    await page.openForeign(file('other'), { type: 'link' });
    await page.openForeign(file('from afar'), { type: 'link' });
    expect(page.names()).toEqual(['from afar', 'other']);
    expect(page.notice()).toBe('from afar is among your plans already and was opened.');
  });

  test('beside one of its name that was changed since is told, with the way to that', async () => {
    const page = openPage();
    await page.openForeign(file('from afar'), { type: 'link' });
    const first = page.plans.getState().openId!;
    expect(page.plans.getState().notice).toMatchObject({ type: 'opened', namesake: null });
    page.document.setState(({ history }) => ({ history: commit(history, [{ type: 'add-sub-config', mode: 'pruning' }], { time: Date.now() }) }));
    await page.saver.flush();
    await page.openForeign(file('from afar'), { type: 'link' });
    expect(page.plans.getState().openId).not.toBe(first);
    expect(page.plans.getState().notice).toMatchObject({ type: 'opened', namesake: first });
    expect(page.notice()).toContain('One of them has the same name and differs.');
    await page.openPlan(first);
    expect(page.plans.getState().openId).toBe(first);
  });

  test('from a text says whether that plan is open: not where it is too large, or the one before would be lost', async () => {
    const page = openPage();
    page.rename('mine');
    const textOf = (name: string) => writePlan(createPlan(name));
    expect(await page.openPlanText(textOf('x'.repeat(2000)), 'It')).toBe(false);
    expect(page.notice()).toContain('The plan was not opened.');
    page.storage.failure = new Error('refused');
    expect(await page.openPlanText(textOf('other'), 'It')).toBe(false);
    expect(page.name()).toBe('mine');
    page.storage.failure = null;
    expect(await page.openPlanText(textOf('other'), 'It')).toBe(true);
    expect(await page.openPlanText(textOf('other'), 'It')).toBe(true);
    expect(page.name()).toBe('other');
  });

  test('with a damaged text is refused with the reason', async () => {
    const page = openPage();
    expect(await page.openPlanText('{"format": "compression-plan", "version": 1, "lists": {"pruning": 5}}', 'It')).toBe(false);
    expect(page.notice()).toMatch(/^It was not opened\. /);
    expect(page.names()).toEqual([]);
  });
});

describe('plans on the shelf', () => {
  test('are duplicated, renamed, deleted and brought back', async () => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    const one = page.plans.getState().openId!;
    await page.duplicatePlan(one);
    expect(page.names()).toEqual(['Copy of one', 'one']);
    const copy = [...page.storage.records.values()].find(({ name }) => name === 'Copy of one')!;
    await page.renamePlan(copy.id, 'two');
    expect(page.names()).toEqual(['one', 'two']);
    await page.deletePlan(copy.id);
    expect(page.names()).toEqual(['one']);
    expect(page.plans.getState().notice).toEqual({ type: 'deleted', name: 'two', failure: null });
    await page.bringBackPlan();
    expect(page.names()).toEqual(['one', 'two']);
    expect((await page.readPlan(copy.id))?.name).toBe('two');
  });

  test('one that cannot be brought back can be tried again', async () => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    await page.duplicatePlan(page.plans.getState().openId!);
    const copy = [...page.storage.records.values()].find(({ name }) => name === 'Copy of one')!;
    await page.deletePlan(copy.id);
    page.storage.failure = new DOMException('full', 'QuotaExceededError');
    await page.bringBackPlan();
    expect(page.notice()).toBe(
      'Copy of one could not be brought back. The storage of this browser is full. As long as this page is open, you can try again.',
    );
    page.storage.failure = null;
    await page.bringBackPlan();
    expect(page.names()).toEqual(['Copy of one', 'one']);
    expect(page.notice()).toBeNull();
  });

  test('one that another tab saves in between is renamed as it is then', async () => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    await page.duplicatePlan(page.plans.getState().openId!);
    const copy = [...page.storage.records.values()].find(({ name }) => name === 'Copy of one')!;
    vi.spyOn(page.storage, 'save').mockImplementationOnce(async () => {
      const found = { ...copy, revision: 'theirs', changedAt: 77 };
      page.storage.records.set(copy.id, found);
      return { saved: false, found };
    });
    await page.renamePlan(copy.id, 'two');
    expect(page.names()).toEqual(['one', 'two']);
    expect(page.storage.records.get(copy.id)?.changedAt).toBe(77);
  });

  test('the one that is open is deleted with its view', async () => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    await page.deletePlan(page.plans.getState().openId!);
    expect(page.name()).toBe('');
    expect(page.plans.getState().openId).toBeNull();
    expect(page.names()).toEqual([]);
  });
});

describe('another tab', () => {
  test('is followed as one step that undo takes back', async () => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    const [record] = [...page.storage.records.values()];
    page.storage.records.set(record!.id, { ...record!, name: 'theirs', text: writePlan(createPlan('theirs')), revision: 'r2' });
    page.storage.announce({ id: record!.id, revision: 'r2', at: 5 });
    await vi.waitFor(() => expect(page.name()).toBe('theirs'));
    expect(page.document.getState().history.past.map(({ label, plan }) => [label, plan.name])).toEqual([['Changes of another tab', 'one']]);
    expect(page.derived.getState().saveState).toBe('saved');
    page.rename('mine');
    await page.saver.flush();
    expect(page.names()).toEqual(['mine']);
    expect(page.plans.getState().conflict).toBeNull();
  });

  test.each([
    ['take-saved', ['theirs'], 'theirs'],
    ['keep-mine', ['Copy of mine', 'theirs'], 'Copy of mine'],
  ] as const)('a conflict is settled by %s', async (how, names, shown) => {
    const page = openPage();
    await page.openForeign(file('one'), { type: 'link' });
    const [record] = [...page.storage.records.values()];
    page.rename('mine');
    page.storage.records.set(record!.id, { ...record!, name: 'theirs', text: writePlan(createPlan('theirs')), revision: 'r2' });
    page.storage.announce({ id: record!.id, revision: 'r2', at: 5 });
    expect(page.plans.getState().conflict).toEqual({ type: 'changed', at: 5 });
    await page.settleConflict(how);
    await page.saver.flush();
    expect(page.name()).toBe(shown);
    expect(page.names()).toEqual(names);
    expect(page.plans.getState().conflict).toBeNull();
  });
});
