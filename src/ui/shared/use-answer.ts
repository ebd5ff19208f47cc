import { useEffect, useState } from 'react';
import type { Result } from '../../core/result.ts';
import type { EngineClient } from '../../worker/client.ts';
import type { EngineCall, EngineCalls, EngineFailure } from '../../worker/protocol.ts';
import { useEngine } from './use-app.ts';

/** The state of a question to the engine. `retry` asks the same again. */
export type AnswerState<Answer> =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed'; readonly failure: EngineFailure; readonly retry: () => void }
  | { readonly type: 'ready'; readonly answer: Answer };

type ResultOf<Call extends EngineCall> = Result<EngineCalls[Call]['reply'], EngineFailure>;

const waiting = { type: 'waiting' } as const;

/**
 * Asks the engine, and again whenever `request` or `of` is another object; `null` asks nothing. An answer belongs to one `of`
 * (a tree, a list). `keepsLast`: the answer of before stays while a new one of the same `of` is made.
 */
export function useAnswer<Call extends EngineCall>(
  call: Call,
  request: EngineCalls[Call]['request'] | null,
  of: unknown,
  keepsLast = false,
): AnswerState<EngineCalls[Call]['reply']> {
  const engine = useEngine();
  const [attempt, setAttempt] = useState(0);
  const [answered, setAnswered] = useState<{
    readonly to: unknown;
    readonly of: unknown;
    readonly attempt: number;
    readonly result: ResultOf<Call>;
  } | null>(null);
  useEffect(() => {
    if (request === null) return undefined;
    return ask(engine, call, request, (result) => setAnswered({ to: request, of, attempt, result }));
  }, [engine, call, request, of, attempt]);
  if (answered === null || answered.of !== of || (answered.to !== request && !keepsLast)) return waiting;
  const { result } = answered;
  if (result.ok) return { type: 'ready', answer: result.value };
  if (answered.attempt !== attempt) return waiting;
  return { type: 'failed', failure: result.error, retry: () => setAttempt(attempt + 1) };
}

/** Asks the engine. The function that it returns drops the answer, which is then not taken. */
export function ask<Call extends EngineCall>(
  engine: EngineClient,
  call: Call,
  request: EngineCalls[Call]['request'],
  take: (result: ResultOf<Call>) => void,
): () => void {
  let isCurrent = true;
  void engine.call(call, request).then((result) => isCurrent && take(result));
  return () => {
    isCurrent = false;
  };
}
