import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { createEarlyEngine } from './early-engine.ts';
import { createEngine, type Engine } from './engine.ts';
import type { EngineCall, EngineCalls, FromWorker, OpenedTree, ToWorker } from './protocol.ts';

const resnet = readFileSync(new URL('../../public/samples/resnet18.json.gz', import.meta.url));
const sample = { type: 'url', name: 'ResNet-18', url: 'http://localhost/resnet18.json.gz', sample: 'resnet18' } as const;

function setUp(load = (create: () => Engine) => Promise.resolve(create())) {
  const posted: FromWorker[] = [];
  const stored = new Map<string, ModuleTree>();
  const host = {
    storage: {
      load: (digest: string) => Promise.resolve(stored.get(digest) ?? null),
      save: (digest: string, tree: ModuleTree) => Promise.resolve(void stored.set(digest, tree)),
    },
    post: (message: FromWorker) => void posted.push(message),
  };
  const loads = vi.fn(() => load(() => createEngine(host)));
  const early = createEarlyEngine(host, loads);
  let id = 0;
  async function ask<Call extends EngineCall>(call: Call, request: EngineCalls[Call]['request']) {
    id++;
    const own = id;
    await early.handle({ id, call, request } as ToWorker);
    return posted.find((message) => 'id' in message && message.id === own && message.type !== 'progress');
  }
  return { ask, loads, stored };
}

function serve(bytes: Uint8Array<ArrayBuffer>, status = 200): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(bytes, { status })));
}

afterEach(() => vi.unstubAllGlobals());

describe('before the engine is there', () => {
  it('a sample is opened, stored, and what is asked of it then is answered', async () => {
    serve(new Uint8Array(resnet));
    const { ask, loads, stored } = setUp();
    const opened = await ask('open-tree', { role: 'student', source: sample });
    expect(loads).not.toHaveBeenCalled();
    if (opened?.type !== 'reply') throw new Error('not opened');
    const { reference, parameterCount, tree } = opened.reply as OpenedTree;
    expect(reference).toMatchObject({ name: 'resnet18', moduleCount: 68, sample: 'resnet18' });
    expect([tree.model, parameterCount, [...stored.keys()]]).toEqual(['resnet18', 11_689_512, [reference.digest]]);
    expect(await ask('search', { text: 'fc', type: 'Linear' })).toMatchObject({ reply: { matches: Uint32Array.of(67) } });
    expect(loads).toHaveBeenCalledOnce();
  });

  it('a sample that the server sends inflated is opened as well', async () => {
    serve(new Uint8Array(gunzipSync(resnet)));
    const { ask, loads } = setUp();
    expect(await ask('open-tree', { role: 'student', source: sample })).toMatchObject({ reply: { reference: { moduleCount: 68 } } });
    expect(loads).not.toHaveBeenCalled();
  });

  it('a model of this browser is opened from there', async () => {
    serve(new Uint8Array(resnet));
    const first = setUp();
    const opened = await first.ask('open-tree', { role: 'student', source: sample });
    const { reference } = (opened as { reply: OpenedTree }).reply;
    const { ask, loads, stored } = setUp();
    for (const [digest, tree] of first.stored) stored.set(digest, tree);
    expect(await ask('open-tree', { role: 'student', source: { type: 'stored', reference } })).toMatchObject({ type: 'reply' });
    expect(loads).not.toHaveBeenCalled();
  });

  it.each([
    ['that is missing', new Uint8Array(), 404, { type: 'unreachable', reason: 'status 404' }],
    ['that is damaged', new Uint8Array(resnet).subarray(0, 500), 200, { type: 'unreadable', error: { code: 'gzip-broken' } }],
  ])('a sample %s is left to the engine, which says what is wrong', async (_, bytes, status, failure) => {
    serve(bytes, status);
    const { ask } = setUp();
    expect(await ask('open-tree', { role: 'student', source: sample })).toMatchObject({ type: 'failure', failure });
  });

  it('an engine that cannot be fetched is reported, and tried again', async () => {
    let tries = 0;
    const { ask } = setUp((create) => (tries++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve(create())));
    const text = { type: 'text', name: 'x', text: '{"a": "Linear"}' } as const;
    expect(await ask('open-tree', { role: 'student', source: text })).toMatchObject({
      type: 'failure',
      failure: { type: 'not-fetched', reason: 'offline' },
    });
    expect(await ask('open-tree', { role: 'student', source: text })).toMatchObject({ type: 'reply' });
  });
});
