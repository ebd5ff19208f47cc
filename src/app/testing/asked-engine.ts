import { fail, succeed } from '../../core/result.ts';
import type { EngineClient } from '../../worker/client.ts';
import type { EngineCall, EngineFailure } from '../../worker/protocol.ts';

/** A call that a test answers. */
export interface AskedCall {
  readonly call: EngineCall;
  readonly request: unknown;
  readonly answer: (reply: unknown) => Promise<void>;
  readonly refuse: (failure: EngineFailure) => Promise<void>;
}

/** An engine whose answers and their moments a test decides. `asked` holds the calls, the oldest first. */
export function createAskedEngine(): { readonly asked: AskedCall[]; readonly call: EngineClient['call'] } {
  const asked: AskedCall[] = [];
  // Until the work after an answer is done; timers may be fake.
  const settle = async (): Promise<void> => {
    for (let steps = 0; steps < 20; steps++) await Promise.resolve();
  };
  const ask = (call: EngineCall, request: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      const answer = (result: unknown): Promise<void> => {
        resolve(result);
        return settle();
      };
      asked.push({ call, request, answer: (reply) => answer(succeed(reply)), refuse: (failure) => answer(fail(failure)) });
    });
  return { asked, call: ask as EngineClient['call'] };
}
