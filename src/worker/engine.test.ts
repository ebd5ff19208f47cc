import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floatOf, objectOf } from '../core/config/value.ts';
import { countSelected } from '../core/module-tree/module-marks.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { createEngine } from './engine.ts';
import type { EngineCall, EngineCalls, FromWorker, ToWorker } from './protocol.ts';

const resnet = readFileSync(new URL('../../public/samples/resnet18.json.gz', import.meta.url));

function namedFile(path: string, bytes: BlobPart) {
  return { path, file: new File([bytes], path) };
}

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
    ask('open-tree', { role: 'student', source: { type: 'files', files: [namedFile('resnet18.json.gz', resnet)] } });
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

  it('L, V3: checks a list without a model', async () => {
    const { ask } = setUp();
    const list = [objectOf([['op_types', ['Conv2d']], ['sparse_ratio', '0.5']]), objectOf([['op_types', ['Conv2d']], ['sparse_ratio', floatOf(0.5)]])];
    const checked = await ask('check-alone', { mode: 'pruning', list });
    expect(checked).toMatchObject({ type: 'reply', reply: [{ severity: 'refused', where: { subConfig: 0, path: ['sparse_ratio'] } }] });
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
    const { view: list } = resolved.reply as EngineCalls['resolve']['reply'];
    expect(list.verdict).toEqual({ accepted: true });
    expect(list.subConfigs.map(({ count, lostTargets }) => [count, lostTargets])).toEqual([
      [20, []],
      [20, [{ to: 0, count: 40 }]],
    ]);
    expect(countSelected(list.subConfigs[0]!.marks, 0, 68)).toBe(20);
    const explained = await ask('explain', { mode: 'pruning', modules: [1] });
    expect(await ask('explain-row', { mode: 'pruning', module: 1 })).toMatchObject({
      type: 'reply',
      reply: { name: 'conv1', subConfigs: [{ reason: { type: 'selected' } }, { reason: { type: 'selected' } }] },
    });
    expect(explained).toMatchObject({
      type: 'reply',
      reply: {
        explanations: [{ name: 'conv1', moduleType: 'Conv2d' }],
        masks: new Map([[1, new Map([['weight', { masked: 4704, total: 9408 }]])]]),
      },
    });
  });

  it('explains the modules in focus in the answer that resolves the list', async () => {
    const { ask, open } = setUp();
    await open();
    const list = [objectOf([['op_types', ['Conv2d']], ['sparse_ratio', floatOf(0.5)]])];
    const resolved = await ask('resolve', { mode: 'pruning', list, templates: [], python: '3.11', focus: [1, 999_999] });
    if (resolved?.type !== 'reply') throw new Error('not resolved');
    const { explained } = resolved.reply as EngineCalls['resolve']['reply'];
    expect(explained.explanations.map(({ module }) => module)).toEqual([1]);
    expect(await ask('explain', { mode: 'pruning', modules: [1] })).toMatchObject({ type: 'reply', reply: explained });
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

describe('engine, several files of one model', () => {
  const text = 'Net(\n  (conv): Conv2d(3, 8, kernel_size=(3, 3))\n  (act): ReLU()\n)';
  const printed = { type: 'text', name: 'pasted text', text } as const;
  const keys = (names: readonly string[]) =>
    ({ type: 'text', name: 'keys.json', text: JSON.stringify(Object.fromEntries(names.map((name) => [name, [8]]))) }) as const;

  it('T23a, T26a: surveys a second file, then completes the first with it', async () => {
    const { ask } = setUp();
    const opened = await ask('open-tree', { role: 'student', source: printed });
    expect(opened).toMatchObject({ reply: { tree: { model: 'Net' } } });
    const survey = await ask('survey-tree', { source: keys(['conv.weight', 'conv.bias']) });
    expect(survey).toMatchObject({ reply: { overlaps: true, common: 1, same: false } });
    const completed = await ask('open-tree', { role: 'student', source: { type: 'surveyed', how: 'complete' } });
    expect(completed).toMatchObject({
      reply: { tree: { size: 3, format: 'merged' }, disagreements: { count: 1, first: [{ about: 'shape' }] } },
    });
  });

  it('T26b: does not complete a model with another one; the open one stays', async () => {
    const { ask } = setUp();
    await ask('open-tree', { role: 'student', source: printed });
    await ask('survey-tree', { source: keys(['x.y.weight']) });
    const refused = await ask('open-tree', { role: 'student', source: { type: 'surveyed', how: 'complete' } });
    expect(refused).toMatchObject({ failure: { type: 'unreadable', error: { code: 'different-models' } } });
    const found = await ask('search', { text: 'conv', type: null });
    expect(found).toMatchObject({ reply: { matches: Uint32Array.of(1) } });
  });

  it('T14: a raised limit lets a deep tree in', async () => {
    const { ask } = setUp();
    const source = keys([`${Array.from({ length: 1200 }, () => 'm').join('.')}.weight`]);
    const refused = await ask('open-tree', { role: 'student', source });
    expect(refused).toMatchObject({ failure: { error: { code: 'too-deep' } } });
    const opened = await ask('open-tree', { role: 'student', source, limits: { maxDepth: 2000 } });
    expect(opened).toMatchObject({ reply: { tree: { size: 1201 } } });
  });

  it('E5: reads a list that is imported, and asks the open model what a script asks', async () => {
    const { ask, open } = setUp();
    const text = "config_list = [{'op_names': [n for n, m in model.named_modules() if n.endswith('fc')], 'sparse_ratio': 0.5, 'op_types': ['\\N{LATIN SMALL LETTER F}c']}]";
    const request = { text, mode: 'pruning', choice: null, given: new Map<string, string>() } as const;
    // The client then gives the model back and asks again.
    expect(await ask('read-import', { ...request, asksModel: true })).toMatchObject({ type: 'failure', failure: { type: 'no-tree' } });
    expect(await ask('read-import', { ...request, asksModel: false })).toMatchObject({ reply: { ok: true, value: { list: null } } });
    await open();
    const answered = await ask('read-list-file', { ...request, asksModel: true });
    const list = [objectOf([['op_names', ['fc']], ['sparse_ratio', floatOf(0.5)], ['op_types', ['fc']]])];
    // As the page receives it: the answer survives the way between threads.
    expect(structuredClone(answered)).toMatchObject({ type: 'reply', reply: { ok: true, value: { type: 'list', list } } });
  });
});
