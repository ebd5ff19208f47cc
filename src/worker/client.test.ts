import { describe, expect, it } from 'vitest';
import { createEngineClient, type WorkerLike } from './client.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

class FakeWorker implements WorkerLike {
  sent: ToWorker[] = [];
  terminated = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  postMessage(message: ToWorker): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: FromWorker): void {
    this.onmessage?.({ data });
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  let respawns = 0;
  const client = createEngineClient(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    () => respawns++,
  );
  return { client, workers, respawns: () => respawns };
}

const preview = (pattern: string) => ({ pattern, python: '3.11', key: 'op_names_re' }) as const;

describe('engine client', () => {
  it('answers each call with the reply of its own id, in any order', async () => {
    const { client, workers } = setUp();
    const first = client.call('close-tree', { role: 'student' });
    const second = client.call('open-tree', { role: 'teacher', source: { type: 'text', name: 'a', text: '{}' } });
    workers[0]!.say({ id: 2, type: 'failure', failure: { type: 'not-stored' } });
    workers[0]!.say({ id: 1, type: 'reply', reply: null });
    expect(await first).toEqual({ ok: true, value: null });
    expect(await second).toEqual({ ok: false, error: { type: 'not-stored' } });
  });

  it('asks for the model after speedup once for the overview and once for a module: a newer list or module replaces what waits', async () => {
    const { client, workers } = setUp();
    for (const modules of [[], [3]]) void client.call('speedup', { modules });
    void client.call('module-run', { module: 3 });
    const stale = [client.call('speedup', { modules: [] }), client.call('speedup', { modules: [4] }), client.call('module-run', { module: 4 })];
    for (const modules of [[], [5]]) void client.call('speedup', { modules });
    void client.call('module-run', { module: 5 });
    expect(await Promise.all(stale)).toEqual(stale.map(() => ({ ok: false, error: { type: 'superseded' } })));
    expect(workers[0]!.sent.map((message) => message.id)).toEqual([1, 2, 3]);
    for (const id of [1, 2, 3]) workers[0]!.say({ id, type: 'failure', failure: { type: 'no-list' } });
    expect(workers[0]!.sent.map((message) => message.id)).toEqual([1, 2, 3, 7, 8, 9]);
  });

  it('keeps one preview in flight and one waiting: the latest wins', async () => {
    const { client, workers } = setUp();
    void client.call('preview', preview('l'));
    const skipped = client.call('preview', preview('la'));
    const latest = client.call('preview', preview('lay'));
    expect(await skipped).toEqual({ ok: false, error: { type: 'superseded' } });
    expect(workers[0]!.sent.map((message) => message.id)).toEqual([1]);
    workers[0]!.say({ id: 1, type: 'failure', failure: { type: 'no-list' } });
    expect(workers[0]!.sent.map((message) => message.id)).toEqual([1, 3]);
    workers[0]!.say({ id: 3, type: 'failure', failure: { type: 'no-list' } });
    expect(await latest).toEqual({ ok: false, error: { type: 'no-list' } });
  });

  it('gives a model back that the engine lost, once, and asks again', async () => {
    const worker = new FakeWorker();
    let given = 0;
    const client = createEngineClient(() => worker, () => undefined, undefined, async () => {
      given++;
      return true;
    });
    const resolved = client.call('preview', preview('l'));
    worker.say({ id: 1, type: 'failure', failure: { type: 'no-tree' } });
    await expect.poll(() => worker.sent.length).toBe(2);
    expect(worker.sent[1]).toBe(worker.sent[0]);
    worker.say({ id: 1, type: 'failure', failure: { type: 'no-tree' } });
    expect(await resolved).toEqual({ ok: false, error: { type: 'no-tree' } });
    expect(given).toBe(1);
  });

  it('takes “no model is open” for an answer when the page has none either', async () => {
    const { client, workers } = setUp();
    const answer = client.call('preview', preview('l'));
    workers[0]!.say({ id: 1, type: 'failure', failure: { type: 'no-tree' } });
    expect(await answer).toEqual({ ok: false, error: { type: 'no-tree' } });
  });

  it('passes progress on to its own call', () => {
    const { client, workers } = setUp();
    const seen: number[] = [];
    void client.call(
      'open-tree',
      { role: 'student', source: { type: 'text', name: 'a', text: '' } },
      { onProgress: (fraction) => seen.push(fraction) },
    );
    workers[0]!.say({ id: 1, type: 'progress', fraction: 0.5 });
    workers[0]!.say({ id: 7, type: 'progress', fraction: 0.9 });
    expect(seen).toEqual([0.5]);
  });

  it('respawns after a crash, fails what was pending and ignores the dead worker', async () => {
    const { client, workers, respawns } = setUp();
    const lost = client.call('preview', preview('x'));
    const waiting = client.call('preview', preview('xy'));
    workers[0]!.onerror?.({ message: 'out of memory' });
    expect(await lost).toEqual({ ok: false, error: { type: 'crashed', message: 'out of memory' } });
    expect(await waiting).toEqual({ ok: false, error: { type: 'crashed', message: 'out of memory' } });
    expect([workers.length, workers[0]!.terminated, respawns()]).toEqual([2, true, 1]);
    const again = client.call('preview', preview('x'));
    workers[0]!.say({ id: 3, type: 'reply', reply: null });
    workers[1]!.say({ id: 3, type: 'failure', failure: { type: 'no-tree' } });
    expect(await again).toEqual({ ok: false, error: { type: 'no-tree' } });
  });

  it('restarts on request', async () => {
    const { client, workers } = setUp();
    const call = client.call('open-tree', { role: 'student', source: { type: 'text', name: 'a', text: '' } });
    client.restart();
    expect(await call).toEqual({ ok: false, error: { type: 'cancelled' } });
    expect(workers.length).toBe(2);
  });

  it('reads only the newest text for import, every text of a file, and goes on after a crash', async () => {
    const { client, workers } = setUp();
    const text = (written: string) => ({ text: written, mode: 'pruning', choice: null, given: new Map<string, string>(), asksModel: false }) as const;
    const first = client.call('read-import', text('['));
    const skipped = client.call('read-import', text('[{'));
    const latest = client.call('read-import', text('[{}'));
    const file = client.call('read-list-file', text('[]'));
    expect(await skipped).toEqual({ ok: false, error: { type: 'superseded' } });
    expect(workers[0]!.sent.map(({ id }) => id)).toEqual([1, 4]);
    workers[0]!.onerror?.({ message: 'out of memory' });
    for (const lost of [first, latest, file]) expect(await lost).toMatchObject({ ok: false, error: { type: 'crashed' } });
    const again = client.call('read-import', text('[]'));
    const reply = { ok: false, error: { type: 'empty-list', name: '', line: null } } as const;
    workers[1]!.say({ id: 5, type: 'reply', reply });
    expect(await again).toEqual({ ok: true, value: reply });
  });
});
