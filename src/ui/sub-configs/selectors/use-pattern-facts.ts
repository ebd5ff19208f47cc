import { useEffect, useState } from 'react';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { PatternDescription } from '../../../core/proposals/describe-pattern.ts';
import type { DerivedState, Trouble } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import { typingPauses } from '../../../store/typing-pauses.ts';
import { useDerived, useDocument, useEngine, useStores } from '../../shared/use-app.ts';

/** The engine's facts about a pattern on the open model. */
export type PatternFacts = Extract<PatternDescription, { type: 'described' }>;

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectPython = (state: DocumentState) => state.history.present.python;

const knownOf = new WeakMap<ModuleTree, Map<string, PatternDescription>>();
const trouble: Trouble = { type: 'near-misses-not-fetched' };

/** One question after another: of several at once the engine would answer the last only. */
let turn: Promise<unknown> = Promise.resolve();

/** The facts about a pattern, once it has not changed for a moment; `null` until then. */
export function usePatternFacts(pattern: string | null): PatternFacts | null {
  const tree = useDerived(selectTree);
  const python = useDocument(selectPython);
  const engine = useEngine();
  const { derived } = useStores();
  const [, setAnswers] = useState(0);
  const key = pattern === null ? null : `${python} ${pattern}`;
  useEffect(() => {
    if (!tree || pattern === null || key === null || pattern === '' || knownOf.get(tree)?.has(key)) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      turn = turn.then(async () => {
        if (!current) return;
        const answer = await engine.call('describe-pattern', { pattern, python });
        if (!answer.ok) {
          // The next pattern is another try.
          if (answer.error.type === 'not-fetched' && derived.getState().trouble === null) derived.setState({ trouble });
          return;
        }
        if (derived.getState().trouble === trouble) derived.setState({ trouble: null });
        const known = knownOf.get(tree) ?? new Map<string, PatternDescription>();
        knownOf.set(tree, known.set(key, answer.value));
        if (current) setAnswers((count) => count + 1);
      });
    }, typingPauses.describe);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [tree, python, engine, derived, pattern, key]);
  const description = tree && key !== null ? knownOf.get(tree)?.get(key) : undefined;
  return description?.type === 'described' ? description : null;
}
