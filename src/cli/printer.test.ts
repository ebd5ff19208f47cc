import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createPrinter } from './printer.ts';

test('a slow reader gets every line, and the stream no listener a line', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const { print } = createPrinter(stream);
  const before = [stream.listenerCount('drain'), stream.listenerCount('close')];
  const read: string[] = [];
  for (let line = 0; line < 50; line++) {
    const printed = print(String(line));
    read.push(String(stream.read()));
    await printed;
  }
  expect(read.join('')).toBe(Array.from({ length: 50 }, (_, line) => `${line}\n`).join(''));
  expect([stream.listenerCount('drain'), stream.listenerCount('close')]).toEqual(before);
});

test('a line that waits goes on when the reader closes, and later lines do not wait', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const { print, close } = createPrinter(stream);
  const waiting = print('first');
  close();
  await waiting;
  await print('second');
  expect(String(stream.read())).toBe('first\n');
});
