import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPlan } from '../core/plan/create-plan.ts';
import { createHistory } from '../core/plan/history.ts';
import type { TreeReference } from '../core/plan/plan.ts';
import { selectPlan } from '../store/document-store.ts';
import type { OpenedTree } from '../worker/protocol.ts';
import { createModelActions } from './model-actions.ts';
import { createAskedEngine } from './testing/asked-engine.ts';
import { createTestParts } from './testing/saving-parts.ts';

const reference = (name: string, sample: TreeReference['sample'] = null): TreeReference => ({ name, moduleCount: 1, digest: name, sample });
const opened = (name: string): OpenedTree =>
  ({
    tree: { size: 1, end: new Uint32Array([1]), parent: new Int32Array([-1]), lacks: [], model: name },
    runs: { first: new Uint32Array(), length: new Uint32Array() },
    reference: reference(name),
  }) as unknown as OpenedTree;
const text = (name: string) => ({ type: 'text', name, text: '' }) as const;

function openPage() {
  const restart = vi.fn(() => undefined);
  const { asked, call } = createAskedEngine();
  const parts = createTestParts(call, restart);
  const models = createModelActions(parts, () => undefined);
  return { ...parts, ...models, ...models.actions, asked, restart };
}

beforeEach(() => vi.stubGlobal('window', { document: { baseURI: 'http://page/' }, location: { href: 'http://page/' } }));
afterEach(() => vi.unstubAllGlobals());

describe('opening a model', () => {
  test('shows progress, then the model, and notes it in the plan', async () => {
    const page = openPage();
    const opening = page.openTree(text('net'));
    expect(page.derived.getState().studentStatus).toMatchObject({ type: 'opening', name: 'net' });
    await page.asked[0]!.answer(opened('net'));
    expect(await opening).toBe(true);
    expect(page.derived.getState()).toMatchObject({ studentStatus: { type: 'idle' }, student: { reference: { name: 'net' } } });
    expect(selectPlan(page.document.getState()).tree?.name).toBe('net');
    expect(page.document.getState().history.past).toEqual([]);
  });

  test('that fails says why, and the open one stays', async () => {
    const page = openPage();
    const first = page.openTree(text('net'));
    await page.asked[0]!.answer(opened('net'));
    await first;
    const second = page.openTree(text('broken'));
    await page.asked[1]!.refuse({ type: 'crashed', message: 'no memory' });
    expect(await second).toBe(false);
    expect(page.derived.getState()).toMatchObject({
      studentStatus: { type: 'failed', name: 'broken', error: { type: 'crashed' } },
      student: { reference: { name: 'net' } },
    });
  });

  test('while another is being opened stops that one: the last asked for counts', async () => {
    const page = openPage();
    const first = page.openTree(text('slow'));
    const second = page.openTree(text('quick'));
    expect(page.restart).toHaveBeenCalledTimes(1);
    await page.asked[1]!.answer(opened('quick'));
    await page.asked[0]!.answer(opened('slow'));
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(page.derived.getState().student?.reference.name).toBe('quick');
  });

  test('of the plan tries what is stored, then the sample, then says that it is gone', async () => {
    const page = openPage();
    const show = (tree: TreeReference) => page.document.setState({ history: createHistory({ ...createPlan(), tree }) });
    show(reference('net', 'spec_mlp'));
    const sampled = page.reopen('student');
    await page.asked[0]!.refuse({ type: 'not-stored' });
    expect(page.asked[1]).toMatchObject({ call: 'open-tree', request: { source: { type: 'url', sample: 'spec_mlp' } } });
    await page.asked[1]!.answer(opened('net'));
    await sampled;
    expect(page.derived.getState().student?.reference.name).toBe('net');
    show(reference('lost'));
    const lost = page.reopen('student');
    await page.asked[2]!.refuse({ type: 'not-stored' });
    await lost;
    expect(page.derived.getState().studentStatus).toMatchObject({ type: 'failed', name: 'lost', error: { type: 'not-stored' } });
  });

  test('is abandoned when another plan is shown', async () => {
    const page = openPage();
    const opening = page.openTree(text('net'));
    page.abandon();
    await page.asked[0]!.answer(opened('net'));
    expect(await opening).toBe(false);
    expect(page.derived.getState()).toMatchObject({ student: null, studentStatus: { type: 'idle' } });
  });

  test('is given back to an engine that was started again', async () => {
    const page = openPage();
    page.derived.setState({ student: opened('net'), teacher: opened('big') });
    const back = page.handBack();
    await page.asked[0]!.answer(null);
    await page.asked[1]!.answer(null);
    await back;
    expect(page.asked.map(({ call, request }) => [call, (request as { role: string }).role])).toEqual([
      ['hold-tree', 'student'],
      ['hold-tree', 'teacher'],
    ]);
  });
});
