import { warmUp } from '../core/python-re/warm-up.ts';
import { createEngine } from './engine.ts';
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

/** How long nothing must have been asked before the engine is warmed up, and between two steps of that, in ms. */
const quiet = 250;
const warming = warmUp();
let isWarming = false;
let askedAt = 0;

function warmUpWhenQuiet(): void {
  const wait = askedAt + quiet - performance.now();
  if (wait > 0) setTimeout(warmUpWhenQuiet, wait);
  else if (warming.next().done !== true) setTimeout(warmUpWhenQuiet, quiet / 10);
}

scope.onmessage = async ({ data }) => {
  askedAt = performance.now();
  await engine.handle(data);
  // Not before there is a model: until then every moment belongs to opening one.
  if (data.call !== 'open-tree' || isWarming) return;
  isWarming = true;
  warmUpWhenQuiet();
};
