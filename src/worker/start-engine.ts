import { createEarlyEngine } from './early-engine.ts';
import type { EngineHost } from './engine-host.ts';
import type { ToWorker } from './protocol.ts';
import { createIndexedTreeStorage } from './tree-storage.ts';

const scope = globalThis as unknown as {
  postMessage: (message: unknown, transfer: ArrayBuffer[]) => void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
};

const host: EngineHost = {
  storage: createIndexedTreeStorage(),
  post: (message, transfer) => scope.postMessage(message, transfer),
};
const engine = createEarlyEngine(host, async () => (await import('./engine.ts')).createEngine(host));

scope.onmessage = (event) => void engine.handle(event.data);

/** Until a model is likely open that was chosen at once, in milliseconds: before, nothing else is fetched. */
const untilChosen = 1000;
setTimeout(() => void engine.fetch(), untilChosen);

/** Until a model may be open and settled, in milliseconds. */
const untilSettled = 8000;
setTimeout(() => void import('./later-parts.ts').then(({ fetchLaterParts }) => fetchLaterParts(), () => undefined), untilSettled);
