import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { floatOf, objectOf } from '../core/config/value.ts';
import { createEngine } from './engine.ts';
import type { EngineCall, EngineCalls, FromWorker, ToWorker } from './protocol.ts';

const list = [objectOf([['op_types', ['Conv2d']], ['sparse_ratio', floatOf(0.5)]])];
const request = { list, templates: [], python: '3.11' } as const;

async function openSample(id: string) {
  const posted: FromWorker[] = [];
  const engine = createEngine({
    storage: { load: () => Promise.resolve(null), save: () => Promise.resolve() },
    post: (message) => posted.push(message),
  });
  let number = 0;
  async function ask<Call extends EngineCall>(call: Call, asked: EngineCalls[Call]['request']): Promise<EngineCalls[Call]['reply']> {
    number++;
    await engine.handle({ id: number, call, request: asked } as ToWorker);
    const answer = posted.find((message) => 'id' in message && message.id === number && message.type !== 'progress');
    if (answer?.type !== 'reply') throw new Error(JSON.stringify(answer));
    // Values that cross to the page are cloned.
    const reply: EngineCalls[Call]['reply'] = structuredClone(answer.reply);
    return reply;
  }
  const bytes = readFileSync(new URL(`../../public/samples/${id}.json.gz`, import.meta.url));
  await ask('open-tree', { role: 'student', source: { type: 'files', files: [{ path: `${id}.json.gz`, file: new File([bytes], `${id}.json.gz`) }] } });
  await ask('resolve', { mode: 'pruning', ...request });
  return ask;
}

it('G15b, G19, G23a, G26a: the engine answers about the data flow', async () => {
  const ask = await openSample('resnet18');
  expect(await ask('preview-groups', { ...request, form: 'named', leavesOut: false })).toMatchObject({ type: 'sets', selectedCount: 20, failure: null });
  expect(await ask('draw-flow', { module: 1, frame: null, opened: [], folded: [] })).toMatchObject({ picture: { type: 'picture', frame: 0 }, sets: { chosen: { index: 0 } } });
  expect(await ask('module-run', { module: 1 })).toMatchObject({ calls: 1, macs: 118_013_952, modelMacs: 1_814_073_344 });
  const speedup = await ask('speedup', { modules: [1] });
  expect(speedup).toMatchObject({ type: 'forecast', isExact: false, paramsBefore: 11_689_512, macsBefore: 1_814_073_344, error: null });
  const sums = await ask('multiply-adds', {});
  expect([...(sums as Float64Array).subarray(0, 3)]).toEqual([0, 0, 118_013_952]);
  expect((sums as Float64Array).at(-1)).toBe(1_814_073_344);
  expect(await ask('fusion-chains', {})).toHaveLength(20);
});

it('G1a: of a model without a graph the engine says that there is none', async () => {
  const ask = await openSample('nni_test');
  expect(await ask('preview-groups', { ...request, form: 'named', leavesOut: false })).toEqual({ type: 'no-graph' });
  expect(await ask('draw-flow', { module: 1, frame: null, opened: [], folded: [] })).toMatchObject({ picture: { type: 'no-graph' } });
  expect(await ask('module-run', { module: 1 })).toBeNull();
  expect(await ask('speedup', { modules: [1] })).toEqual({ type: 'no-graph' });
  expect(await ask('multiply-adds', {})).toBeNull();
  expect(await ask('fusion-chains', {})).toBeNull();
});
