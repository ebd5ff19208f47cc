import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floatOf, objectOf } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { createEngine } from './engine.ts';
import type { EngineCall, EngineCalls, FromWorker, ToWorker } from './protocol.ts';

const resnet = readFileSync(new URL('../../public/samples/resnet18.json.gz', import.meta.url));

function setUp() {
  const posted: FromWorker[] = [];
  const stored = new Map<string, ModuleTree>();
  const engine = createEngine({
    storage: {
      load: (digest) => Promise.resolve(stored.get(digest) ?? null),
      save: (digest, tree) => Promise.resolve(void stored.set(digest, tree)),
    },
    post: (message) => posted.push(message),
  });
  let id = 0;
  async function ask<Call extends EngineCall>(call: Call, request: EngineCalls[Call]['request']) {
    id++;
    await engine.handle({ id, call, request } as ToWorker);
    return posted.find((message) => 'id' in message && message.id === id && message.type !== 'progress');
  }
  const open = () =>
    ask('open-tree', { role: 'student', source: { type: 'files', files: [new File([resnet], 'resnet18.json.gz')] } });
  return { ask, open, stored };
}

describe('engine', () => {
  it('opens a file, stores its tree and opens it again from there', async () => {
    const { ask, open } = setUp();
    const opened = await open();
    if (opened?.type !== 'reply') throw new Error('not opened');
    const { reference, parameterCount } = opened.reply as EngineCalls['open-tree']['reply'];
    expect([reference.moduleCount, parameterCount]).toEqual([68, 11_689_512]);
    const again = await ask('open-tree', { role: 'student', source: { type: 'stored', reference } });
    expect(again?.type).toBe('reply');
  });

  it('keeps the open tree when another file cannot be read', async () => {
    const { ask, open } = setUp();
    await open();
    const failed = await ask('open-tree', { role: 'student', source: { type: 'text', name: 'x', text: '{"a": 1' } });
    expect(failed).toMatchObject({ type: 'failure', failure: { type: 'unreadable' } });
    const found = await ask('search', { text: 'fc', type: 'Linear' });
    expect(found).toMatchObject({ type: 'reply', reply: { matches: Uint32Array.of(67) } });
  });

  it('S2, P6: previews a pattern, the names of characters loaded when it needs them', async () => {
    const { ask, open } = setUp();
    await open();
    const preview = await ask('preview', { pattern: String.raw`\N{LATIN SMALL LETTER F}c`, python: '3.11', key: 'op_names_re' });
    expect(preview).toMatchObject({ type: 'reply', reply: { type: 'matched', count: 1, slowSeconds: null } });
    const invalid = await ask('preview', { pattern: 'layer1[', python: '3.11', key: 'op_names_re' });
    expect(invalid).toMatchObject({ type: 'reply', reply: { type: 'invalid', error: { position: 6 } } });
  });

  it('R1: resolves a list into counts and masks, then explains a module of it', async () => {
    const { ask, open } = setUp();
    await open();
    const conv = objectOf([
      ['op_types', ['Conv2d']],
      ['sparse_ratio', floatOf(0.5)],
    ]);
    const request = { mode: 'pruning', list: [conv, conv], templates: [], python: '3.11' } as const;
    const resolved = await ask('resolve', request);
    if (resolved?.type !== 'reply') throw new Error('not resolved');
    const list = resolved.reply as EngineCalls['resolve']['reply'];
    expect(list.verdict).toEqual({ accepted: true });
    expect(list.subConfigs.map(({ count, lostTargets }) => [count, lostTargets])).toEqual([
      [20, []],
      [20, [{ to: 0, count: 40 }]],
    ]);
    expect(list.subConfigs[0]!.selectedBefore.at(-1)).toBe(20);
    const explained = await ask('explain', { mode: 'pruning', modules: [1] });
    expect(explained).toMatchObject({
      type: 'reply',
      reply: {
        explanations: [{ name: 'conv1', moduleType: 'Conv2d' }],
        masks: new Map([[1, new Map([['weight', { masked: 4704, total: 9408 }]])]]),
      },
    });
  });

  it('answers without a tree by saying so', async () => {
    const { ask } = setUp();
    const answers = [
      await ask('preview', { pattern: 'a', python: '3.11', key: 'op_names_re' }),
      await ask('resolve', { mode: 'pruning', list: [], templates: [], python: '3.11' }),
      await ask('explain', { mode: 'pruning', modules: [0] }),
      await ask('search', { text: 'a', type: null }),
      await ask('complete', { text: 'a', most: 5 }),
    ];
    expect(answers.map((answer) => answer?.type === 'failure' && answer.failure.type)).toEqual(
      answers.map(() => 'no-tree'),
    );
  });
});
