import { createEngine } from '../worker/engine.ts';
import type { WorkerLike } from '../worker/client.ts';
import type { TreeStorage } from '../worker/tree-storage.ts';

/** A report keeps nothing. */
const noStorage: TreeStorage = { load: async () => null, save: async () => undefined };

/** The engine on the page's own thread, in the clothes of a worker. */
export function startEngineHere(): WorkerLike {
  const worker: WorkerLike = {
    postMessage: (message) => void Promise.resolve().then(() => engine.handle(message)),
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
  };
  const engine = createEngine({
    storage: noStorage,
    // As a worker answers: never before the asking has ended.
    post: (message) => void setTimeout(() => worker.onmessage?.({ data: message })),
  });
  return worker;
}
