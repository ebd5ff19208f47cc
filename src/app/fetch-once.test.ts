import { expect, test } from 'vitest';
import { fetchOnce } from './fetch-once.ts';

test('what was fetched is not fetched again, what could not be is', async () => {
  const tries: string[] = [];
  const fetched = fetchOnce(() => {
    tries.push('try');
    return tries.length === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(tries.length);
  });
  const first = fetched();
  await expect(fetched()).rejects.toThrow('offline');
  await expect(first).rejects.toThrow('offline');
  expect(await fetched()).toBe(2);
  expect(await fetched()).toBe(2);
});
