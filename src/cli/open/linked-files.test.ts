import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followFile } from './linked-files.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a change right after the start is reported, once, and none after the end', async () => {
  let stamp = 'at the start';
  const changed = vi.fn<() => void>();
  const stop = followFile('list.json', changed, async () => stamp);
  stamp = 'changed';
  await vi.advanceTimersByTimeAsync(1000);
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
  stamp = 'later';
  await vi.advanceTimersByTimeAsync(1000);
  expect(changed).toHaveBeenCalledTimes(1);
});

test('a file that is still being written is reported when it rests', async () => {
  let writes = 0;
  const changed = vi.fn<() => void>();
  const stop = followFile('list.json', changed, async () => String(Math.min(writes, 4)));
  for (; writes < 5; writes++) {
    expect(changed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(changed).toHaveBeenCalledTimes(1);
  stop();
});
