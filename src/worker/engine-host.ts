import type { Result } from '../core/result.ts';
import type { EngineCall, EngineCalls, EngineFailure, FromWorker } from './protocol.ts';
import type { TreeStorage } from './tree-storage.ts';

/** The services that the engine needs from its worker or thread. */
export interface EngineHost {
  readonly storage: TreeStorage;
  readonly post: (message: FromWorker, transfer: ArrayBuffer[]) => void;
}

/** The reply to a request, and the buffers to transfer with it. */
export interface Answer<Call extends EngineCall> {
  readonly reply: EngineCalls[Call]['reply'];
  readonly transfer?: ArrayBuffer[];
}

/** An answer, or why there is none. */
export type Answered<Call extends EngineCall> = Result<Answer<Call>, EngineFailure>;
