import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commit } from '../core/plan/commit.ts';
import type { PlanEdit } from '../core/plan/plan-edits.ts';
import { selectPlan } from '../store/document-store.ts';
import { isJudged } from '../store/judged-parts.ts';
import { typingPauses } from '../store/typing-pauses.ts';
import type { OpenedTree } from '../worker/protocol.ts';
import { deriveContinuously } from './derivations.ts';
import { createAskedEngine } from './testing/asked-engine.ts';
import { createTestParts } from './testing/saving-parts.ts';

const student = { reference: { digest: 'a' } } as unknown as OpenedTree;
const view = { findings: [], subConfigs: [] };

function openPage() {
  const { asked, call } = createAskedEngine();
  const parts = createTestParts(call);
  const derivations = deriveContinuously(parts);
  const edit = (change: PlanEdit) =>
    parts.document.setState(({ history }) => ({ history: commit(history, [change], { time: 0 }) }));
  const addSubConfig = () => edit({ type: 'add-sub-config', mode: 'pruning' });
  const of = (call_: string) => asked.filter(({ call: each }) => each === call_);
  const pruning = () => of('resolve').filter(({ request }) => (request as { mode: string }).mode === 'pruning');
  return { ...parts, ...derivations, asked, of, pruning, edit, addSubConfig };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

describe('a list', () => {
  test('is resolved when a model is there, once for the same inputs', async () => {
    const page = openPage();
    page.addSubConfig();
    expect(page.asked).toEqual([]);
    page.derived.setState({ student });
    expect(page.of('resolve')).toHaveLength(3);
    page.view.setState({ focus: [] });
    expect(page.of('resolve')).toHaveLength(3);
    await page.pruning()[0]!.answer({ view, explained: {} });
    expect(page.derived.getState().lists.pruning).toMatchObject({ findings: [] });
    expect(page.derived.getState().listIds.pruning).toEqual(['s1']);
  });

  test('F7 has the numbers of its cards; those that are off count', async () => {
    const page = openPage();
    page.addSubConfig();
    page.addSubConfig();
    page.edit({ type: 'set-enabled', mode: 'pruning', id: 's1', enabled: false });
    page.derived.setState({ student });
    await page.pruning()[0]!.answer({ view, explained: {} });
    expect(page.derived.getState().listIds.pruning).toEqual(['s2']);
    expect(page.derived.getState().listNumbers.pruning).toEqual([2]);
  });

  test('K5: the verdict is about the list that it was asked for, and an edit since then is not judged', async () => {
    const page = openPage();
    page.derived.setState({ student });
    const isCurrent = () => isJudged(page.derived.getState().resolvedWith.pruning, selectPlan(page.document.getState()), 'pruning', null);
    expect(isCurrent()).toBe(false);
    await page.pruning()[0]!.answer({ view, explained: {} });
    expect(isCurrent()).toBe(true);
    page.edit({ type: 'add-sub-config', mode: 'quantization' });
    expect(isCurrent()).toBe(true);
    page.addSubConfig();
    expect(isCurrent()).toBe(false);
    await page.pruning()[1]!.answer({ view, explained: {} });
    expect(isCurrent()).toBe(true);
  });

  test('is resolved after a pause while a pattern is typed, and at once when the field is left', () => {
    const page = openPage();
    page.derived.setState({ student });
    const before = page.pruning().length;
    page.view.setState({ draft: { subConfigId: 's1', key: 'op_names_re', index: 0 } });
    page.addSubConfig();
    vi.advanceTimersByTime(typingPauses.resolve - 1);
    page.addSubConfig();
    vi.advanceTimersByTime(typingPauses.resolve - 1);
    expect(page.pruning()).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(page.pruning()).toHaveLength(before + 1);
    page.addSubConfig();
    page.view.setState({ draft: null });
    expect(page.pruning()).toHaveLength(before + 2);
  });

  test('of a model that is no longer open changes nothing', async () => {
    const page = openPage();
    page.derived.setState({ student });
    const [first] = page.pruning();
    page.derived.setState({ student: { reference: { digest: 'b' } } as unknown as OpenedTree });
    await first!.answer({ view, explained: {} });
    expect(page.derived.getState().lists.pruning).toBeNull();
  });

  test('whose engine cannot be fetched is said, and asked for again by the next change', async () => {
    const page = openPage();
    page.derived.setState({ student });
    await page.pruning()[0]!.refuse({ type: 'not-fetched', reason: 'offline' });
    expect(page.derived.getState().trouble).toEqual({ type: 'engine-not-fetched' });
    page.view.setState({ focus: [1] });
    expect(page.pruning()).toHaveLength(2);
    await page.pruning()[1]!.answer({ view, explained: {} });
    expect(page.derived.getState().trouble).toBeNull();
  });

  test('is asked for again after refresh, and not any more after dispose', () => {
    const page = openPage();
    page.derived.setState({ student });
    page.refresh();
    expect(page.pruning()).toHaveLength(2);
    page.dispose();
    page.addSubConfig();
    expect(page.pruning()).toHaveLength(2);
  });
});

describe('the search', () => {
  test('shows what was searched for last, whatever is answered first', async () => {
    const page = openPage();
    page.derived.setState({ student });
    page.view.setState({ searchText: 'a' });
    page.view.setState({ searchText: 'ab' });
    const [older, newer] = page.of('search');
    await newer!.answer({ matches: new Uint32Array([2]), invalid: null, slowSeconds: null });
    await older!.answer({ matches: new Uint32Array([1]), invalid: null, slowSeconds: null });
    expect(page.derived.getState().matches).toEqual(new Uint32Array([2]));
  });

  test('says that the matches are of an older search until the newest is answered, be it by a failure', async () => {
    const page = openPage();
    page.derived.setState({ student });
    page.view.setState({ searchText: 'a' });
    page.view.setState({ searchText: 'ab' });
    const [older, newer] = page.of('search');
    await older!.answer({ matches: new Uint32Array([1]), invalid: null, slowSeconds: null });
    expect(page.derived.getState().isSearching).toBe(true);
    await newer!.answer({ matches: new Uint32Array([2]), invalid: null, slowSeconds: null });
    expect(page.derived.getState().isSearching).toBe(false);
    page.view.setState({ searchText: 'abc' });
    expect(page.derived.getState().isSearching).toBe(true);
    await page.of('search')[2]!.refuse({ type: 'cancelled' });
    expect(page.derived.getState().isSearching).toBe(false);
  });

  test('that is cleared shows everything without asking', async () => {
    const page = openPage();
    page.derived.setState({ student });
    page.view.setState({ searchText: 'a' });
    await page.of('search')[0]!.answer({ matches: new Uint32Array([1]), invalid: null, slowSeconds: null });
    page.view.setState({ searchText: '' });
    expect(page.derived.getState().matches).toBeNull();
    expect(page.of('search')).toHaveLength(1);
  });
});
