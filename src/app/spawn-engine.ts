import type { WorkerLike } from '../worker/client.ts';

/** Starts a worker with the engine. */
export function spawnEngine(): WorkerLike {
  const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  return worker as unknown as WorkerLike;
}
