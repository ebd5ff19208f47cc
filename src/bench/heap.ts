import type { CDPSession, Page } from '@playwright/test';

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

const sessions = new WeakMap<Page, CDPSession>();

/** Heap of the page's own thread in MB after collecting garbage, with the memory behind its typed arrays. */
export async function heapOf(page: Page): Promise<number> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const usage = (await session.send('Runtime.getHeapUsage')) as HeapUsage;
  return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
}
