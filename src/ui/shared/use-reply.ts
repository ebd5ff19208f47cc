import { useEffect, useState } from 'react';
import type { EngineCall, EngineCalls } from '../../worker/protocol.ts';
import { useNotFetched } from './late-parts/use-not-fetched.ts';
import { ask } from './use-answer.ts';
import { useEngine } from './use-app.ts';

/** A request to the engine, and the state of the page that its reply is about, such as the tree or a resolved list. */
export interface Question<Call extends EngineCall, Subject> {
  readonly request: EngineCalls[Call]['request'];
  readonly about: Subject;
}

export interface Reply<Call extends EngineCall, Subject> {
  readonly question: Question<Call, Subject>;
  readonly value: EngineCalls[Call]['reply'];
}

/**
 * The engine's last reply; `null` until the first. Every new `question` object is asked, so memoise it; `null` asks nothing. The
 * reply stays until the reply to a newer question: compare its `question` where that matters. A failure changes nothing; where
 * code could not be fetched, the error boundary around says so. `useAnswer` gives failures to the component instead.
 */
export function useReply<Call extends EngineCall, Subject>(
  call: Call,
  question: Question<Call, Subject> | null,
): Reply<Call, Subject> | null {
  const engine = useEngine();
  const reportNotFetched = useNotFetched();
  const [reply, setReply] = useState<Reply<Call, Subject> | null>(null);
  useEffect(() => {
    if (question === null) return undefined;
    return ask(engine, call, question.request, (result) => {
      if (result.ok) setReply({ question, value: result.value });
      else reportNotFetched(result.error);
    });
  }, [engine, reportNotFetched, call, question]);
  return reply;
}
