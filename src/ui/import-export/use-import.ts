import { useEffect, useMemo, useState } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { Result } from '../../core/result.ts';
import type { EngineCalls, EngineFailure } from '../../worker/protocol.ts';
import { ask } from '../shared/use-answer.ts';
import { useEngine } from '../shared/use-app.ts';

type Reading = EngineCalls['read-import']['reply'];

/** A text that is read for import. */
export interface ImportQuestion {
  readonly text: string;
  readonly mode: Mode;
  readonly choice: number | null;
  /** Python literals for the values that the script leaves open, by the expression. */
  readonly given: ReadonlyMap<string, string>;
  /** The model that a script may ask. */
  readonly tree: ModuleTree | null;
}

/** The content of the last text that the engine has read. */
export interface ImportReading {
  /** The text that was read; the field may hold a newer one. */
  readonly text: string;
  /** `null` before the first answer, and for an empty text. */
  readonly read: Reading | null;
  /** `read` belongs to the question as it is now. */
  readonly isCurrent: boolean;
  readonly failure: EngineFailure | null;
  readonly retry: () => void;
}

interface Answered {
  readonly asked: object;
  readonly text: string;
  readonly result: Result<Reading, EngineFailure>;
}

/**
 * Reads the text in the engine, so that a long script does not stop the page. The last content stays until the next one is
 * there. An engine that dies on the way is asked once more.
 */
export function useImport({ text, mode, choice, given, tree }: ImportQuestion): ImportReading {
  const engine = useEngine();
  const [attempt, setAttempt] = useState(0);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const isEmpty = text.trim() === '';
  // A new object for each question, also for the same text and another model.
  const asked = useMemo(
    () => ({ request: { text, mode, choice, given, asksModel: tree !== null }, tree, attempt }),
    [text, mode, choice, given, tree, attempt],
  );
  useEffect(() => {
    if (isEmpty) return undefined;
    let drop = () => undefined as void;
    const send = (isLast: boolean): void => {
      drop = ask(engine, 'read-import', asked.request, (result) => {
        if (!result.ok && result.error.type === 'crashed' && !isLast) send(true);
        else setAnswered({ asked, text: asked.request.text, result });
      });
    };
    send(false);
    return () => drop();
  }, [engine, asked, isEmpty]);

  const retry = () => setAttempt(attempt + 1);
  if (isEmpty || answered === null) return { text, read: null, isCurrent: isEmpty, failure: null, retry };
  const { result } = answered;
  const isCurrent = answered.asked === asked;
  if (result.ok) return { text: answered.text, read: result.value, isCurrent, failure: null, retry };
  return { text, read: null, isCurrent, failure: isCurrent ? result.error : null, retry };
}
