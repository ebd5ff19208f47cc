import { expect, it } from 'vitest';
import { readTree } from '../core/readers/read-tree.ts';
import { succeed } from '../core/result.ts';
import type { EngineClient } from './client.ts';
import { createTypingEngine } from './typing-engine.ts';

const read = readTree({ name: 'tree.json', bytes: new TextEncoder().encode('{"a": "Linear"}') });
if (!read.ok) throw new Error(read.error.code);
const tree = read.value;

/** An engine that notes what it is asked; `hold-tree` waits for `answerHold`. */
function noting(name: string, calls: string[]) {
  const holds: (() => void)[] = [];
  const client = {
    call: (call: string) =>
      new Promise((resolve) => {
        calls.push(`${name} ${call}`);
        if (call === 'hold-tree') holds.push(() => resolve(succeed(null)));
        else resolve(succeed(null));
      }),
    restart: () => calls.push(`${name} restart`),
    dispose: () => calls.push(`${name} dispose`),
  } as unknown as EngineClient;
  return { client, answerHold: () => holds.shift()!() };
}

function setUp() {
  const calls: string[] = [];
  const first = noting('first', calls);
  const second = noting('second', calls);
  let onLost = (): void => undefined;
  const engine = createTypingEngine(first.client, (lost) => {
    onLost = lost;
    return second.client;
  });
  const type = () => engine.call('preview', { pattern: 'a', python: '3.11', key: 'op_names_re' });
  return { calls, engine, second, type, lose: () => onLost() };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

it('the first engine answers until the second holds the tree, and all but what is typed afterwards', async () => {
  const { calls, engine, second, type } = setUp();
  await type();
  engine.follow(tree);
  await type();
  second.answerHold();
  await turn();
  await type();
  await engine.call('offer-presets', { mode: 'pruning', templates: [] });
  expect(calls).toEqual(['first preview', 'second hold-tree', 'first preview', 'second preview', 'first offer-presets']);
});

it('another tree, or none, is never answered from the one before', async () => {
  const { calls, engine, second, type } = setUp();
  engine.follow(tree);
  second.answerHold();
  await turn();
  engine.follow({ ...tree });
  await type();
  engine.follow(null);
  second.answerHold();
  await turn();
  await type();
  expect(calls).toEqual(['second hold-tree', 'second hold-tree', 'first preview', 'first preview']);
});

it('a second engine that is lost is given the tree again', async () => {
  const { calls, engine, second, type, lose } = setUp();
  engine.follow(tree);
  second.answerHold();
  await turn();
  lose();
  await type();
  second.answerHold();
  await turn();
  await type();
  engine.dispose();
  expect(calls).toEqual([
    'second hold-tree', 'second hold-tree', 'first preview', 'second preview', 'first dispose', 'second dispose',
  ]);
});
