import { createEngine } from './engine.ts';
import { fetchLaterParts } from './later-parts.ts';
import type { ToWorker } from './protocol.ts';
import { createIndexedTreeStorage } from './tree-storage.ts';

const scope = globalThis as unknown as {
  postMessage: (message: unknown, transfer: ArrayBuffer[]) => void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

const engine = createEngine({
  storage: createIndexedTreeStorage(),
  post: (message, transfer) => scope.postMessage(message, transfer),
});

scope.onmessage = (event) => void engine.handle(event.data);

/** Until a model may be open and settled, in milliseconds. */
const untilSettled = 8000;
setTimeout(() => void fetchLaterParts(), untilSettled);
