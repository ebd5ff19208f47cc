import { fail, succeed, type Result } from '../core/result.ts';
import type { EngineCall, EngineCalls, EngineFailure, EngineTrouble, FromWorker, ToWorker } from './protocol.ts';

/** The part of `Worker` that the client uses, so that tests can replace it. */
export interface WorkerLike {
  postMessage: (message: ToWorker) => void;
  terminate: () => void;
  onmessage: ((event: { data: FromWorker }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

export interface CallOptions {
  /** Called with 0 … 1 while the call runs. */
  readonly onProgress?: (fraction: number) => void;
}

export interface EngineClient {
  /**
   * Asks the engine. Of a superseding kind (see `supersedingCalls`) one call is in flight and one waits (for each mode, where the kind has one); a newer one replaces the waiting one, which then fails as `superseded`.
   */
  readonly call: <Call extends EngineCall>(
    call: Call,
    request: EngineCalls[Call]['request'],
    options?: CallOptions,
  ) => Promise<Result<EngineCalls[Call]['reply'], EngineFailure>>;
  /** Stops all that runs: pending calls fail as `cancelled` and a fresh worker is started. */
  readonly restart: () => void;
  readonly dispose: () => void;
}

interface Pending {
  readonly message: ToWorker;
  readonly lane: string;
  readonly options: CallOptions;
  readonly settle: (result: Result<EngineCalls[EngineCall]['reply'], EngineFailure>) => void;
  /** It was sent again, after the engine had lost the model. */
  sentAgain: boolean;
}

const supersedingCalls: ReadonlySet<EngineCall> = new Set<EngineCall>([
  'preview', 'resolve', 'explain', 'explain-row', 'search', 'complete', 'find', 'overview', 'propose', 'describe-pattern', 'draw-flow', 'preview-groups', 'read-import',
  'speedup', 'module-run',
]);

function laneOf(call: EngineCall, request: EngineCalls[EngineCall]['request'], id: number): string {
  if (!supersedingCalls.has(call)) return `${call} ${id}`;
  if ('mode' in request) return `${call} ${request.mode}`;
  // The overview and the panel of a module ask at once, each for itself.
  return 'modules' in request ? `${call} ${request.modules.length}` : call;
}

/** Calls that need no model to be open, or that open one. */
const callsWithoutTree: ReadonlySet<EngineCall> = new Set<EngineCall>(['check-alone', 'open-tree', 'survey-tree', 'hold-tree', 'close-tree', 'model-change']);

/**
 * Creates a client over workers made by `spawn`. `onRespawn` runs after a fresh worker has replaced one that
 * crashed or was stopped: the place to open the trees again. `onForgotten`
 * runs when the engine says that no model is open; it gives the models back and says whether there was one. The call is then
 * sent once more, so that such an answer is never taken for good while the page shows a model.
 */
export function createEngineClient(
  spawn: () => WorkerLike,
  onRespawn: () => void,
  onTrouble: (trouble: EngineTrouble) => void = () => undefined,
  onForgotten: () => Promise<boolean> = async () => false,
): EngineClient {
  let nextId = 1;
  const inFlight = new Map<number, Pending>();
  const busyLanes = new Set<string>();
  const waiting = new Map<string, Pending>();
  let worker = start();

  function start(): WorkerLike {
    const started = spawn();
    started.onmessage = (event) => receive(started, event.data);
    started.onerror = (event) => {
      if (started === worker) respawn({ type: 'crashed', message: event.message ?? 'no reason' });
    };
    return started;
  }

  function receive(from: WorkerLike, message: FromWorker): void {
    if (from !== worker) return;
    if (message.type === 'trouble') {
      onTrouble(message.trouble);
      return;
    }
    const pending = inFlight.get(message.id);
    if (!pending) return;
    switch (message.type) {
      case 'progress':
        pending.options.onProgress?.(message.fraction);
        return;
      case 'reply':
        finish(pending, succeed(message.reply));
        return;
      case 'failure':
        if (message.failure.type === 'no-tree' && !pending.sentAgain && !callsWithoutTree.has(pending.message.call)) {
          void sendAgain(pending);
        } else {
          finish(pending, fail(message.failure));
        }
        return;
    }
  }

  let givingBack: Promise<boolean> | null = null;

  /** Gives the engine its models back, then asks again. */
  async function sendAgain(pending: Pending): Promise<void> {
    pending.sentAgain = true;
    givingBack ??= onForgotten().finally(() => (givingBack = null));
    const isBack = await givingBack.catch(() => false);
    // A crash has settled it in the meantime.
    if (inFlight.get(pending.message.id) !== pending) return;
    if (isBack) worker.postMessage(pending.message);
    else finish(pending, fail({ type: 'no-tree' }));
  }

  function finish(pending: Pending, result: Parameters<Pending['settle']>[0]): void {
    inFlight.delete(pending.message.id);
    busyLanes.delete(pending.lane);
    const next = waiting.get(pending.lane);
    if (next) {
      waiting.delete(pending.lane);
      send(next);
    }
    pending.settle(result);
  }

  function send(pending: Pending): void {
    inFlight.set(pending.message.id, pending);
    busyLanes.add(pending.lane);
    worker.postMessage(pending.message);
  }

  function respawn(failure: EngineFailure): void {
    worker.terminate();
    const lost = [...inFlight.values(), ...waiting.values()];
    inFlight.clear();
    waiting.clear();
    busyLanes.clear();
    worker = start();
    onRespawn();
    for (const pending of lost) pending.settle(fail(failure));
  }

  return {
    call(call, request, options = {}) {
      return new Promise((resolve) => {
        const id = nextId++;
        const pending: Pending = {
          message: { id, call, request } as ToWorker,
          lane: laneOf(call, request, id),
          options,
          settle: resolve,
          sentAgain: false,
        };
        if (!busyLanes.has(pending.lane)) {
          send(pending);
          return;
        }
        waiting.get(pending.lane)?.settle(fail({ type: 'superseded' }));
        waiting.set(pending.lane, pending);
      });
    },
    restart: () => respawn({ type: 'cancelled' }),
    dispose: () => worker.terminate(),
  };
}
